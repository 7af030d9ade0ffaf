"""the outbox to a relay that takes everything (smtp-sink): mails a second, each attempt recorded before and after

Mixed mails are taken in and answered without a relay, so that the answers wait. Then the daemon starts with one: the rate
is from the first attempt to the last mail sent, by the database's clock.
"""
import itertools

from . import mails, sender, sink
from .daemon import BenchError, Daemon, wait_until

MAILS = 2_000


def measure(report, options):
    if missing := sink.missing():
        return report.skip("outbox", missing)
    count = MAILS // 10 if options.quick else MAILS
    mixed = mails.mixed()
    rates, answers, daemon = [], 0, Daemon("outbox", keep=True)
    with sink.Sink() as relay:
        for number in range(1, options.runs + 1):
            last = queue(daemon, list(itertools.islice(mixed, count)), number * count)
            sent, rate = send(daemon, relay, last)
            rates.append(rate)
            answers += sent
            report.progress(f"{sent:,} answers, {rate:,.0f}/s")
    daemon.remove()
    report.say(f"{number * count:,} mails gave {answers:,} answers, sent by smtp to one relay without TLS")
    report.goal("outbox to smtp-sink", report.figure("sent", rates, "mails/s"), "mails/s", least=300, digits=0)


def queue(daemon, batch, arrivals):
    """Has the batch answered without a relay; the id of the last mail in the outbox before it."""
    daemon.settings.pop("BREVDUE_RELAY_URL", None)
    with daemon:
        last = int(daemon.sql.one("SELECT coalesce(max(id), 0) FROM brevdue.outbox"))
        sender.send(daemon.smtp_port, batch)
        daemon.wait_until_worked_off(arrivals, 300)
        return last


def send(daemon, relay, last):
    """How many left for the relay, and how many a second."""
    daemon.settings["BREVDUE_RELAY_URL"] = f"smtp://127.0.0.1:{relay.port}"
    with daemon:
        wait_until(lambda: daemon.sql.one(f"SELECT count(*) FROM brevdue.outbox WHERE id > {last} AND state <> 'sent'") == "0",
                   300, "sending what waits", pause=0.2)
        count, seconds = daemon.sql.one(
            "SELECT count(*), extract(epoch FROM max(ended_at) - min(began_at)) FROM brevdue.outbox_attempt "
            f"WHERE outbox_id > {last}").split("|")
        if count == "0":
            raise BenchError("no mail was put into the outbox")
        return int(count), int(count) / float(seconds)
