"""Sends mails by SMTP over a few connections, in a process of its own so that Python's lock holds up nothing else."""
import itertools
import multiprocessing
import smtplib
import threading
import time

from .daemon import INTAKE, BenchError

CONNECTIONS = 10


def send(port, mails, connections=CONNECTIONS, per_second=None):
    """Sends all and gives back the moment of the first 250 and of the last."""
    with multiprocessing.Pool(1) as process:
        moments = process.apply(send_here, (port, mails, connections, per_second))
    if len(moments) != len(mails):
        raise BenchError(f"{len(mails) - len(moments)} mails were not accepted")
    return moments[0], moments[-1]


def send_here(port, mails, connections, per_second):
    work = itertools.count()
    accepted = []
    began = time.time()

    def client():
        with smtplib.SMTP("127.0.0.1", port, local_hostname="bench.example") as session:
            while (index := next(work)) < len(mails):
                if per_second:
                    time.sleep(max(0, began + index / per_second - time.time()))
                sender, octets = mails[index]
                session.sendmail(sender, [INTAKE], octets)
                accepted.append(time.time())

    threads = [threading.Thread(target=client) for _ in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(accepted)
