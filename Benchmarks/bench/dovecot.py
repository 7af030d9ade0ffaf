"""A private Dovecot over one maildir: its own configuration and port; the system's is not touched."""
import os
import shutil
import socket
import subprocess

from .daemon import SCRATCH, BenchError, free_port, wait_until

PROGRAM = "/usr/sbin/dovecot"
USER, PASSWORD = "leads", "of-the-bench"
CONFIGURATION = """base_dir = {folder}/run
state_dir = {folder}/run
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = required
ssl_cert = <{certificate.chain}
ssl_key = <{certificate.key}
auth_mechanisms = plain login
mail_location = maildir:{folder}/mail
namespace inbox {{
  inbox = yes
}}
passdb {{
  driver = passwd-file
  args = scheme=plain username_format=%u {folder}/users
}}
userdb {{
  driver = static
  args = uid=nobody gid=nogroup home={folder}/home
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = {port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
"""


def missing():
    """What keeps it from running here, or nothing."""
    if not os.access(PROGRAM, os.X_OK):
        return "Dovecot (Debian package dovecot-imapd)"
    return None if os.getuid() == 0 else "the right to start Dovecot (it wants root)"


class Dovecot:
    """A context in which it serves the octets given, in their order, as mails of one inbox."""

    def __init__(self, certificate, mails):
        self.certificate, self.mails = certificate, mails

    def __enter__(self):
        self.port = free_port()
        self.folder = folder = SCRATCH / "dovecot"
        shutil.rmtree(folder, ignore_errors=True)
        for name in ("run", "home", "mail/cur", "mail/new", "mail/tmp"):
            (folder / name).mkdir(parents=True)
        (folder / "users").write_text(f"{USER}:{{PLAIN}}{PASSWORD}\n")
        (folder / "dovecot.conf").write_text(
            CONFIGURATION.format(folder=folder, certificate=self.certificate, port=self.port))
        for number, octets in enumerate(self.mails):
            (folder / f"mail/new/{1_700_000_000 + number}.M{number}.bench").write_bytes(octets)
        for path in (folder / "home", *(folder / "mail").rglob("*"), folder / "mail"):
            shutil.chown(path, "nobody", "nogroup")
        with open(folder / "starting", "w") as log:
            self.process = subprocess.Popen([PROGRAM, "-F", "-c", folder / "dovecot.conf"], stderr=log)
        wait_until(self.accepts, 20, "start of Dovecot")
        return self

    def __exit__(self, kind, *_):
        self.process.terminate()
        self.process.wait(20)
        # What went wrong can be read in its log.
        if kind is None:
            shutil.rmtree(self.folder)

    def accepts(self):
        if self.process.poll() is not None:
            raise BenchError(f"Dovecot ended with {self.process.returncode}; see {self.folder}/starting and log")
        with socket.socket() as client:
            return client.connect_ex(("127.0.0.1", self.port)) == 0
