"""start to ready on an existing database"""
import time

from .daemon import Daemon, wait_until


def measure(report, options):
    daemon = Daemon("start", keep=True)
    with daemon:
        pass
    rounds = [start_and_stop(daemon) for _ in range(options.runs)]
    daemon.remove()
    report.figure("SIGTERM to end, database stopped", [stop for _, stop in rounds], "s", digits=2)
    report.goal("start to readyz", report.figure("start to readyz", [start for start, _ in rounds], "s", digits=2), "s",
                most=0.5)


def start_and_stop(daemon):
    began = time.perf_counter()
    daemon.begin()
    try:
        wait_until(daemon.is_ready, 60, "start", pause=0.005)
        ready = time.perf_counter()
    finally:
        asked = time.perf_counter()
        daemon.end()
    return ready - began, time.perf_counter() - asked
