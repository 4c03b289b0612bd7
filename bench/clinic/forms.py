"""A minute of consult forms: 100 a second at a real server, while processes are killed under it; none may be lost.

Whoever sent a form and got no answer sends it again, with the same number, as a browser does when somebody presses the
button once more. What counts at the end is the table: each form once.
"""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.parse
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from queue import Queue

PORT, THREADS, PATIENCE, BEGINNING = 8766, 24, 60.0, 300.0
KILLS, SETTLED = 3, 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """What came of the minute: the forms that were answered as taken in, with the seconds each had to wait for that.

    The seconds count from when it was to be sent. `refused` says what the others got instead of an answer.
    """

    sent: int
    seconds: float
    waits: tuple[float, ...]
    retries: int
    refused: tuple[str, ...]
    taken_in: tuple[uuid.UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """What a form needs of the page that it was on."""

    cookie: str
    fields: dict[str, str] = field(default_factory=dict)


def start_server() -> subprocess.Popen[bytes]:
    """The server with two workers, of which a new one is begun where one is gone."""
    return subprocess.Popen(
        [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(PORT),
            "--workers", "2", "--blocking-threads", "2", "--log-level", "critical", "--no-ws",
            "--respawn-failed-workers", "--respawn-interval", "0.1", "liftback.web.wsgi:application",
        ],
        env=os.environ.copy(),
        start_new_session=True,
    )  # fmt: skip


def start_worker() -> subprocess.Popen[bytes]:
    """The worker that sends the mails and walks the promises."""
    return subprocess.Popen(
        [sys.executable, "-m", "liftback.web.manage", "work", "--polite"],
        env=os.environ.copy(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


@contextmanager
def served() -> Iterator[subprocess.Popen[bytes]]:
    """The server, once it answers. It is gone afterwards, with all that it began."""
    with socket.socket() as door:  # Two servers could listen on one port, and each would get half of the forms.
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind(("127.0.0.1", PORT))
    server = start_server()
    try:
        ends = time.perf_counter() + BEGINNING
        while not _answers() or not _all_begun(server.pid):
            if server.poll() is not None or time.perf_counter() > ends:
                raise SystemExit("bench: the server did not come up")
            time.sleep(0.1)
        yield server
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def _answers() -> bool:
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{PORT}/healthz", timeout=10).close()
    except OSError:
        return False
    return True


def _all_begun(server: int) -> bool:
    """Whether each of its processes has had the time to load: else one of them would get all that is sent."""
    return all(age >= SETTLED for _, age in _processes(server))


def oldest_process(server: int) -> int | None:
    """The process of a server that has answered for longest: one that only just begins is none that anybody notices.

    (Should one die before it has begun, granian takes that for a fault of the program, and ends.)
    """
    for pid, age in _processes(server):
        return pid if age >= SETTLED else None
    return None


def _processes(server: int) -> list[tuple[int, int]]:
    """The processes that a server has begun, and how many seconds ago, the oldest first."""
    asked = ["ps", "-o", "pid=,etimes=", "--ppid", str(server), "--sort=-etimes"]
    told = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.splitlines()
    return [(int(pid), int(age)) for pid, age in map(str.split, told)]


class Killer(threading.Thread):
    """Kills the worker, and one of the server's processes, three times in the minute; begins the worker again."""

    def __init__(self, server: subprocess.Popen[bytes], seconds: float, *, server_too: bool) -> None:
        super().__init__(daemon=True)
        self.server = server
        self.seconds = seconds
        self.server_too = server_too
        self.worker = start_worker()
        self.killed = self.servers_killed = 0

    def stop(self) -> None:
        """End what still runs."""
        self.join()
        self.worker.kill()
        self.worker.wait()

    def run(self) -> None:
        """Do it."""
        for _ in range(KILLS):
            time.sleep(self.seconds / (KILLS + 1))
            self.worker.kill()
            self.worker.wait()
            if self.server_too:
                answering = oldest_process(self.server.pid)
                if answering is not None:
                    os.kill(answering, signal.SIGKILL)
                    self.servers_killed += 1
            time.sleep(1)
            self.worker = start_worker()
            self.killed += 1


def minute_of_forms(path: str, *, rate: int, seconds: int, words: str) -> Came:
    """Send so many forms a second for so many seconds, each at its time, whether or not those before are done."""
    page = _page(path)
    todo: Queue[tuple[float, uuid.UUID] | None] = Queue()
    waits: list[float] = []
    refused: list[str] = []
    taken_in: list[uuid.UUID] = []
    retries: list[int] = []
    ids = [uuid.uuid4() for _ in range(rate * seconds)]
    begun = time.perf_counter() + 0.5
    for place, one in enumerate(ids):
        todo.put((begun + place / rate, one))
    for _ in range(THREADS):
        todo.put(None)

    def work(number: int) -> None:
        line = _Line(path, page, number)
        while (job := todo.get()) is not None:
            at, one = job
            time.sleep(max(0.0, at - time.perf_counter()))
            answer, again = line.send(one, words)
            retries.append(again)
            if answer:
                refused.append(answer)
            else:
                waits.append(time.perf_counter() - at)
                taken_in.append(one)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(THREADS)]
    for one_thread in threads:
        one_thread.start()
    for one_thread in threads:
        one_thread.join()
    return Came(
        sent=len(ids), seconds=time.perf_counter() - begun, waits=tuple(waits), retries=sum(retries),
        refused=tuple(refused), taken_in=tuple(taken_in),
    )  # fmt: skip


def _page(path: str) -> _Page:
    with urllib.request.urlopen(f"http://127.0.0.1:{PORT}{path}", timeout=PATIENCE) as answer:
        text = answer.read().decode()
        cookies = [one.split(";", 1)[0] for one in answer.headers.get_all("Set-Cookie", [])]
    found = re.findall(r'<input[^>]*name="(csrfmiddlewaretoken|consent)"[^>]*value="([^"]+)"', text)
    return _Page(cookie="; ".join(cookies), fields=dict(found))


class _Line:
    """One visitor after the other: each form comes over a connection, and from an address, of its own."""

    def __init__(self, path: str, page: _Page, number: int) -> None:
        self.path = path
        self.page = page
        self.number = number
        self.count = 0

    def send(self, form_id: uuid.UUID, words: str) -> tuple[str, int]:
        """Send a form until it is answered: what went wrong (empty where it was taken in), and how often again."""
        self.count += 1
        body = urllib.parse.urlencode(
            {
                **self.page.fields, "form_id": str(form_id), "name": "Bench", "reach": "phone", "country": "US",
                "phone": "+1 212 555 0123", "state": "NY", "words": words, "agreed": "yes",
            }
        )  # fmt: skip
        ends, again, told = time.perf_counter() + PATIENCE, 0, ""
        while time.perf_counter() < ends:
            told = self._once(body)
            if told == "" or told.startswith("4"):
                return told, again
            again += 1
            time.sleep(0.25)
        return told or "no answer", again

    def _once(self, body: str) -> str:
        address = f"10.{self.number}.{self.count // 250}.{self.count % 250}"
        headers = {
            "Content-Type": "application/x-www-form-urlencoded", "Cookie": self.page.cookie,
            "X-Forwarded-For": address, "Referer": f"http://127.0.0.1:{PORT}{self.path}",
        }  # fmt: skip
        link = http.client.HTTPConnection("127.0.0.1", PORT, timeout=20)
        try:
            link.request("POST", self.path, body, headers)
            answer = link.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException) as error:
            return type(error).__name__
        finally:
            link.close()
        return "" if answer.status in (302, 303) else f"{answer.status}"
