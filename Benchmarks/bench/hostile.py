"""mails made to be slow or large to read, each by `parse --json --rules` in a process of its own"""
import base64
import os
import statistics
import subprocess
import threading
import time

from . import parse
from .daemon import ROOT, SCRATCH, BenchError, Daemon

FOLDER = SCRATCH / "hostile"
SECONDS, MEGABYTES = 2, 200
# Who takes longer is ended.
PATIENCE = 60
MILLION = 1_000_000
HEAD = b"From: Jonas Holm <jh@fjordtek.example>\r\nDate: Tue, 24 Nov 2026 08:52:11 +0100\r\nSubject: VS: Pris\r\n"


def text(body, kind=b"plain"):
    return HEAD + b"Content-Type: text/" + kind + b"; charset=utf-8\r\n\r\n" + body


def field(name, value):
    return HEAD + name + b": " + value + b"\r\n\r\nHej\r\n"


def folded(piece, octets):
    """A long value of a header field, in lines."""
    line = piece * max(1, 900 // len(piece)) + b"\r\n "
    return line * (octets // len(line))


def nested_parts(depth):
    parts = b"".join(b"--b%d\r\nContent-Type: multipart/mixed; boundary=b%d\r\n\r\n" % (i, i + 1) for i in range(depth))
    return HEAD + b"Content-Type: multipart/mixed; boundary=b0\r\n\r\n" + parts + b"--b%d\r\n\r\ndybt\r\n" % depth


def parts(count):
    part = b"--b\r\nContent-Type: text/plain\r\n\r\nHej\r\n"
    return HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + part * count + b"--b--\r\n"


def nested_mails(depth):
    return (HEAD + b"Content-Type: message/rfc822\r\n\r\n") * depth + HEAD + b"\r\nHej\r\n"


def encoded(octets, kind):
    body = base64.encodebytes(os.urandom(57) * (octets // 57)).replace(b"\n", b"\r\n")
    return HEAD + b"Content-Type: " + kind + b"\r\nContent-Transfer-Encoding: base64\r\n\r\n" + body


def mails():
    """What each is, and how its octets are made."""
    forward = b"---------- Forwarded message ---------\r\nFrom: Bo <b@lund.example>\r\nDate: 24.11.2026\r\nTo: a@b.example\r\nSubject: Pris\r\n\r\n"
    yield "a million > in one line", lambda: text(b">" * MILLION)
    yield "a million lines of >", lambda: text(b">\r\n" * MILLION)
    yield "100,000 nested parts", lambda: nested_parts(100_000)
    yield "100,000 parts beside each other", lambda: parts(100_000)
    yield "100,000 nested mails", lambda: nested_mails(100_000)
    yield "50 MB of base64 in a header field", lambda: field(b"X-Data", folded(base64.b64encode(os.urandom(48)), 50 * MILLION))
    yield "50 MB of base64 in one line of a header", lambda: field(b"X-Data", base64.b64encode(os.urandom(37 * MILLION + 500_000)))
    yield "20 MB of encoded words in the subject", lambda: field(b"Subject", folded(b"=?utf-8?B?w6bDuMOl?= ", 20 * MILLION))
    yield "a million header fields", lambda: HEAD + b"X-A: b\r\n" * MILLION + b"\r\nHej\r\n"
    yield "a million recipients", lambda: field(b"To", folded(b"Bo Lund <bo@lund.example>, ", 27 * MILLION))
    yield "a million groups in groups of recipients", lambda: field(b"To", folded(b"a:", 2 * MILLION))
    yield "a million parentheses in a field of addresses", lambda: field(b"Cc", folded(b"(", MILLION))
    yield "a million references", lambda: field(b"References", folded(b"<a@b.example> ", 14 * MILLION))
    yield "100,000 parameters of a content type", lambda: HEAD + b"Content-Type: text/plain" + b"".join(
        b";\r\n a%d=b" % i for i in range(100_000)) + b"\r\n\r\nHej\r\n"
    yield "100,000 pieces of a file's name", lambda: HEAD + b"Content-Disposition: attachment" + b"".join(
        b";\r\n filename*%d=a" % i for i in range(100_000)) + b"\r\n\r\nHej\r\n"
    yield "50 MB of text", lambda: text(b"Vi er 12 ansatte og vil gerne have et tilbud.\r\n" * MILLION)
    yield "50 MB attached", lambda: encoded(37 * MILLION, b"application/pdf")
    yield "50 MB of HTML", lambda: text(b"<p>Vi er 12 ansatte og vil gerne have et tilbud.</p>" * MILLION, b"html")
    yield "a million nested elements", lambda: text(b"<div>" * MILLION, b"html")
    yield "a million open quotations in HTML", lambda: text(b"<blockquote>a" * MILLION, b"html")
    yield "a million cells", lambda: text(b"<table>" + b"<tr><td>a" * MILLION, b"html")
    yield "a million attributes", lambda: text(b"<p " + b" ".join(b"a%d=b" % i for i in range(MILLION)) + b">Hej", b"html")
    yield "a million entities", lambda: text(b"&aelig;&#x301;" * MILLION, b"html")
    yield "a million accents on one letter", lambda: text(b"e" + b"\xcc\x81" * MILLION)
    yield "a million accents, out of order", lambda: text(b"e" + b"\xcc\x81\xcc\xa3" * (MILLION // 2))
    yield "a million accents in a class of HTML", lambda: text(b"<div class='a" + b"&#x301;&#x323;" * (MILLION // 14) + b"'>Hej", b"html")
    yield "a million accents in a name of HTML", lambda: text(b"<div id='a" + b"\xcc\x81\xcc\xa3" * (MILLION // 4) + b"'>Hej", b"html")
    yield "accents in a content type", lambda: HEAD + b"Content-Type: text/a" + b"\xcc\x81\xcc\xa3" * 50_000 + b"\r\n\r\nHej\r\n"
    yield "accents in a file's name", lambda: HEAD + b"Content-Disposition: attachment; filename=a" + b"\xcc\x81\xcc\xa3" * 50_000 + b"\r\n\r\nHej\r\n"
    yield "accents in a charset", lambda: HEAD + b"Content-Type: text/plain; charset=a" + b"\xcc\x81\xcc\xa3" * 50_000 + b"\r\n\r\nHej\r\n"
    yield "accents in a sender", lambda: b"From: a" + b"\xcc\x81\xcc\xa3" * 15_000 + b" <a@b.example>\r\n" + HEAD + b"\r\nHej\r\n"
    yield "accents in an address", lambda: b"From: a" + b"\xcc\x81\xcc\xa3" * 15_000 + b"@b.example\r\n" + HEAD + b"\r\nHej\r\n"
    yield "20,000 forwards in each other", lambda: text(forward * 20_000)
    yield "a million headings of a header", lambda: text(b"Fra: a@b.example\r\n" * MILLION)
    yield "a million recipients of a forward", lambda: text(
        b"Fra: a@b.example\r\nSendt: 24.11.2026\r\nTil: " + b"Bo <b@lund.example>; " * MILLION + b"\r\nEmne: Pris\r\n")
    yield "100,000 introductions of quotations", lambda: text(b"Den 24.11.2026 kl. 10.12 skrev a@b.example:\r\n" * 100_000)
    yield "100,000 signatures", lambda: text(b"-- \r\nMed venlig hilsen\r\n" * 100_000)
    yield "a million company numbers", lambda: text(b"CVR 24256790 " * MILLION)
    yield "a million digits, in groups", lambda: text(b"24 " * MILLION)
    yield "a million numbers in words", lambda: text(b"ti " * MILLION)
    yield "a million amounts", lambda: text(b"3.500 kr. om ugen " * MILLION)
    yield "100,000 armours of OpenPGP", lambda: text(b"-----BEGIN PGP SIGNED MESSAGE-----\r\n" * 100_000)
    yield "a million lines like a boundary", lambda: HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n" + b"--bb\r\n" * MILLION
    yield "a million octets of nothing", lambda: text(b"\x00" * MILLION)
    yield "a million octets that are no UTF-8", lambda: text(b"\xff\xc3" * (MILLION // 2))


def measure(report, options):
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = FOLDER / "mail.eml"
    slowest = largest = 0
    for name, make in mails():
        write(path, make)
        runs = [run(name, path) for _ in range(1 if options.quick else options.runs)]
        seconds, megabytes = (statistics.median(values) for values in zip(*runs))
        slowest, largest = max(slowest, seconds), max(largest, megabytes)
        report.say(f"{name:44}{seconds:>12.2f} s {megabytes:>9.0f} MB   of {path.stat().st_size / MILLION:.1f} MB")
        path.unlink()
    report.goal("the slowest", slowest, "s", most=SECONDS)
    report.goal("the most memory", largest, "MB", most=MEGABYTES, digits=0)


def write(path, make):
    """In a process of its own: what this one takes at most would count for those that it starts."""
    if child := os.fork():
        return os.waitpid(child, 0)
    path.write_bytes(make())
    os._exit(0)


def run(name, path):
    """Seconds, and the most memory in MB, start of the program included."""
    began = time.perf_counter()
    process = subprocess.Popen([Daemon.program, "parse", "--json", "--no-attachments", "--rules", ROOT / "rules", path],
                               stdout=subprocess.DEVNULL, preexec_fn=parse.pin)
    timer = threading.Timer(PATIENCE, process.kill)
    timer.start()
    _, status, usage = os.wait4(process.pid, 0)
    timer.cancel()
    seconds = time.perf_counter() - began
    if status and seconds < PATIENCE:
        raise BenchError(f"{name}: brevdue ended with status {os.waitstatus_to_exitcode(status)}")
    return seconds, usage.ru_maxrss * 1024 / MILLION
