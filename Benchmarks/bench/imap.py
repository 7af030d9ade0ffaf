"""first sync of a mailbox of 20,000 mixed mails under TLS, made durable: the daemon, and getmail6 and mbsync to a maildir

All read the same inbox of the same Dovecot to its end and leave it as it is. Each begins with nothing read before: the
daemon on a database just made, timed from the start of its process to the last mail that is durable; getmail6 without its
list of what it has seen and mbsync without its state, timed from their first stored mail to the last. getmail6 has a process
for each mail; mbsync, which keeps a copy of a mailbox, has one for all.
"""
import imaplib
import itertools
import shutil
import ssl
import subprocess
import time

from . import dovecot, mails
from .certificate import Certificate
from .daemon import SCRATCH, BenchError, Daemon, wait_until

MAILS = 20_000
GETMAIL = """[retriever]
type = SimpleIMAPSSLRetriever
server = 127.0.0.1
port = {server.port}
timeout = 20
username = {user}
password = {password}

[destination]
type = Maildir
path = {folder}/maildir/

[options]
read_all = true
delete = false
max_messages_per_session = 3000
delivered_to = false
received = false
verbose = 0
"""
MBSYNC = """IMAPAccount bench
Host localhost
Port {server.port}
User {user}
Pass {password}
SSLType IMAPS
CertificateFile {certificate.chain}

IMAPStore far
Account bench

MaildirStore near
Inbox {folder}/maildir

Channel bench
Far :far:INBOX
Near :near:INBOX
Sync Pull New
SyncState {folder}/
"""
MAILBOX = """mailboxes:
  - name: bench
    url: imaps://localhost:{server.port}
    user: {user}
    password: {password}
    ca_file: {certificate.chain}
    since: 2000-01-01
"""


def measure(report, options):
    if missing := dovecot.missing():
        return report.skip("imap", missing)
    count = MAILS // 10 if options.quick else MAILS
    octets = [octets for _, octets in itertools.islice(mails.mixed(), count)]
    report.say(f"{count:,} mails, {sum(map(len, octets)) / count / 1024:.1f} KiB each on the average")
    peers = {name: peer for name, peer in PEERS.items() if shutil.which(name)}
    for name in PEERS.keys() - peers:
        report.skip(name, "it")
    rates = {name: [] for name in ("brevdue", *peers)}
    with Certificate("localhost") as certificate, dovecot.Dovecot(certificate, octets) as server:
        # Dovecot makes its index with the first who looks in: that is not the first one's to pay.
        index(server, count)
        for _ in range(options.runs):
            rates["brevdue"].append(by_daemon(server, certificate, count))
            for name, peer in peers.items():
                rates[name].append(peer(server, certificate, count))
            report.progress(", ".join(f"{name} {values[-1]:,.0f}/s" for name, values in rates.items()))
    own = report.figure("brevdue", rates["brevdue"], "mails/s")
    for name in peers:
        ratio = own / report.figure(name, rates[name], "mails/s")
        if name == "getmail":
            report.goal("brevdue : getmail6", ratio, "", least=2)
        else:
            report.say(f"{'brevdue : mbsync':44}{ratio:>12,.2f}")


def index(server, count):
    context = ssl.create_default_context(cafile=server.certificate.chain)
    with imaplib.IMAP4_SSL("localhost", server.port, ssl_context=context) as session:
        session.login(dovecot.USER, dovecot.PASSWORD)
        _, (found,) = session.select("INBOX", readonly=True)
        if int(found) != count:
            raise BenchError(f"Dovecot shows {int(found)} of {count} mails")
        session.fetch("1:*", "(RFC822.SIZE)")


def by_daemon(server, certificate, count):
    lines = MAILBOX.format(server=server, certificate=certificate, user=dovecot.USER, password=dovecot.PASSWORD)
    daemon = Daemon("imap", roles="http", keep=True, lines=lines)
    with daemon:
        daemon.checkpoint()
    daemon.roles = "imap,http"
    began = time.monotonic()
    with daemon:
        question = "SELECT count(*) FROM brevdue.arrival WHERE door = 'imap'"
        wait_until(lambda: int(daemon.sql.one(question)) >= count, 600, "the first sync", pause=0.1)
        rate = count / (time.monotonic() - began)
    daemon.remove()
    return rate


def by_getmail(server, certificate, count):
    """Of the first 3,000 mails, which take it half a minute. It sometimes misses the end of a child of its own and gives up
    (its wait is not safe against a signal that comes early); what it had stored until then is measured."""
    folder = maildir("getmail")
    (folder / "rc").write_text(GETMAIL.format(server=server, folder=folder, user=dovecot.USER, password=dovecot.PASSWORD))
    # It delivers nothing as root.
    for path in (folder, *folder.rglob("*")):
        shutil.chown(path, "nobody", "nogroup")
    done = subprocess.run(["getmail", "--getmaildir", folder, "--rcfile", "rc"], capture_output=True, text=True,
                          cwd=folder, user="nobody", group="nogroup", extra_groups=[])
    return stored_rate(folder, done, count / 20)


def by_mbsync(server, certificate, count):
    folder = maildir("mbsync")
    (folder / "rc").write_text(MBSYNC.format(
        server=server, certificate=certificate, folder=folder, user=dovecot.USER, password=dovecot.PASSWORD))
    done = subprocess.run(["mbsync", "--quiet", "--config", folder / "rc", "bench"], capture_output=True, text=True)
    return stored_rate(folder, done, count)


def maildir(name):
    folder = SCRATCH / name
    shutil.rmtree(folder, ignore_errors=True)
    for part in ("cur", "new", "tmp"):
        (folder / "maildir" / part).mkdir(parents=True)
    return folder


def stored_rate(folder, done, least):
    """Mails a second, from the first file of the maildir to the last."""
    stored = sorted(path.stat().st_mtime for part in ("cur", "new") for path in (folder / "maildir" / part).iterdir())
    if len(stored) < least:
        raise BenchError(f"{done.args[0]} ended with {done.returncode}: {(done.stderr or done.stdout)[-500:]}")
    shutil.rmtree(folder)
    return (len(stored) - 1) / (stored[-1] - stored[0])


PEERS = {"getmail": by_getmail, "mbsync": by_mbsync}
