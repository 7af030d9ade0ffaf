"""`parse --json` over the corpora, or else the fixtures, on one core, beside other readers of mail"""
import base64
import os
import shlex
import shutil
import subprocess
import sys
import time

from .daemon import ROOT, SCRATCH, Daemon
from .mails import FOLDER

CORPORA = ROOT.parent / "shared/corpus"
# Octets that one process reads, so that its start does not count; slow peers read a part of them.
OCTETS, SLOW = 60 << 20, 8
REPLY_PARSER, FORWARD_PARSER = "mail-parser-reply", "email-forward-parser"


def measure(report, options):
    mails, texts = inputs(SCRATCH / "parse")
    rounds = max(1, OCTETS // size(mails) // (10 if options.quick else 1))
    report.say(f"{len(mails)} mails of {size(mails) / len(mails):,.0f} octets on the average, {rounds} times each")
    # The names in a list: to take thousands of arguments apart is no reading of mail.
    own = [Daemon.program, "parse", "--json", "--no-attachments", "--files-from"]
    readers = [Reader("brevdue parse --json", own, mails, rounds, list=SCRATCH / "parse.list")]
    if walk := build(report):
        readers.append(Reader("C GMime", [walk], mails, rounds, least=0.4))
    if folder := reply_parser(report):
        python = [sys.executable, ROOT / "Benchmarks/python_reader.py", folder]
        readers.append(Reader(f"Python email + {REPLY_PARSER}", python, mails, max(1, rounds // SLOW), least=30))
    if texts and (folder := forward_parser(report)):
        # It reads no mails, only their text.
        node = ["node", ROOT / "Benchmarks/node_reader.js", folder]
        readers.append(Reader(f"Node {FORWARD_PARSER}", node, texts, max(1, rounds // SLOW), least=10))
    for _ in range(options.runs):
        for reader in readers:
            reader.run()
    rate = readers[0].report(report)
    for peer in readers[1:]:
        other = peer.report(report)
        report.goal(f"brevdue : {peer.name}", rate / other, "", least=peer.least)


class Reader:
    def __init__(self, name, command, files, rounds, least=None, list=None):
        self.name, self.command, self.files, self.rounds, self.least = name, command, files, rounds, least
        self.list = list
        self.rates = []

    def run(self):
        # No command line is longer than the system lets it be, so that there may be several processes.
        each = max(1, 1_000_000 // sum(len(os.fsencode(path)) + 9 for path in self.files))
        began = time.perf_counter()
        for start in range(0, self.rounds, each):
            files = self.files * min(each, self.rounds - start)
            if self.list:
                self.list.write_text("".join(f"{path}\n" for path in files))
            # A file that is no mail is named, and gives the status 1.
            code = subprocess.run([*self.command, *([self.list] if self.list else files)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                  preexec_fn=pin).returncode
            if code not in (0, 1):
                raise subprocess.CalledProcessError(code, self.command)
        self.rates.append(len(self.files) * self.rounds / (time.perf_counter() - began))

    def report(self, report):
        rate = report.figure(self.name, self.rates, "mails/s")
        report.say(f"{'':44}{rate * size(self.files) / len(self.files) / 1e6:>12,.1f} MB/s")
        return rate


def pin():
    """One core for each, the same."""
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def size(files):
    return sum(path.stat().st_size for path in files)


def inputs(folder):
    """Mails of the corpora, their texts made into mails, and these texts by themselves; or else the fixtures."""
    if not CORPORA.is_dir():
        return sorted(FOLDER.glob("*.eml")), []
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    texts = [path for path in sorted(CORPORA.glob("*/*.txt")) if "LICENSE" not in path.name]
    mails = sorted(CORPORA.glob("*/*.eml"))
    for kind, paths in (("plain", texts), ("html", sorted(CORPORA.glob("*/*.html")))):
        for path in paths:
            head = (f"From: Jonas Holm <jh@fjordtek.example>\r\nDate: Tue, 24 Nov 2026 08:52:11 +0100\r\n"
                    f"Subject: {'VS' if path.parent.name == 'forwards' else 'SV'}: Pris\r\n"
                    f"Content-Type: text/{kind}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n")
            mail = folder / f"{path.name}.eml"
            mail.write_bytes(head.encode() + base64.encodebytes(path.read_bytes()))
            mails.append(mail)
    return mails, [path for path in texts if path.parent.name == "forwards"]


def build(report):
    if not shutil.which("cc") or not shutil.which("pkg-config"):
        return report.skip("C GMime", "a C compiler or pkg-config")
    SCRATCH.mkdir(parents=True, exist_ok=True)
    walk = SCRATCH / "gmime_walk"
    flags = subprocess.run(["pkg-config", "--cflags", "--libs", "gmime-3.0"], capture_output=True, text=True)
    if flags.returncode:
        return report.skip("C GMime", "libgmime-3.0-dev")
    subprocess.run(["cc", "-O2", "-Wall", "-Wextra", ROOT / "Benchmarks/gmime_walk.c", "-o", walk,
                    *shlex.split(flags.stdout)], check=True)
    return walk


def reply_parser(report):
    """The folder of Python's package, which is fetched the first time."""
    folder = SCRATCH / "python"
    if not (folder / "mailparser_reply").is_dir():
        fetched = subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--only-binary=:all:",
                                  "--target", folder, f"{REPLY_PARSER}==1.36"], capture_output=True)
        if fetched.returncode:
            return report.skip("Python email", REPLY_PARSER)
    return folder


def forward_parser(report):
    """The folder of Node's package, where somebody installed it: `npm install --prefix .brevdue/bench/node …`."""
    folder = SCRATCH / "node/node_modules" / FORWARD_PARSER
    if not shutil.which("node") or not folder.is_dir():
        return report.skip("Node", f"node or, below {folder.parents[1]}, {FORWARD_PARSER}")
    return folder
