"""the whole way of mixed mails: accepted by SMTP, read, linked, advised, priced, summary in the outbox

Throughput is from the first 250 until no work is left. Latency is from the moment a mail is received until its summary
is committed and seen by somebody who asks every few milliseconds.
"""
import itertools
import statistics
import threading
import time

from . import mails, sender
from .daemon import Daemon, Psql

MAILS, RATE, SECONDS = 5_000, 20, 30


def measure(report, options):
    scale = 10 if options.quick else 1
    mixed = mails.mixed()
    with Daemon("whole") as daemon:
        rates, arrivals = [], 0
        for _ in range(options.runs):
            batch = list(itertools.islice(mixed, MAILS // scale))
            arrivals += len(batch)
            first, last = sender.send(daemon.smtp_port, batch)
            done = daemon.wait_until_worked_off(arrivals, 600)
            rates.append(len(batch) / (done - first))
            report.progress(f"{rates[-1]:,.0f} mails/s, taken in at {len(batch) / (last - first):,.0f}/s")
        companies, summaries = (daemon.sql.one(f"SELECT count(*) FROM brevdue.{table}") for table in ("company", "outbox"))
        report.say(f"{arrivals:,} mails about {int(companies):,} companies gave {int(summaries):,} answers")
        report.goal("accepted to summary in the outbox", report.figure("whole way", rates, "mails/s"), "mails/s",
                    least=300, digits=0)
        latency(report, daemon, list(itertools.islice(mixed, RATE * SECONDS // scale)), arrivals)


def latency(report, daemon, batch, arrivals):
    last_known = int(daemon.sql.one("SELECT coalesce(max(id), 0) FROM brevdue.outbox"))
    watch = Watch(daemon, last_known)
    sender.send(daemon.smtp_port, batch, per_second=RATE)
    daemon.wait_until_worked_off(arrivals + len(batch), 60)
    waits = sorted(watch.stop())
    report.say(f"latency at {RATE} mails/s, {len(batch)} mails, {len(waits)} answers:")
    report.figure("p99", [statistics.quantiles(waits, n=100)[98]], "ms", digits=1)
    report.goal("p50", statistics.median(waits), "ms", most=60, digits=1)


class Watch(threading.Thread):
    """Asks for answers that are new, and how long ago their mails were received."""

    QUERY = ("SELECT o.id, extract(epoch FROM clock_timestamp() - m.received_at) * 1000 FROM brevdue.outbox o "
             "JOIN brevdue.message m ON m.id = o.cause_message_id WHERE o.id > {last} ORDER BY o.id")

    def __init__(self, daemon, last):
        super().__init__()
        self.session = Psql(daemon.conninfo)
        self.last = last
        self.waits = []
        self.is_over = threading.Event()
        self.start()

    def run(self):
        while not self.is_over.wait(0.003):
            for row in self.session.rows(self.QUERY.format(last=self.last)):
                number, wait = row.split("|")
                self.last = int(number)
                self.waits.append(float(wait))

    def stop(self):
        # One more look at what was committed last.
        time.sleep(0.1)
        self.is_over.set()
        self.join()
        self.session.close()
        return self.waits
