"""Prints what is measured as it comes, and what of it meets its goal."""
import os
import statistics
import sys


QUIET = 0.7


class Report:
    def __init__(self):
        self.goals = []
        self.part = ""

    def begin(self, part, title):
        self.part = part
        # The peers share the cores, and many processes get more of them than a few threads do.
        if (load := os.getloadavg()[0]) > QUIET and not self.goals:
            print(f"The machine has other work (load {load:.1f}): rates and ratios will be low.")
        print(f"\n{part}: {title}", flush=True)

    def say(self, text):
        print(f"  {text}", flush=True)

    def skip(self, what, missing):
        self.say(f"SKIPPED {what}: {missing} is not installed")

    def figure(self, name, values, unit, digits=0):
        """Prints the median of the runs beside their extremes, and gives it back."""
        median = statistics.median(values)
        spread = f"({min(values):,.{digits}f} to {max(values):,.{digits}f} in {len(values)} runs)" if len(values) > 1 else ""
        self.say(f"{name:44}{median:>12,.{digits}f} {unit:8} {spread}")
        return median

    def goal(self, name, value, unit, *, least=None, most=None, digits=2):
        met = value >= least if least is not None else value <= most
        bound = f"≥ {least:g}" if least is not None else f"≤ {most:g}"
        line = f"{name:44}{value:>12,.{digits}f} {unit:8} goal {bound}: {'met' if met else 'MISSED'}"
        self.goals.append((f"{self.part}: {line}", met))
        self.say(line)

    def progress(self, text):
        """A passing word for whoever waits at a terminal."""
        if sys.stderr.isatty():
            print(f"\r  {text:<76}\r", end="", file=sys.stderr, flush=True)

    def conclude(self):
        missed = [line for line, met in self.goals if not met]
        print(f"\n{len(self.goals) - len(missed)} of {len(self.goals)} goals met")
        for line in missed:
            print(f"  {line}")
