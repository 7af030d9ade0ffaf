"""durable intake of 10 KiB mails under STARTTLS: the daemon and Postfix with the same certificate

A load generator of our own sends to both (smtp-source knows no TLS), once with a connection, and so a full handshake, for
each mail, once with one that is resumed from the TLS session before (as busy senders do), and once over 20 connections
that stay open. As in `intake`, the rounds take turns, and each begins when what the one before left behind is on the disk.
"""
import collections
import contextlib

from . import load, postfix
from .certificate import Certificate
from .daemon import BenchError, Daemon

CONNECTIONS, SIZE = 20, 10 << 10
MAILS, MAILS_POSTFIX = 5_000, 2_000
WAYS = {"a connection for each mail": "each", "one for each, resumed": "resumed", f"{CONNECTIONS} kept connections": "kept"}


def measure(report, options):
    if missing := load.build():
        return report.skip("tls", missing)
    scale = 10 if options.quick else 1
    if missing := postfix.missing():
        report.skip("Postfix", missing)
    rates, shares = collections.defaultdict(list), collections.defaultdict(list)
    with Certificate() as certificate, Daemon("tls", roles="smtp", settings=certificate.settings) as daemon, \
            contextlib.nullcontext() if missing else postfix.Postfix(certificate) as peer:
        for way in [way for _ in range(options.runs) for way in WAYS]:
            daemon.checkpoint()
            used = load.seconds_of_cores()
            rates["brevdue", way].append(stored_rate(daemon, MAILS // scale, WAYS[way]))
            shares[way].append((load.seconds_of_cores() - used) / (MAILS // scale) * 1000)
            if peer:
                rates["Postfix", way].append(send(peer.port, MAILS_POSTFIX // scale, WAYS[way]))
                peer.wait_until_delivered()
            report.progress(f"{way}: " + ", ".join(f"{rates[name, way][-1]:,.0f}/s" for name in ("brevdue", "Postfix")
                                                   if rates[name, way]))
    for way in WAYS:
        own = report.figure(f"brevdue, {way}", rates["brevdue", way], "mails/s")
        report.figure("of which the sender takes of the cores", shares[way], "ms/mail", digits=2)
        if others := rates["Postfix", way]:
            report.goal(f"brevdue : Postfix, {way}", own / report.figure(f"Postfix, {way}", others, "mails/s"), "",
                        least=4)


def send(port, mails, way):
    return load.send(port, CONNECTIONS, mails, SIZE, tls=True, way=way)


def stored_rate(daemon, mails, way):
    count = "SELECT count(*) FROM brevdue.arrival"
    before = int(daemon.sql.one(count))
    rate = send(daemon.smtp_port, mails, way)
    if (stored := int(daemon.sql.one(count)) - before) != mails:
        raise BenchError(f"{mails} mails were accepted and {stored} stored")
    return rate
