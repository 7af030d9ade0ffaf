"""ten million lines of random SMTP sessions against the session machine, in one piece and in many"""
import os
import subprocess
import time

from .daemon import ROOT, BenchError

LINES, VARIABLE = 10_000_000, "SMTP_FUZZ_LINES"
DRIVER = ROOT / "Tests/SMTPServerTests/FuzzTests.swift"


def measure(report, options):
    if VARIABLE not in DRIVER.read_text():
        return report.say(f"SKIPPED fuzz: {DRIVER.name} takes no {VARIABLE}")
    run(["swift", "build", "--build-tests"], {})
    lines = LINES // 100 if options.quick else LINES
    began = time.perf_counter()
    run(["swift", "test", "--skip-build", "--no-parallel", "--filter", "SMTPServerTests.FuzzTests"], {VARIABLE: str(lines)})
    report.figure(f"{lines:,} lines without a fault", [lines / (time.perf_counter() - began)], "lines/s")


def run(command, settings):
    done = subprocess.run(command, cwd=ROOT, env=os.environ | settings, capture_output=True, text=True)
    if done.returncode:
        raise BenchError(f"{' '.join(command)}: {(done.stdout + done.stderr)[-2000:]}")
