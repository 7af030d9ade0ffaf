"""`parse --json` of the fixtures beside the same walk in plain C GMime (parse, decode every part)"""
import shlex
import shutil
import subprocess
import time

from .daemon import ROOT, SCRATCH, Daemon
from .mails import FOLDER

REPEAT = 250


def measure(report, options):
    walk = build(report)
    files = sorted(FOLDER.glob("*.eml")) * (REPEAT // (10 if options.quick else 1))
    octets = sum(path.stat().st_size for path in files)
    own, plain = [], []
    for _ in range(options.runs):
        own.append(len(files) / duration([Daemon.program, "parse", "--json", *files]))
        if walk:
            plain.append(len(files) / duration([walk, *files]))
    report.say(f"{len(files):,} files of {octets / len(files):,.0f} octets on the average, one thread")
    rate = report.figure("brevdue parse --json", own, "mails/s")
    if walk:
        report.goal("brevdue : C GMime", rate / report.figure("C GMime", plain, "mails/s"), "", least=0.5)


def duration(command):
    began = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def build(report):
    if not shutil.which("cc") or not shutil.which("pkg-config"):
        return report.skip("C GMime", "a C compiler or pkg-config")
    SCRATCH.mkdir(parents=True, exist_ok=True)
    walk = SCRATCH / "gmime_walk"
    flags = subprocess.run(["pkg-config", "--cflags", "--libs", "gmime-3.0"], capture_output=True, text=True)
    if flags.returncode:
        return report.skip("C GMime", "libgmime-3.0-dev")
    subprocess.run(["cc", "-O2", "-Wall", "-Wextra", ROOT / "Benchmarks/gmime_walk.c", "-o", walk,
                    *shlex.split(flags.stdout)], check=True)
    return walk
