"""Start the web side on one machine: the folder and the key, the tables, the demo, the server and the worker."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

from liftback import __version__

UNUSED = ["htmx-2.js", "htmx-4*", "htmax*", "*.md"]
"""Static files of libraries that no page loads; compressing them takes longer than everything else."""
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class ServingError(Exception):
    """A sentence for the person at the keyboard: what is wrong and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Where to serve, with which folder, and with the demo or without.

    `workers` is how many processes answer; `worker` says whether one that sends, ticks and works out runs beside them.
    """

    host: str
    port: int
    data: Path
    demo: bool
    workers: int
    worker: bool


def address(wish: Wish) -> str:
    """Where the pages are, as a browser takes it."""
    host = f"[{wish.host}]" if ":" in wish.host else wish.host
    return f"http://{'127.0.0.1' if host in ('0.0.0.0', '[::]') else host}:{wish.port}/"  # noqa: S104 - compared, not bound


def later(seconds: float, do: Callable[[], object]) -> None:
    """Do something in a while, without waiting for it."""
    timer = threading.Timer(seconds, do)
    timer.daemon = True
    timer.start()


def prepare(wish: Wish) -> None:
    """Set the environment that the settings read, and make the folder and its key. Raises ServingError."""
    _check_port(wish)
    local = wish.host in LOOPBACK
    defaults = {
        "LIFTBACK_DEMO": "yes" if wish.demo else "no",
        "LIFTBACK_HTTPS": "no" if local else "yes",
        "LIFTBACK_EMAIL": "console" if local else "smtp",
        "LIFTBACK_SITE": address(wish).rstrip("/"),
        # A trial shows sign-ins and e-mails in the terminal; a line for each request would bury them.
        "LIFTBACK_LOG": "warning" if wish.demo else "info",
    }
    for name, value in defaults.items():
        os.environ.setdefault(name, value)
    prepare_folder(wish.data)
    counts = wish.data / "counts"
    shutil.rmtree(counts, ignore_errors=True)  # those of processes that are gone
    counts.mkdir(exist_ok=True)
    os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", str(counts))


def prepare_folder(data: Path) -> None:
    """Make the folder and its key, and set what the settings cannot do without. Raises ServingError."""
    try:
        data.mkdir(parents=True, exist_ok=True)
        key = data / "secret.key"
        if not os.environ.get("LIFTBACK_SECRET_KEY"):
            if not key.exists():
                key.touch(mode=0o600)
                key.write_text(secrets.token_urlsafe(64), encoding="utf-8")
            os.environ["LIFTBACK_SECRET_KEY"] = key.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ServingError(f"{data} cannot be written: {error.strerror}. Name another folder (--data).") from None
    os.environ.setdefault("LIFTBACK_DATA", str(data))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "liftback.web.settings")


def command(data: Path, name: str, *arguments: str, **options: Any) -> None:
    """Run one of Django's commands on a folder's data. Raises ServingError with what went wrong."""
    prepare_folder(data)
    import django  # noqa: PLC0415 - reads the environment that was only just prepared
    from django.core.management import CommandError, call_command  # noqa: PLC0415
    from django.db import DatabaseError  # noqa: PLC0415

    django.setup()
    try:
        call_command(name, *arguments, **options)
    except CommandError as error:
        raise ServingError(str(error)) from None
    except DatabaseError as error:
        told = f"The database does not answer ({type(error).__name__}). Check LIFTBACK_DATABASE_URL."
        raise ServingError(told) from None


def _check_port(wish: Wish) -> None:
    """Raise ServingError where the address cannot be listened on, before any work is done."""
    family = socket.AF_INET6 if ":" in wish.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((wish.host, wish.port))
        except OSError as error:
            raise ServingError(
                f"{wish.host}:{wish.port} cannot be listened on ({error.strerror}). Take another one (--port)."
            ) from None


def set_up(wish: Wish, say: Callable[[str], None]) -> list[str]:
    """Bring tables and static files up to date, and make the demo; the lines that tell how to sign in."""
    import django  # noqa: PLC0415 - reads the environment that was only just prepared
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    _collect(wish.data / "static")
    if not wish.demo:
        return []
    from liftback.web.demo import make_demo  # noqa: PLC0415

    say("the demo lifter lives through twelve weeks (once a day, some ten seconds)")
    return make_demo()


def _collect(folder: Path) -> None:
    """Collect and compress the static files, unless none of them is newer than what was collected."""
    from django.core.management import call_command  # noqa: PLC0415

    ours = [*Path(__file__).parent.glob("*/static/**/*"), Path(__file__)]
    wanted = f"{__version__} {max(int(one.stat().st_mtime) for one in ours)} {len(ours)}"
    stamp = folder / "collected.txt"
    if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return
    call_command("collectstatic", verbosity=0, interactive=False, clear=True, ignore_patterns=UNUSED)
    stamp.write_text(wanted, encoding="utf-8")


def serve(wish: Wish) -> int:
    """Serve until stopped; the exit code of the server. A worker runs beside it, unless others do its work."""
    running = [subprocess.Popen(_granian(wish))]  # noqa: S603 - our own command
    if wish.worker:
        running.append(subprocess.Popen([sys.executable, "-m", "liftback.web.manage", "work", "--polite"]))
    server = running[0]

    def stop(number: int, _frame: FrameType | None) -> None:
        for one in running:
            one.send_signal(number)

    signal.signal(signal.SIGTERM, stop)
    try:
        return server.wait()
    except KeyboardInterrupt:
        return server.wait()
    finally:
        for one in running[1:]:
            one.terminate()
            one.wait()


def _granian(wish: Wish) -> Sequence[str]:
    # The number of threads is given, because the default of dozens makes them wait for each other.
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", wish.host, "--port", str(wish.port),
        "--workers", str(wish.workers), "--blocking-threads", "2", "--log-level", "warning", "--no-ws",
        "--respawn-failed-workers", "liftback.web.wsgi:application",
    ]  # fmt: skip
