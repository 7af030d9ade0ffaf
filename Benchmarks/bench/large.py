"""memory of the daemon while 200 connections send 20 MB each, all at once, and while all of it is read

One daemon takes them in and reads nothing; it then begins again to read, so that the two are told apart. Mail servers
announce how large a mail is, and others need not: both are measured.
"""
from . import load
from .certificate import Certificate
from .daemon import Daemon

CONNECTIONS, OCTETS = 200, 20_000_000
# Beside the daemon itself a MiB for each connection: so much of a mail may stay in memory.
PEAK = 60 + CONNECTIONS
WAYS = {"in the clear, SIZE announced": {"tls": False, "announced": True},
        "in the clear, nothing announced": {"tls": False, "announced": False},
        "under TLS, SIZE announced": {"tls": True, "announced": True}}


def measure(report, options):
    if missing := load.build():
        return report.skip("large", missing)
    octets = OCTETS // 10 if options.quick else OCTETS
    with Certificate() as certificate:
        for name, way in WAYS.items():
            daemon = Daemon("large", roles="smtp", keep=True, settings=certificate.settings)
            take_in(report, daemon, octets, name, way)
            read(report, daemon)
            daemon.remove()


def take_in(report, daemon, octets, name, way):
    with daemon:
        before = daemon.resident_mebibytes()
        rate = load.send(daemon.smtp_port, CONNECTIONS, CONNECTIONS, octets, **way)
        report.say(f"{name}: {rate * octets / 1e6:,.0f} MB/s; {before:.1f} MiB before, "
                   f"{daemon.resident_mebibytes():.1f} MiB afterwards")
        report.goal("most while it takes them in", daemon.peak_mebibytes(), "MiB", most=PEAK, digits=1)


def read(report, daemon):
    daemon.roles = "http,worker"
    with daemon:
        daemon.wait_until_worked_off(CONNECTIONS, 600)
        report.figure("most while it reads them", [daemon.peak_mebibytes()], "MiB", digits=1)
