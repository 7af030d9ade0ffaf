"""A relay that takes everything: Postfix's smtp-sink."""
import os
import shutil
import socket
import subprocess

from .daemon import free_port, wait_until


def missing():
    """What keeps it from running here, or nothing."""
    return None if shutil.which("smtp-sink") else "smtp-sink (Debian package postfix)"


class Sink:
    """A context in which it listens."""

    def __enter__(self):
        self.port = free_port()
        # It does not like to be root.
        user = ["-u", "nobody"] if os.getuid() == 0 else []
        self.process = subprocess.Popen(["smtp-sink", *user, f"127.0.0.1:{self.port}", "100"])
        wait_until(self.accepts, 10, "start of smtp-sink")
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(10)

    def accepts(self):
        with socket.socket() as client:
            return client.connect_ex(("127.0.0.1", self.port)) == 0
