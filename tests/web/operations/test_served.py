"""`liftback serve` as it is started: server and worker, their log, their numbers, and a clean end."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.logged import PLANTED
from tests.records.jobs.sites import ROOT, eventually
from tests.web.test_server_killed import free_port

pytestmark = pytest.mark.skipif(not hasattr(os, "killpg"), reason="this system has no groups of processes")


class Served:
    """The server, and what it writes."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.file = folder / "out"
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("LIFTBACK_", "DJANGO_"))}
        command = [
            sys.executable, "-m", "liftback", "serve", "--no-demo", "--port", str(self.port), "--data", str(folder),
        ]  # fmt: skip
        environment = {**kept, "LIFTBACK_METRICS_TOKEN": f"{PLANTED}-token"}
        with self.file.open("wb") as out:
            self.process = subprocess.Popen(
                command, env=environment, cwd=ROOT, stdout=out, stderr=subprocess.STDOUT, start_new_session=True
            )
        eventually(lambda: self.get("/health")[0] == 200, within=120)

    def get(self, path: str, *, data: dict[str, str] | None = None, **headers: str) -> tuple[int, str]:
        """What an address answers; 0 where nobody is there."""
        body = None if data is None else urllib.parse.urlencode(data).encode()
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", body, given)
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310 - our own server
                return int(answer.status), answer.read().decode()
        except urllib.error.HTTPError as answer:
            return answer.code, answer.read().decode()
        except OSError:
            return 0, ""


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    made = Served(tmp_path)
    yield made
    with suppress(ProcessLookupError):
        os.killpg(made.process.pid, signal.SIGKILL)
    made.process.wait()


def processes(group: int) -> int:
    """How many processes of a group there are."""
    found = 0
    for one in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError, ValueError):
            parts = one.read_text().rpartition(")")[2].split()
            found += int(parts[2]) == group and parts[0] != "Z"
    return found


def test_it_serves_works_logs_and_ends(served: Served) -> None:
    eventually(lambda: json.loads(served.get("/health")[1])["words"] == [], within=90)  # the worker ticked
    for _ in range(12):
        served.get(f"/nowhere/{PLANTED}/?q={PLANTED}", User_Agent=f"{PLANTED} agent", Referer=f"http://x/{PLANTED}")
    served.get("/account/login/", data={"login": f"{PLANTED}@people.example", "password": PLANTED})
    served.get("/", Host=f"{PLANTED}.example")
    assert served.get("/metrics", X_Forwarded_For="203.0.113.9")[0] == 404
    status, numbers = served.get("/metrics", X_Forwarded_For="203.0.113.9", Authorization=f"Bearer {PLANTED}-token")
    assert status == 200
    counted = re.findall(r'liftback_requests_total\{method="GET",route="none",status="404"\} ([\d.]+)', numbers)
    assert counted == ["12.0"], "both processes together"
    os.kill(served.process.pid, signal.SIGTERM)
    served.process.wait(timeout=60)
    if Path("/proc/self").exists():
        end = time.monotonic() + 20
        while processes(served.process.pid) and time.monotonic() < end:
            time.sleep(0.2)
        assert processes(served.process.pid) == 0, "nobody is left"
    log = served.file.read_text(encoding="utf-8")
    assert PLANTED not in log.casefold()
    assert log.count('"route": "none"') >= 12
    assert "Traceback" not in log
