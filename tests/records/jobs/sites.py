"""A whole Liftback of its own, with an empty store, for tests that start, kill and restore: on both databases."""

from __future__ import annotations

import json
import os
import secrets
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[3]
START = "import django; django.setup(); from tests.people import *; from liftback.records.models import *\n"


def database_url(name: str) -> str:
    """The address of a new database on the server of these tests; empty for SQLite."""
    given = os.environ.get("LIFTBACK_DATABASE_URL", "")
    if not given.startswith("postgres"):
        return ""
    import psycopg  # noqa: PLC0415 - not installed where SQLite is all there is

    with psycopg.connect(given, autocommit=True) as wire:
        wire.execute(f'CREATE DATABASE "{name}"')
    return given.replace("/postgres?", f"/{name}?")


def eventually(is_so: Callable[[], Any], *, within: float = 60) -> Any:
    """Wait until something is so, and give it; fails after so many seconds."""
    end = time.monotonic() + within
    while True:
        found = is_so()
        if found:
            return found
        assert time.monotonic() < end, "it did not come true in time"
        time.sleep(0.1)


class Site:
    """One installation: a folder, a store, and processes started in it."""

    def __init__(self, folder: Path, **more: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("LIFTBACK_", "DJANGO_"))}
        url = database_url(f"site_{secrets.token_hex(6)}")
        self.environment = {
            **kept,
            **({"LIFTBACK_DATABASE_URL": url} if url else {}),
            "LIFTBACK_DATA": str(folder),
            "LIFTBACK_SECRET_KEY": "a key for tests alone, of some length 0123456789 abcdef",
            "LIFTBACK_HTTPS": "no",
            "DJANGO_SETTINGS_MODULE": "liftback.web.settings",
            "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))),
            **more,
        }
        self.running: list[subprocess.Popen[bytes]] = []

    def manage(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run one of Django's commands to its end."""
        command = [sys.executable, "-m", "liftback.web.manage", *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=False, env=self.environment, cwd=ROOT)

    def do(self, code: str) -> Any:
        """Run some code with people and tables at hand; what it left in `result`."""
        text = f"{START}{code}\nimport json as _json; print(_json.dumps(globals().get('result'), default=str))"
        done = subprocess.run(
            [sys.executable, "-c", text], capture_output=True, text=True, check=False, env=self.environment, cwd=ROOT
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    def query(self, text: str) -> list[tuple[Any, ...]]:
        """What the store answers; quicker than `do`."""
        url = self.environment.get("LIFTBACK_DATABASE_URL")
        if url:
            import psycopg  # noqa: PLC0415 - as above

            with psycopg.connect(url, autocommit=True) as wire:
                done = wire.execute(text)
                return [tuple(row) for row in done] if done.description else []
        with sqlite3.connect(self.folder / "liftback.sqlite3") as wire_to_file:
            return wire_to_file.execute(text).fetchall()

    def worker(self) -> subprocess.Popen[bytes]:
        """Start a worker; its log is in `worker.log`."""
        with (self.folder / "worker.log").open("ab") as log:
            command = [sys.executable, "-m", "liftback.web.manage", "work"]
            started = subprocess.Popen(command, env=self.environment, cwd=ROOT, stdout=log, stderr=log)
        self.running.append(started)
        return started

    def log(self) -> str:
        """What its workers wrote."""
        return (self.folder / "worker.log").read_text(encoding="utf-8")

    def stop(self) -> None:
        """End all workers at once."""
        for one in self.running:
            if one.poll() is None:
                one.send_signal(signal.SIGKILL)
                one.wait()
