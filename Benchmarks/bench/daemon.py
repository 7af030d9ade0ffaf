"""The daemon under test, with a data directory of its own on the disk of the checkout."""
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCRATCH = ROOT / ".brevdue/bench"
INTAKE, SENDER = "leads@fjordtek.example", "jh@fjordtek.example"
# Nobody answers there: no question of a bench is to leave the machine.
NO_NAME_SERVER = "127.0.0.1:9"


class BenchError(Exception):
    pass


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def wait_until(test, seconds, what, pause=0.02):
    """Polls until the test gives something true, and gives that back."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if value := test():
            return value
        time.sleep(pause)
    raise BenchError(f"{what}: not within {seconds} s")


class Daemon:
    """A daemon on an embedded database; a context in which it runs, ready, and after which its data is removed.

    The settings are further ones, by the names of their variables; the lines are YAML for what has none.
    """

    program = ROOT / ".build/release/brevdue"

    def __init__(self, name, roles="smtp,http,worker", keep=False, settings=None, lines=""):
        self.folder = SCRATCH / name
        self.roles = roles
        self.settings = dict(settings or {})
        self.keep = keep
        self.remove()
        self.folder.mkdir(parents=True, exist_ok=True)
        self.smtp_port, self.http_port = free_port(), free_port()
        self.config = self.folder / "brevdue.yaml"
        self.config.write_text(f"""data: {{directory: "{self.folder}/data"}}
smtp:
  listen: 127.0.0.1:{self.smtp_port}
  recipients: [{INTAKE}]
  own_networks: [127.0.0.0/8]
http: {{listen: "127.0.0.1:{self.http_port}"}}
dns: {{servers: ["{NO_NAME_SERVER}"]}}
rules: {{directory: "{ROOT}/rules"}}
log: {{format: json}}
{lines}""")

    def __enter__(self):
        self.begin()
        try:
            wait_until(self.is_ready if "http" in self.roles else self.is_listening, 60, "start of the daemon")
            self.sql = Psql(self.conninfo)
        except BaseException:
            self.end()
            raise
        return self

    def __exit__(self, kind, *_):
        self.sql.close()
        self.end()
        # What went wrong can be read in its log.
        if kind is None and not self.keep:
            self.remove()

    def remove(self):
        shutil.rmtree(self.folder, ignore_errors=True)

    def begin(self):
        with open(self.folder / "log", "w") as log:
            self.process = subprocess.Popen(
                [self.program, "serve", "--config", self.config, "--roles", self.roles], cwd=ROOT, stderr=log,
                env=os.environ | self.settings, start_new_session=True)

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)

    @property
    def conninfo(self):
        return f"host={self.folder}/data/socket port=5432 dbname=postgres user=brevdue"

    def is_ready(self):
        self.check_alive()
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.http_port}/readyz", timeout=5) as answer:
                return json.load(answer)["ready"]
        except OSError:
            return False

    def is_listening(self):
        self.check_alive()
        with socket.socket() as client:
            return client.connect_ex(("127.0.0.1", self.smtp_port)) == 0

    def check_alive(self):
        if self.process.poll() is not None:
            raise BenchError(f"the daemon ended with {self.process.returncode}; see {self.folder}/log")

    def resident_mebibytes(self, which="VmRSS"):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.split(f"{which}:")[1].split()[0]) / 1024

    def peak_mebibytes(self):
        """The most that was resident at any time since the start."""
        return self.resident_mebibytes("VmHWM")

    def checkpoint(self):
        """Writes out what is dirty, so that no round pays for the one before it."""
        self.sql.rows("CHECKPOINT")

    def wait_until_worked_off(self, arrivals, seconds):
        """Until that many arrivals are on the timeline and no job is left; the moment it was seen."""
        query = ("SELECT NOT EXISTS (SELECT FROM brevdue.job) "
                 f"AND (SELECT count(*) FROM brevdue.message) = {arrivals}")
        wait_until(lambda: self.sql.one(query) == "t", seconds, f"working off {arrivals} mails")
        moment = time.time()
        if dead := self.sql.rows("SELECT DISTINCT reason FROM brevdue.job_dead LIMIT 3"):
            raise BenchError(f"jobs were set aside: {dead}")
        return moment


class Psql:
    """One session of psql: a question a line, an answer a line."""

    def __init__(self, conninfo):
        self.process = subprocess.Popen(
            [postgres_program("psql"), "-XqAt", "-v", "ON_ERROR_STOP=1", conninfo], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, text=True, bufsize=1)

    def rows(self, query):
        self.process.stdin.write(f"{query};\n\\echo end\n")
        lines = []
        while (line := self.process.stdout.readline().rstrip("\n")) != "end":
            if self.process.poll() is not None:
                raise BenchError(f"psql ended at: {query}")
            lines.append(line)
        return lines

    def one(self, query):
        return self.rows(query)[0]

    def close(self):
        self.process.stdin.close()
        self.process.wait(10)


def postgres_program(name):
    """PostgreSQL's programs as the set-up unpacked them, else those of the system."""
    libraries = [pathlib.Path("/usr/local/lib"), pathlib.Path.home() / ".local/lib"]
    known = [library / "brevdue/postgresql/18/bin" / name for library in libraries]
    known += sorted(pathlib.Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)
    return next((str(path) for path in known if os.access(path, os.X_OK)), shutil.which(name))
