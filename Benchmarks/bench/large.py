"""memory of the daemon while 200 connections send 20 MB each, all at once, and until all of it is read"""
from . import load
from .certificate import Certificate
from .daemon import Daemon

CONNECTIONS, OCTETS = 200, 20_000_000


def measure(report, options):
    if missing := load.build():
        return report.skip("large", missing)
    octets = OCTETS // 10 if options.quick else OCTETS
    for tls in (False, True):
        name = "under TLS" if tls else "in the clear"
        with Certificate() as certificate, Daemon("large", settings=certificate.settings) as daemon:
            before = daemon.resident_mebibytes()
            rate = load.send(daemon.smtp_port, CONNECTIONS, CONNECTIONS, octets, tls=tls, kept=False)
            report.figure(f"taken in {name}", [rate * octets / 1e6], "MB/s")
            report.goal(f"peak while they send {name}", daemon.peak_mebibytes(), "MiB", most=400, digits=1)
            daemon.wait_until_worked_off(CONNECTIONS, 900)
            report.figure(f"peak until all is read", [daemon.peak_mebibytes()], "MiB", digits=1)
            report.say(f"before {before:.1f} MiB, afterwards {daemon.resident_mebibytes():.1f} MiB")
