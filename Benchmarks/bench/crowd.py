"""Connections that greet, and then say nothing; held by a process of their own."""
import multiprocessing
import resource
import socket
import ssl

from .daemon import BenchError

# For the daemon and for what else a process has open.
SPARE_FILES = 500


def most_connections():
    """As many as a process may have open here; what is started from now on may have as many."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    first, last = map(int, open("/proc/sys/net/ipv4/ip_local_port_range").read().split())
    return min(hard, last - first) - SPARE_FILES


class Crowd:
    """A context in which that many connections are open and idle behind their EHLO."""

    def __init__(self, port, count, tls):
        self.here, there = multiprocessing.Pipe()
        self.process = multiprocessing.Process(target=hold, args=(there, port, count, tls), daemon=True)

    def __enter__(self):
        self.process.start()
        if (problem := self.here.recv()) is not None:
            raise BenchError(f"idle connections: {problem}")
        return self

    def __exit__(self, *_):
        self.here.send(None)
        self.process.join(60)


def hold(pipe, port, count, tls):
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    sessions = []
    try:
        for _ in range(count):
            sessions.append(greeted(port, context if tls else None))
    except OSError as error:
        return pipe.send(f"after {len(sessions)}: {error}")
    pipe.send(None)
    pipe.recv()


def greeted(port, context):
    session = socket.create_connection(("127.0.0.1", port), timeout=30)
    # Else the EHLO behind the handshake waits for a delayed acknowledgement.
    session.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    expect(session, None)
    expect(session, b"EHLO idle.example\r\n")
    if context:
        expect(session, b"STARTTLS\r\n")
        session = context.wrap_socket(session)
        expect(session, b"EHLO idle.example\r\n")
    return session


def expect(session, command):
    if command:
        session.sendall(command)
    if not (reply := session.recv(4096)).startswith(b"2"):
        raise OSError(f"answered {reply[:80]}")
