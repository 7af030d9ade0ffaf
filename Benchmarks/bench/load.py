"""The load generator of our own, `smtp_load.c`: many connections at a time, under TLS or in the clear."""
import resource
import shlex
import shutil
import subprocess
import time

from .daemon import INTAKE, ROOT, SCRATCH, SENDER, BenchError

PROGRAM = SCRATCH / "smtp_load"


def build():
    """What keeps it from being built here, or nothing."""
    if not shutil.which("cc") or not shutil.which("pkg-config") or not shutil.which("openssl"):
        return "a C compiler, pkg-config or openssl"
    flags = subprocess.run(["pkg-config", "--cflags", "--libs", "openssl"], capture_output=True, text=True)
    if flags.returncode:
        return "libssl-dev"
    SCRATCH.mkdir(parents=True, exist_ok=True)
    subprocess.run(["cc", "-O2", "-Wall", "-Wextra", ROOT / "Benchmarks/smtp_load.c", "-o", PROGRAM, "-pthread",
                    *shlex.split(flags.stdout)], check=True)
    return None


def seconds_of_cores():
    """What programs that have ended took of the cores so far: around `send`, the sender's."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def send(port, connections, mails, octets, *, tls, way="each", announced=False):
    """Sends all, with SIZE announced or without, and gives back mails a second.

    The way: over connections that are `kept`, with one for `each` mail, or one for each that is `resumed` from the TLS
    session before.
    """
    command = [PROGRAM, port, connections, mails, octets, "tls" if tls else "clear", way,
               "announced" if announced else "unannounced", SENDER, INTAKE]
    began = time.perf_counter()
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    if done.returncode:
        raise BenchError(done.stderr.strip())
    if way == "resumed" and int(done.stdout) < mails - 2 * connections:
        raise BenchError(f"of {mails} TLS sessions {done.stdout.strip()} were resumed")
    return mails / (time.perf_counter() - began)
