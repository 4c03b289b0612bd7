"""The pictures in the README: the main pages of the demo lifter, on a phone and on a desk, light and dark.

`make screenshots` starts the web app with a demo in a folder of its own, walks it with Chromium, and writes
docs/screenshots. A picture differs a little from machine to machine, so nothing compares them; a test asks only that
the README shows every one.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
HERE, README = ROOT / "docs" / "screenshots", ROOT / "README.md"
BEGIN, END = "<!-- screenshots:begin -->\n", "<!-- screenshots:end -->\n"
PORT, PASSWORD = 8791, "the demo of the pictures"
SIZES: dict[str, Any] = {"phone": {"width": 390, "height": 844}, "desk": {"width": 1280, "height": 860}}
CHROMIUM = os.environ.get("LIFTBACK_CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
# name: (address, what it shows)
OUTSIDE = {
    "landing": ("/", "Three doors, before any account"),
    "emergency": ("/emergency/", "An emergency: what to do, what to say, whom to call"),
    "now": ("/now/", "It has just happened"),
    "consult": ("/consult/", "The consult form: two minutes"),
    "call": ("/at/ironworks/call/", "Times for a free call, in one's own zone"),
}
INSIDE = {
    "today": ("/today/", "Today's plan, between sets"),
    "check_in": ("/check-in/", "A check-in"),
    "answers": ("/answers/", "What to do first, and seven answers"),
    "answer": ("/answers/3/", "How long? A range, and why"),
    "plan": ("/plan/", "The week"),
    "course": ("/course/", "The course: pain and training on one axis"),
    "clearance": ("/clearance/", "What is met, what is missing, who says so"),
}
AT_WORK = {
    "desk": ("/desk/", "The clinic's worklist: who must be called until when"),
    "brief": ("first brief", "The brief: one page before a call"),
    "calls": ("/desk/calls/", "The calls of the day"),
    "patients": ("/desk/patients/", "Who needs attention, and why"),
    "promises": ("/desk/promises/", "The promise, week by week"),
}
SHOWN = ("landing", "today", "check_in", "answers", "course", "plan", "consult")
"""Those in the README, on a phone; all others are in the folder."""
SHOWN_WIDE = ("desk", "brief")
"""Those in the README as a desk shows them."""
DEMO, THERAPIST = "demo@liftback.example", "therapist@liftback.example"
PATIENT = "Sam"
"""The demo lifter, who has shared a story with the clinic."""


@contextmanager
def served() -> Iterator[str]:
    """The web app with a demo, in a folder that is thrown away."""
    folder = tempfile.mkdtemp(prefix="liftback-pictures-")
    command = [sys.executable, "-m", "liftback", "serve", "--port", str(PORT), "--data", folder, "--workers", "1"]
    environment = {**os.environ, "LIFTBACK_DEMO_PASSWORD": PASSWORD, "LIFTBACK_EMAIL": "dummy"}
    server = subprocess.Popen(command, env=environment)  # noqa: S603 - our own command
    base = f"http://127.0.0.1:{PORT}"
    try:
        for _ in range(600):
            try:
                urllib.request.urlopen(f"{base}/healthz", timeout=1)  # noqa: S310 - our own server
                break
            except OSError:
                time.sleep(0.2)
        yield base
    finally:
        server.terminate()
        server.wait()
        shutil.rmtree(folder, ignore_errors=True)


def sign_in(page: Any, base: str, who: str) -> None:
    """As somebody of the demo."""
    page.goto(f"{base}/account/login/")
    page.fill("input[name=login]", who)
    page.fill("input[name=password]", PASSWORD)
    page.locator("form:has(input[name=password]) button[type=submit]").first.click()
    page.wait_for_load_state("load")


def take(folder: Path = HERE) -> None:
    """Take every picture."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only this command needs a browser

    folder.mkdir(parents=True, exist_ok=True)
    with served() as base, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for size, view in SIZES.items():
            for scheme in ("light", "dark"):
                for who, places in (("", OUTSIDE), (DEMO, INSIDE), (THERAPIST, AT_WORK)):
                    context = browser.new_context(viewport=view, color_scheme=scheme, reduced_motion="reduce")
                    page = context.new_page()
                    if who:
                        sign_in(page, base, who)
                    _walk(page, base, places, folder, f"{size}_{scheme}")
                    context.close()
        browser.close()


def _walk(page: Any, base: str, places: dict[str, tuple[str, str]], folder: Path, kind: str) -> None:
    for name, (address, _) in places.items():
        if address.startswith("/"):
            page.goto(base + address)
        else:  # the brief of the demo lifter, who has shared a story and is a patient since
            page.goto(f"{base}/desk/patients/")
            page.get_by_role("link", name=PATIENT).first.click()
            page.get_by_role("link", name="The request it began with").click()
            page.get_by_role("link", name="The brief").click()
        page.wait_for_load_state("load")
        page.wait_for_timeout(500)
        page.screenshot(path=str(folder / f"{name}_{kind}.png"))


def table() -> str:
    """The pictures as the README shows them."""
    places = {**OUTSIDE, **INSIDE, **AT_WORK}
    cells = [
        f'<td width="33%"><img src="docs/screenshots/{name}_phone_light.png" alt="{places[name][1]}" width="260"></td>'
        for name in SHOWN
    ]
    cells += [
        f'<td width="33%"><img src="docs/screenshots/{name}_desk_light.png" alt="{places[name][1]}" width="260"></td>'
        for name in SHOWN_WIDE
    ]
    rows = [f"<tr>{''.join(cells[place : place + 3])}</tr>" for place in range(0, len(cells), 3)]
    return (
        "<table>\n"
        + "\n".join(rows)
        + "\n</table>\n\nAll pages, on a phone and on a desk, light and dark: [docs/screenshots](docs/screenshots/).\n"
    )


def readme() -> str:
    """README with the pictures between its two marks."""
    before, _, rest = README.read_text(encoding="utf-8").partition(BEGIN)
    return before + BEGIN + table() + END + rest.partition(END)[2]


def missing() -> list[str]:
    """The pictures that the README names and the folder lacks."""
    named = re.findall(r'src="(docs/screenshots/[^"]+)"', README.read_text(encoding="utf-8"))
    return [name for name in named if not (ROOT / name).exists()]


if __name__ == "__main__":
    take(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
    README.write_text(readme(), encoding="utf-8")
