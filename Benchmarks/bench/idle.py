"""5,000 idle connections, in the clear and under TLS: memory of the daemon, and intake beside them

They stay open behind their EHLO while smtp-source sends mails, a connection each, and rounds with and without them take
turns. Under TLS as many as the machine lets are opened at the end.
"""
import shutil
import time

from . import intake
from .certificate import Certificate
from .crowd import Crowd, most_connections
from .daemon import Daemon

CONNECTIONS, MAILS = 5_000, 5_000
WAY = "a connection for each mail"
# Until what was just opened or closed is settled.
PAUSE = 1


def measure(report, options):
    if not shutil.which("smtp-source") or not shutil.which("openssl"):
        return report.skip("idle", "smtp-source (Debian package postfix) or openssl")
    scale = 10 if options.quick else 1
    most = most_connections()
    with Certificate() as certificate:
        for tls in (False, True):
            with Daemon("idle", roles="smtp", settings=certificate.settings) as daemon:
                # What the first mails and connections make it allocate once is not the crowd's.
                intake.stored_rate(daemon, MAILS // 10, WAY)
                beside(report, options, daemon, min(CONNECTIONS, most) // scale, MAILS // scale, tls)
                if tls and most > CONNECTIONS and not options.quick:
                    grown = growth(daemon, most, tls)
                    report.figure(f"growth by {most:,} under TLS", [grown], "MB", digits=1)


def beside(report, options, daemon, count, mails, tls):
    name = f"{count:,} {'under TLS' if tls else 'in the clear'}"
    grown = growth(daemon, count, tls)
    report.goal(f"growth by {name}", grown, "MB", most=300 * count / CONNECTIONS, digits=1)
    report.say(f"{grown * 1e3 / count:.1f} kB a connection")
    alone, crowded = [], []
    for _ in range(options.runs):
        daemon.checkpoint()
        alone.append(intake.stored_rate(daemon, mails, WAY))
        with Crowd(daemon.smtp_port, count, tls):
            daemon.checkpoint()
            time.sleep(PAUSE)
            crowded.append(intake.stored_rate(daemon, mails, WAY))
        time.sleep(PAUSE)
        report.progress(f"{name}: {alone[-1]:,.0f}/s without them, {crowded[-1]:,.0f}/s with")
    rate = report.figure("intake without them", alone, "mails/s")
    report.goal("intake with : without", report.figure("intake with them", crowded, "mails/s") / rate, "", least=0.9)


def growth(daemon, count, tls):
    """Megabytes that the daemon takes for that many connections."""
    before = daemon.resident_mebibytes()
    with Crowd(daemon.smtp_port, count, tls):
        time.sleep(PAUSE)
        grown = daemon.resident_mebibytes() - before
    time.sleep(PAUSE)
    return grown * 1.048576
