"""resident memory of the daemon (without its database): idle, and over a hundred thousand mails"""
import itertools
import statistics
import time

from . import mails, sender
from .daemon import Daemon

STEPS = 10
IDLE_SECONDS = 5
# What the allocator may still take after the first fifth of the mails; a leak of 100 octets a mail would exceed it.
GROWTH = 8


def measure(report, options):
    step = (options.mails // 10 if options.quick else options.mails) // STEPS
    mixed = mails.mixed()
    with Daemon("memory") as daemon:
        time.sleep(IDLE_SECONDS)
        idle = daemon.resident_mebibytes()
        report.goal("idle", idle, "MiB", most=60, digits=1)
        sizes = []
        for number in range(1, STEPS + 1):
            # Taken in and worked off before the next, so that a backlog is not taken for a leak.
            sender.send(daemon.smtp_port, list(itertools.islice(mixed, step)))
            daemon.wait_until_worked_off(number * step, 1200)
            sizes.append(daemon.resident_mebibytes())
            report.progress(f"{number * step:,} mails: {sizes[-1]:.1f} MiB")
    report.say(f"every {step:,} mails: " + ", ".join(f"{size:.1f}" for size in sizes) + " MiB")
    growth = statistics.median(sizes[-3:]) - statistics.median(sizes[1:4])
    report.goal(f"growth from {2 * step:,} to {STEPS * step:,} mails", growth, "MiB", most=GROWTH, digits=1)
