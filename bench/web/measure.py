"""What is measured of the pages, one function for each kind of figure."""

from __future__ import annotations

import gzip
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from liftback.records.models import Person
from liftback.records.refreshing import refresh_day, refresh_stale

PAGES = ("/today/", "/check-in/", "/answers/", "/answers/3/", "/course/", "/plan/")
PROMISED_PAGES = ("/today/", "/check-in/", "/answers/", "/course/")
SEED, VISITORS, TELLING, LOADING = 11, 120, 40, 200
PORT = 8765
WRK = """\
local cookies = {}
for line in io.lines("%s") do cookies[#cookies + 1] = line end
local paths = {%s}
math.randomseed(os.time())
request = function()
  wrk.headers["Cookie"] = "sessionid=" .. cookies[math.random(#cookies)]
  return wrk.format("GET", paths[math.random(#paths)])
end
"""


def share(values: Sequence[float], part: float) -> float:
    """The value below which so large a part of the values lies."""
    return sorted(values)[min(int(len(values) * part), len(values) - 1)]


def visitors(first: int, count: int) -> list[Person]:
    """Some of the copies in an order of chance: so many after the first ones, so that no figure spoils another."""
    numbers = list(Person.objects.filter(email__startswith="copy").order_by("pk").values_list("pk", flat=True))
    random.Random(SEED).shuffle(numbers)
    return list(Person.objects.filter(pk__in=numbers[first : first + count]))


def settle() -> None:
    """Do what the refresher does beside the server: work out whatever was told since."""
    while refresh_stale(now=timezone.now()) or refresh_day(now=timezone.now()):
        pass


def page_times(people: Sequence[Person]) -> dict[str, list[float]]:
    """Milliseconds of server time for each page, every visitor with a client of their own."""
    found: dict[str, list[float]] = {page: [] for page in PAGES}
    clients = [_client(one) for one in people]
    for client in clients[:3]:
        for page in PAGES:
            client.get(page)
    for client in clients:
        for page in PAGES:
            start = time.perf_counter()
            status = client.get(page).status_code
            found[page].append((time.perf_counter() - start) * 1e3)
            if status != 200:
                raise SystemExit(f"bench: {page} answered {status}")
    return found


def check_in_times(people: Sequence[Person]) -> list[float]:
    """Milliseconds until a check-in is kept."""
    found = []
    for one in people:
        client = _client(one)
        form = {"client_id": str(uuid.uuid4()), "device": "bench", "pain": "3", "sleep": "7", "signs": "no"}
        start = time.perf_counter()
        status = client.post("/check-in/", form).status_code
        found.append((time.perf_counter() - start) * 1e3)
        if status not in (200, 302, 303):
            raise SystemExit(f"bench: the check-in answered {status}")
    return found


def queries(person: Person) -> dict[str, int]:
    """How many questions a page asks the database."""
    client, found = _client(person), {}
    for page in PAGES:
        client.get(page)
        with CaptureQueriesContext(connection) as asked:
            client.get(page)
        found[page] = len(asked)
    return found


_FIRST = Client()


def _client(person: Person) -> Client:
    """A client that is signed in. All share one handler: a server loads its middleware once, not for each visitor."""
    client = Client()
    client.handler = _FIRST.handler
    client.force_login(person)
    return client


@contextmanager
def served() -> Iterator[str]:
    """The server with two workers, as `liftback serve` starts it, without the refresher."""
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(PORT),
        "--workers", "2", "--blocking-threads", "2", "--log-level", "warning", "liftback.web.wsgi:application",
    ]  # fmt: skip
    server = subprocess.Popen(command, env=os.environ.copy())
    base = f"http://127.0.0.1:{PORT}"
    try:
        for _ in range(100):
            try:
                urllib.request.urlopen(f"{base}/healthz", timeout=1)
                break
            except OSError:
                time.sleep(0.1)
        yield base
    finally:
        server.terminate()
        server.wait()


def pages_a_second(people: Sequence[Person], base: str, *, seconds: int = 10) -> tuple[float, str]:
    """Pages a second on two workers, by wrk on the same machine, and its words; not a number without wrk."""
    if shutil.which("wrk") is None:
        return float("nan"), "wrk is not installed"
    folder = Path(tempfile.mkdtemp(prefix="liftback-bench-"))
    cookies = [_client(one).cookies["sessionid"].value for one in people]
    (folder / "cookies").write_text("\n".join(cookies), encoding="utf-8")
    paths = ", ".join(f'"{page}"' for page in PROMISED_PAGES)
    (folder / "pages.lua").write_text(WRK % (folder / "cookies", paths), encoding="utf-8")
    command = ["wrk", "-t1", "-c8", "-d", f"{seconds}s", "--latency", "-s", str(folder / "pages.lua"), base]
    subprocess.run([*command[:4], "3s", *command[5:]], capture_output=True, check=False)
    done = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    shutil.rmtree(folder)
    rate = re.search(r"Requests/sec:\s+([\d.]+)", done)
    return float(rate.group(1)) if rate else float("nan"), " ".join(done.split())


def first_load(base: str, page: str = "/") -> dict[str, int]:
    """Bytes on the wire of a page and all it loads, compressed as the server does."""
    sizes = {page: _wire(base + page)}
    text = gzip.decompress(_fetch(base + page)).decode()
    for name in dict.fromkeys(re.findall(r'(?:href|src)="(/static/[^"#]+)', text)):
        sizes[name] = _wire(base + name)
    return sizes


def _fetch(address: str) -> bytes:
    request = urllib.request.Request(address, headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        body: bytes = answer.read()
        return body if answer.headers.get("Content-Encoding") == "gzip" else gzip.compress(body)


def _wire(address: str) -> int:
    request = urllib.request.Request(address, headers={"Accept-Encoding": "br, gzip"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return len(answer.read())


def interactive(base: str, person: Person, page: str, *, times: int = 5) -> dict[str, float]:
    """Milliseconds on a throttled phone (1.6 Mbit/s, 150 ms, four times slower) with an empty cache: medians.

    `interactive` is when all scripts of the page have run and a tap would be answered.
    """
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only this figure needs a browser

    found: dict[str, list[float]] = {"first paint": [], "interactive": []}
    session = _client(person).cookies["sessionid"].value
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"])
        for _ in range(times):
            context = browser.new_context(**play.devices["Pixel 5"])
            context.add_cookies([{"name": "sessionid", "value": session, "url": base}])
            tab = context.new_page()
            _throttle(context.new_cdp_session(tab))
            tab.goto(base + page, wait_until="load")
            took: dict[str, Any] = tab.evaluate(
                "() => { const n = performance.getEntriesByType('navigation')[0];"
                " const p = performance.getEntriesByName('first-contentful-paint')[0];"
                " return {paint: p ? p.startTime : n.domInteractive, ready: n.domContentLoadedEventEnd}; }"
            )
            found["first paint"].append(took["paint"])
            found["interactive"].append(took["ready"])
            context.close()
        browser.close()
    return {name: statistics.median(values) for name, values in found.items()}


def _throttle(session: Any) -> None:
    session.send("Network.enable")
    speed = 1_600_000 / 8
    session.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 150, "downloadThroughput": speed, "uploadThroughput": speed / 2},
    )
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
