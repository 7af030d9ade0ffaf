"""A certificate of our own for both peers: P-256, as public authorities hand them out today."""
import shutil
import subprocess

from .daemon import SCRATCH, BenchError


class Certificate:
    """A context in which its files are there."""

    def __init__(self, host="bench.example"):
        self.host = host

    def __enter__(self):
        self.folder = SCRATCH / "certificate"
        self.folder.mkdir(parents=True, exist_ok=True)
        self.chain, self.key = self.folder / "chain.pem", self.folder / "key.pem"
        made = subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
             "-subj", f"/CN={self.host}", "-addext", f"subjectAltName=DNS:{self.host}", "-keyout", self.key, "-out",
             self.chain], capture_output=True, text=True)
        if made.returncode:
            raise BenchError(f"openssl makes no certificate: {made.stderr[-500:]}")
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def settings(self):
        """What the daemon is told of it."""
        return {"BREVDUE_SMTP_TLS_CERTIFICATE": str(self.chain), "BREVDUE_SMTP_TLS_KEY": str(self.key)}
