"""A real browser on a phone-sized page before a real server: fixtures for every test of this folder.

Debian's Chromium is used; where it is not installed, these tests are left out with a sentence, or fail where
LIFTBACK_NEEDS_BROWSER=1 says that it has to be there (CI). Our strict CSP forbids `page.wait_for_function`: use
locators, or `soon`.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, expect, sync_playwright

from liftback.records import write
from liftback.records.models import Person
from liftback.web.shared.accounts import SIGNED_IN_FOR
from tests.logged import Overheard, overhearing

# Playwright runs an event loop in the test's thread, where Django would refuse its tables.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
NEEDED = os.environ.get("LIFTBACK_NEEDS_BROWSER") == "1"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"width": 390, "height": 844}
PATIENCE = 15_000
"""Milliseconds that a locator waits: two slow cores are shared by many."""
expect.set_options(timeout=PATIENCE)
PASSWORD = "a long word for tests 42"  # noqa: S105 - of throw-away accounts in a throw-away database


def chromium_path() -> str | None:
    """Where Chromium is; None where it is not installed."""
    return next((found for name in ("chromium", "chromium-browser") if (found := shutil.which(name))), None)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Playwright's driver."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of Chromium, or no test."""
    found = chromium_path()
    if found is None:
        missing = "Chromium is not installed (apt-get install chromium)"
        if NEEDED:
            pytest.fail(missing)
        pytest.skip(missing)
    return found


@pytest.fixture(scope="session")
def browser(playwright: Playwright, chromium: str) -> Iterator[Browser]:
    """One Chromium for all tests; each test has a context of its own."""
    started = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
    yield started
    started.close()


@pytest.fixture
def address(live_server: Any) -> str:
    """Where the server of this test listens, without a slash at the end. Its tables are those of the test."""
    return str(live_server.url).replace("127.0.0.1", "localhost")


@pytest.fixture(autouse=True)
def overheard(monkeypatch: pytest.MonkeyPatch) -> Iterator[Overheard]:
    """What visitors tell the server and what it logs. A test fails where something of the one is in the other."""
    with overhearing(monkeypatch) as heard:
        yield heard
    assert heard.leaks() == []


@pytest.fixture
def browser_context(browser: Browser, address: str) -> Iterator[BrowserContext]:
    """A phone-sized context: cookies, service worker and store of its own; gone after the test."""
    context = browser.new_context(viewport=PHONE, base_url=address, locale="en-GB", timezone_id="UTC")  # type: ignore[arg-type]  # a plain dict of the two
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


@pytest.fixture
def page(browser_context: BrowserContext) -> Iterator[Page]:
    """A page of the context. The test fails where a script of ours raised, or something broke the page's policy."""
    opened = browser_context.new_page()
    troubles = watch(opened)
    yield opened
    assert troubles == []


def watch(page: Page) -> list[str]:
    """A list that fills with what goes wrong in the page: script errors and what its policy forbids."""
    troubles: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        if message.type == "error" and "Content Security Policy" in message.text:
            troubles.append(message.text)

    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", heard)
    return troubles


@pytest.fixture
def make_person(transactional_db: None) -> Callable[..., Person]:
    """Makes a signed-up lifter: `make_person("ann")`."""

    def make(name: str = "ann") -> Person:
        person = Person.objects.create_user(f"{name}@example.org", PASSWORD, name=name.title())
        write.lifter_for(actor=person, now=timezone.now())
        return person

    return make


@pytest.fixture
def person(make_person: Callable[..., Person]) -> Person:
    """A lifter with nothing told."""
    return make_person()


@pytest.fixture
def signed_in(address: str) -> Callable[[Page, Person], Page]:
    """Signs a person in in a page's context, without the sign-in page: `signed_in(page, person)`."""

    def sign_in(page: Page, person: Person) -> Page:
        client = Client()
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        name = settings.SESSION_COOKIE_NAME
        until = time.time() + SIGNED_IN_FOR  # as a sign-in's, so that it survives closing the browser
        cookie: Any = {"name": name, "value": client.cookies[name].value, "url": address, "expires": until}
        page.context.add_cookies([cookie])
        return page

    return sign_in


@pytest.fixture
def axe() -> Callable[..., None]:
    """Fails for a page that axe finds something in: `axe(page)`."""

    def check(page: Page, **options: Any) -> None:
        found = Axe().run(page, options=options or None)
        assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"

    return check


@pytest.fixture
def pictures() -> Path | None:
    """The folder for screenshots, from LIFTBACK_PICTURES; None where nobody wants to look."""
    wanted = os.environ.get("LIFTBACK_PICTURES")
    if not wanted:
        return None
    folder = Path(wanted)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def soon(is_so: Callable[[], Any], *, within: float = PATIENCE / 1000) -> Any:
    """Wait until something is so, and give it; fails after `within` seconds."""
    end = time.monotonic() + within
    while True:
        found = is_so()
        if found:
            return found
        assert time.monotonic() < end, "it did not come true in time"
        time.sleep(0.05)
