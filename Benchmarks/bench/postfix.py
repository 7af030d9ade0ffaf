"""A private Postfix that discards what it takes in: its own configuration, queue and port; the system's is not touched."""
import os
import shutil
import socket
import subprocess

from .daemon import SCRATCH, BenchError, free_port, wait_until

MAIN = """compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = bench.example
mydestination =
mynetworks = 127.0.0.0/8
alias_maps =
default_transport = discard:
smtpd_relay_restrictions = permit_mynetworks, reject
smtpd_peername_lookup = no
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
"""
TLS = """smtpd_tls_security_level = may
smtpd_tls_chain_files = {key}, {chain}
"""
# service, type, private, unprivileged, chroot, wake-up, process limit, program: as Debian ships them, without chroot.
MASTER = """127.0.0.1:{port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
proxymap unix - - n - - proxymap
error unix - - n - - error
discard unix - - n - - discard
anvil unix - - n - 1 anvil
tlsmgr unix - - n 1000? 1 tlsmgr
postlog unix-dgram n - n - 1 postlogd
"""


def missing():
    """What keeps it from running here, or nothing."""
    if not shutil.which("smtp-source") or not shutil.which("postfix"):
        return "Postfix (Debian package postfix)"
    return None if os.getuid() == 0 else "the right to start Postfix (it wants root)"


class Postfix:
    """A context in which it runs, with STARTTLS if there is a certificate."""

    def __init__(self, certificate=None):
        self.certificate = certificate

    def __enter__(self):
        self.port = free_port()
        self.folder = folder = SCRATCH / "postfix"
        shutil.rmtree(folder, ignore_errors=True)
        self.config = folder / "etc"
        for path in (self.config, folder / "queue", folder / "data"):
            path.mkdir(parents=True)
        shutil.chown(folder / "data", "postfix")
        (self.config / "main.cf").write_text(
            MAIN.format(folder=folder)
            + (TLS.format(key=self.certificate.key, chain=self.certificate.chain) if self.certificate else ""))
        (self.config / "master.cf").write_text(MASTER.format(port=self.port))
        self.control("start")
        wait_until(self.accepts, 20, "start of Postfix")
        return self

    def __exit__(self, kind, *_):
        self.control("stop")
        if kind is None:
            shutil.rmtree(self.folder)

    def control(self, word):
        done = subprocess.run(["postfix", "-c", self.config, word], capture_output=True, text=True)
        if done.returncode:
            raise BenchError(f"postfix {word}: {done.stderr.strip()}")

    def accepts(self):
        with socket.socket() as client:
            return client.connect_ex(("127.0.0.1", self.port)) == 0

    def wait_until_delivered(self):
        """Mail that is accepted still has to be discarded; that is not to weigh on whoever is measured next."""
        queues = [self.folder / "queue" / name for name in ("maildrop", "incoming", "active", "deferred")]
        wait_until(lambda: not any(path.is_file() for queue in queues for path in queue.rglob("*")), 120,
                   "delivery by Postfix", pause=0.1)
