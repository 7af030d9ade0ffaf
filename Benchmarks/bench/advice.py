"""advice and quote of 20 lines with 50 rules, in one process on one core"""
import subprocess

from .daemon import ROOT, BenchError

PROGRAM = ROOT / ".build/release/BrevdueBench"
DOSSIERS = 20_000


def measure(report, options):
    # A program of its own: it is no part of the product.
    build = subprocess.run(["swift", "build", "-c", "release", "--product", "BrevdueBench"], cwd=ROOT,
                           capture_output=True, text=True)
    if build.returncode:
        raise BenchError(f"BrevdueBench cannot be built: {build.stdout[-1000:]}")
    dossiers = DOSSIERS // 10 if options.quick else DOSSIERS
    output = subprocess.run([PROGRAM, str(options.runs), str(dossiers)], check=True, capture_output=True, text=True)
    shape, *rates = output.stdout.splitlines()
    report.say(f"{dossiers:,} times: {shape}")
    rate = report.figure("priced and advised on", [float(rate) for rate in rates], "/s")
    report.goal("advice and quote", rate, "/s", least=5000, digits=0)
