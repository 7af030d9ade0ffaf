"""start to ready on an existing database"""
import time

from .daemon import Daemon, wait_until


def measure(report, options):
    with Daemon("start"):
        pass
    daemon = Daemon("start", keep=True)
    starts, ends = [], []
    for _ in range(max(5, options.runs)):
        began = time.perf_counter()
        daemon.begin()
        wait_until(daemon.is_ready, 60, "start", pause=0.005)
        starts.append(time.perf_counter() - began)
        began = time.perf_counter()
        daemon.end()
        ends.append(time.perf_counter() - began)
    report.figure("SIGTERM to end, database stopped", ends, "s", digits=2)
    report.goal("start to readyz", report.figure("start to readyz", starts, "s", digits=2), "s", most=0.5)
