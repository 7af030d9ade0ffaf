"""first sync of a mailbox of 20,000 mixed mails under TLS, made durable: the daemon, and getmail6 to a maildir

Both read the same inbox of the same Dovecot to its end and leave it as it is. Each begins with nothing read before: the
daemon on a database just made, getmail6 without its list of what it has seen. Both are timed as whole processes, from
their start to the last mail that is durable.
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
username = {user}
password = {password}

[destination]
type = Maildir
path = {folder}/maildir/

[options]
read_all = true
delete = false
delivered_to = false
received = false
verbose = 0
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
    peer = shutil.which("getmail")
    if not peer:
        report.skip("getmail", "getmail6 (Debian package)")
    own, others = [], []
    with Certificate("localhost") as certificate, dovecot.Dovecot(certificate, octets) as server:
        # Dovecot makes its index with the first who looks in: that is not the first one's to pay.
        index(server, count)
        for _ in range(options.runs):
            own.append(count / by_daemon(server, certificate, count))
            if peer:
                others.append(count / by_getmail(server, count))
            report.progress(", ".join(f"{rates[-1]:,.0f}/s" for rates in (own, others) if rates))
    rate = report.figure("brevdue", own, "mails/s")
    if others:
        report.goal("brevdue : getmail6", rate / report.figure("getmail6", others, "mails/s"), "", least=2)


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
        seconds = time.monotonic() - began
    daemon.remove()
    return seconds


def by_getmail(server, count):
    folder = SCRATCH / "getmail"
    shutil.rmtree(folder, ignore_errors=True)
    for name in ("cur", "new", "tmp"):
        (folder / "maildir" / name).mkdir(parents=True)
    (folder / "getmailrc").write_text(
        GETMAIL.format(server=server, folder=folder, user=dovecot.USER, password=dovecot.PASSWORD))
    # It delivers nothing as root.
    for path in (folder, *folder.rglob("*")):
        shutil.chown(path, "nobody", "nogroup")
    began = time.monotonic()
    done = subprocess.run(["getmail", "--getmaildir", folder], capture_output=True, text=True, user="nobody", cwd=folder)
    seconds = time.monotonic() - began
    if done.returncode or (stored := len(list((folder / "maildir/new").iterdir()))) != count:
        raise BenchError(f"getmail ended with {done.returncode}: {(done.stderr or done.stdout)[-500:]}")
    shutil.rmtree(folder)
    return seconds
