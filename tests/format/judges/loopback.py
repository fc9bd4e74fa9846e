"""Programs that are servers: each is started for one judge, listens on the loopback interface alone, is asked
over HTTP as its own page asks it, and ends with the judge.
"""
import atexit
import socket
import subprocess
import sys
import time

import requests

# In seconds: the first start makes a database, which takes a slow machine minutes.
PATIENCE = 600


def port():
    """A port that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def start(log, *arguments, **options):
    """Starts Python with these arguments; what it tells goes into the file `log`."""
    with open(log, "ab") as told:
        running = subprocess.Popen(
            [sys.executable, *arguments], stdin=subprocess.DEVNULL, stdout=told, stderr=told, **options)
    atexit.register(end, running)
    return running


def end(running):
    running.terminate()
    try:
        running.wait(20)
    except subprocess.TimeoutExpired:
        running.kill()


class Server:
    """What is asked, over one connection with its cookies."""

    def __init__(self, address):
        self.address = address
        self.session = requests.Session()
        # Whoever works behind a proxy has no loopback interface behind it.
        self.session.trust_env = False

    def wait(self, path, running, log):
        """Waits until it answers."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and running.poll() is None:
            try:
                if self.session.get(self.address + path, timeout=10).status_code < 500:
                    return
            except requests.RequestException:
                pass
            time.sleep(0.5)
        with open(log, errors="replace") as told:
            print(told.read()[-2000:], file=sys.stderr)
        raise RuntimeError(f"{self.address} does not answer")

    def ask(self, method, path, **what):
        answer = self.session.request(method, self.address + path, timeout=PATIENCE, **what)
        assert answer.ok, (answer.status_code, answer.text[:2000])
        return answer

    def post(self, path, what):
        """Sends JSON and takes JSON."""
        return self.ask("POST", path, json=what).json()
