"""The whole server killed in the middle of imports and of sending, started again, and everything there once.

LIFTBACK_KILLS says how often; a few times in the tests, since each start takes a moment. What is killed a hundred
times is in `tests.records.test_killed`.
"""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
SAMPLE = (ROOT / "tests" / "samples" / "strong_comma.csv").read_bytes()
KILLS = int(os.environ.get("LIFTBACK_KILLS", "2"))
PREPARE = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0); call_command("collectstatic", verbosity=0, interactive=False)
from django.test import Client
from tests.people import person
client = Client(); client.force_login(person("ann"), backend="allauth.account.auth_backends.AuthenticationBackend")
print(client.cookies["sessionid"].value)
"""


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


class Server:
    """A real server with a folder of its own, which can be killed and started again."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("LIFTBACK_", "DJANGO_"))},
            "LIFTBACK_DATA": str(folder),
            "LIFTBACK_SECRET_KEY": "a key for tests alone, of some length 0123456789 abcdef",
            "LIFTBACK_HTTPS": "no",
            "DJANGO_SETTINGS_MODULE": "liftback.web.settings",
            "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))),
        }
        made = subprocess.run(
            [sys.executable, "-c", PREPARE], capture_output=True, text=True, check=True, env=self.environment
        )
        self.session = made.stdout.split()[-1]
        self.running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start, and wait until it answers."""
        command = [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(self.port), "--workers", "1",
            "--blocking-threads", "2", "--log-level", "critical", "--no-ws", "liftback.web.wsgi:application",
        ]  # fmt: skip
        self.running = subprocess.Popen(
            command, env=self.environment, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        end = time.monotonic() + 60
        while time.monotonic() < end:
            with suppress(OSError):
                urllib.request.urlopen(f"http://localhost:{self.port}/healthz", timeout=5).read()
                return
            time.sleep(0.1)
        raise TimeoutError

    def kill(self) -> None:
        """Kill it with all its processes, at once."""
        if self.running is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.running.pid, signal.SIGKILL)
            self.running.wait()

    def send(self, path: str, body: bytes, kind: str, token: str) -> int:
        """POST as the signed-in person; the status."""
        headers = {
            "Content-Type": kind, "Cookie": f"sessionid={self.session}; csrftoken={token}", "X-CSRFToken": token,
        }  # fmt: skip
        request = urllib.request.Request(f"http://localhost:{self.port}{path}", body, headers)
        opener = urllib.request.build_opener(Stay)
        try:
            return int(opener.open(request, timeout=60).status)
        except urllib.error.HTTPError as answer:
            return int(answer.code)

    def make_room(self) -> None:
        """Forget the files, and how often somebody sent one: both have a limit that many kills would meet."""
        with sqlite3.connect(self.folder / "liftback.sqlite3") as store:
            store.execute("DELETE FROM records_logfile")
        shutil.rmtree(self.folder / "cache", ignore_errors=True)

    def query(self, text: str) -> list[tuple[Any, ...]]:
        """What the store holds."""
        with sqlite3.connect(self.folder / "liftback.sqlite3") as store:
            return store.execute(text).fetchall()


class Stay(urllib.request.HTTPRedirectHandler):
    """Goes nowhere on a redirect."""

    def redirect_request(self, *_given: Any, **_named: Any) -> None:
        """Say no."""
        return


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    made = Server(tmp_path)
    yield made
    made.kill()


TOKEN = "t" * 32


def check_in(client_id: str) -> tuple[str, bytes, str]:
    return "/check-in/", urllib.parse.urlencode({"client_id": client_id, "pain": "3"}).encode(), (
        "application/x-www-form-urlencoded"
    )  # fmt: skip


def log_file(name: str) -> tuple[str, bytes, str]:
    content = SAMPLE.replace(b"high bar", name.encode())
    parts = {"import": "1", "seen": hashlib.sha256(content).hexdigest(), "unit": "kg"}
    lines = [f'--x\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n' for key, value in parts.items()]
    file = f'--x\r\nContent-Disposition: form-data; name="file"; filename="{name}.csv"\r\n\r\n'
    return (
        "/log/",
        "".join(lines).encode() + file.encode() + content + b"\r\n--x--\r\n",
        "multipart/form-data; boundary=x",
    )


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="this system has no groups of processes")
def test_a_killed_server_has_everything_once_when_it_is_back(server: Server) -> None:
    chance, told = random.Random(3), {}  # noqa: S311 - no secret
    for _time in range(KILLS):
        server.start()
        ids = [str(uuid.UUID(int=chance.getrandbits(128), version=4)) for _ in range(6)]
        things = {one: check_in(one) if place % 2 else log_file(one) for place, one in enumerate(ids)}

        def write(things: dict[str, tuple[str, bytes, str]] = things) -> None:
            for name, thing in things.items():
                with suppress(OSError):
                    told[name] = server.send(*thing, TOKEN)

        writer = threading.Thread(target=write)
        writer.start()
        time.sleep(chance.uniform(0.0, 2.5))
        server.kill()
        writer.join()
        server.start()
        for name, thing in things.items():
            assert server.send(*thing, TOKEN) == 302, name
            path = thing[0]
            kept = (
                server.query(f"SELECT COUNT(*) FROM records_entry WHERE client_id = '{uuid.UUID(name).hex}'")  # noqa: S608
                if path == "/check-in/"
                else server.query(f"SELECT COUNT(*) FROM records_logfile WHERE name = '{name}.csv'")  # noqa: S608
            )
            assert kept == [(1,)], name
        server.kill()
        server.make_room()
    assert server.query("PRAGMA integrity_check") == [("ok",)]
    assert set(told.values()) <= {302}
    assert server.query("SELECT COUNT(*) FROM records_entry") == [(3 * KILLS,)]
