"""durable intake of 10 KiB mails: the daemon's journal, Postfix's queue and rows by pgbench

The same load generator, Postfix's smtp-source, sends to the daemon and to Postfix, once with a connection for each mail,
as a sender in the world has it, and once over 20 connections that stay open. Both log as they do by default, into
files. pgbench inserts as many octets into the same PostgreSQL, one row a commit, over connections that stay open too.
The rounds take turns, and each begins when what the one before left behind is on the disk.
"""
import collections
import contextlib
import re
import shutil
import subprocess
import time

from . import postfix
from .daemon import INTAKE, SENDER, BenchError, Daemon, postgres_program

CONNECTIONS, SIZE = 20, 10 << 10
MAILS, SECONDS = 10_000, 4
MAILS_POSTFIX = 3_000
KEPT = f"{CONNECTIONS} kept connections"
WAYS = {"a connection for each mail": [], KEPT: ["-d"]}


def measure(report, options):
    if not shutil.which("smtp-source"):
        return report.skip("intake", "smtp-source (Debian package postfix)")
    scale = 10 if options.quick else 1
    missing = postfix.missing()
    if missing:
        report.skip("Postfix", missing)
    rates = collections.defaultdict(list)
    with Daemon("intake", roles="smtp") as daemon, contextlib.nullcontext() if missing else postfix.Postfix() as peer:
        pgbench = Pgbench(daemon)
        if not pgbench.program:
            report.skip("pgbench", "pgbench (part of PostgreSQL)")
        for way in [way for _ in range(options.runs) for way in WAYS]:
            daemon.checkpoint()
            rates["brevdue", way].append(stored_rate(daemon, MAILS // scale, way))
            if peer:
                rates["Postfix", way].append(send(peer.port, MAILS_POSTFIX // scale, way))
                peer.wait_until_delivered()
            report.progress(f"{way}: " + ", ".join(f"{rates[name, way][-1]:,.0f}/s" for name in ("brevdue", "Postfix")
                                                   if rates[name, way]))
            if pgbench.program and way == KEPT:
                daemon.checkpoint()
                rates["pgbench", way].append(pgbench.rate(max(1, SECONDS // scale)))
    conclude(report, rates)


def conclude(report, rates):
    for way in WAYS:
        own = report.figure(f"brevdue, {way}", rates["brevdue", way], "mails/s")
        if others := rates["Postfix", way]:
            report.goal(f"brevdue : Postfix, {way}", own / report.figure(f"Postfix, {way}", others, "mails/s"), "",
                        least=5)
        if others := rates["pgbench", way]:
            report.goal(f"brevdue : pgbench, {way}", own / report.figure(f"pgbench, {way}", others, "rows/s"), "",
                        least=0.6)


def send(port, mails, way):
    """Mails a second; smtp-source gives each a Message-ID of its own and stops at the first refusal."""
    command = ["smtp-source", "-s", str(CONNECTIONS), *WAYS[way], "-l", str(SIZE), "-m", str(mails), "-f", SENDER,
               "-t", INTAKE, f"127.0.0.1:{port}"]
    began = time.perf_counter()
    subprocess.run(command, check=True)
    return mails / (time.perf_counter() - began)


def stored_rate(daemon, mails, way):
    count = "SELECT count(*) FROM brevdue.arrival"
    before = int(daemon.sql.one(count))
    rate = send(daemon.smtp_port, mails, way)
    stored = int(daemon.sql.one(count)) - before
    if stored != mails:
        raise BenchError(f"{mails} mails were accepted and {stored} stored")
    return rate


class Pgbench:
    """Rows of the same size as a mail, one a commit, into the daemon's own PostgreSQL."""

    def __init__(self, daemon):
        self.program = postgres_program("pgbench")
        self.daemon = daemon
        daemon.sql.rows("CREATE TABLE public.mail (id bigserial PRIMARY KEY, raw bytea NOT NULL)")
        # As the journal keeps its octets.
        daemon.sql.rows("ALTER TABLE public.mail ALTER COLUMN raw SET STORAGE EXTERNAL")
        self.script = daemon.folder / "pgbench.sql"
        self.script.write_text("INSERT INTO public.mail (raw) VALUES (:raw);\n")

    def rate(self, seconds):
        # As a parameter of a prepared statement the octets travel each time, and nothing is parsed.
        command = [self.program, "-n", "-M", "prepared", "-c", str(CONNECTIONS), "-j", "2", "-T", str(seconds), "-D",
                   "raw=\\x" + "58" * SIZE, "-f", str(self.script), self.daemon.conninfo]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        return float(re.search(r"tps = ([\d.]+)", done.stdout)[1])
