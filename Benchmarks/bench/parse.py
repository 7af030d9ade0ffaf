"""`parse --json` of the fixtures beside the same walk in plain C GMime (parse, decode every part)"""
import shlex
import shutil
import subprocess
import time

from .daemon import ROOT, SCRATCH, Daemon
from .mails import FOLDER

# Many times each, so that start-up does not count; in several processes, for so long is no command line of anybody's.
REPEAT, PROCESSES = 25, 8


def measure(report, options):
    walk = build(report)
    files = sorted(FOLDER.glob("*.eml")) * REPEAT
    octets = sum(path.stat().st_size for path in files)
    processes = 1 if options.quick else PROCESSES
    mails = len(files) * processes
    own, plain = [], []
    for _ in range(options.runs):
        own.append(mails / duration([Daemon.program, "parse", "--json", *files], processes))
        if walk:
            plain.append(mails / duration([walk, *files], processes))
    report.say(f"{mails:,} files of {octets / len(files):,.0f} octets on the average, one process at a time")
    rate = report.figure("brevdue parse --json", own, "mails/s")
    if walk:
        report.goal("brevdue : C GMime", rate / report.figure("C GMime", plain, "mails/s"), "", least=0.5)


def duration(command, times):
    began = time.perf_counter()
    for _ in range(times):
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
