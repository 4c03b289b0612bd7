"""Signing in as people do, in a real browser under our policy: passkeys, the authenticator's picture, a dropped log."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from liftback.records.models import LogFile, Person
from tests.browser.conftest import PASSWORD
from tests.people import person as verified

SAMPLES = Path(__file__).parents[1] / "samples"
READING = 60_000
"""Milliseconds: a file is read by a process of its own, which starts slowly on a busy machine."""


@pytest.fixture
def ann(transactional_db: None) -> Person:
    """Somebody with a verified address."""
    made = verified("ann")
    made.set_password(PASSWORD)
    made.save()
    return made


@pytest.fixture
def key(browser_context: BrowserContext, page: Page) -> Iterator[None]:
    """A device with a screen lock that holds passkeys."""
    session = browser_context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    yield
    session.detach()


def sign_in(page: Page, who: Person) -> None:
    page.goto("/account/login/")
    page.get_by_label("Email").fill(who.email)
    page.locator("input[type=password]").fill(PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/today/")


def confirm(page: Page) -> None:
    page.locator("input[type=password]").fill(PASSWORD)
    page.locator("main form button[type=submit]").first.click()


@pytest.mark.usefixtures("key")
def test_a_passkey_is_added_and_signs_in(page: Page, ann: Person, axe: Callable[..., None]) -> None:
    sign_in(page, ann)
    page.goto("/account/2fa/webauthn/add/")
    confirm(page)
    page.wait_for_url("**/webauthn/add/")
    axe(page)
    page.get_by_label("Name").fill("My phone")
    page.locator("#id_passwordless").check()
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url(re.compile(r"/account/2fa/(webauthn|recovery-codes)/$"))
    page.goto("/account/2fa/webauthn/")
    expect(page.get_by_role("heading", name="My phone")).to_be_visible()
    axe(page)
    page.goto("/account/logout/")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(re.compile(r"/$"))
    page.goto("/account/login/")
    page.locator("#passkey_login").click()
    page.wait_for_url("**/today/")


def test_the_authenticators_picture_shows_under_our_policy(page: Page, ann: Person, axe: Callable[..., None]) -> None:
    sign_in(page, ann)
    page.goto("/account/2fa/totp/activate/")
    confirm(page)
    picture = page.locator(".qr img")
    expect(picture).to_be_visible()
    assert picture.evaluate("one => one.complete && one.naturalWidth > 0")
    axe(page)


@pytest.mark.parametrize(
    "path",
    ["/account/login/", "/account/signup/", "/account/password/reset/", "/log/", "/deleted/"],
)
def test_pages_for_strangers_are_clean(page: Page, transactional_db: None, axe: Callable[..., None], path: str) -> None:
    page.goto(path)
    axe(page)
    assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth")


@pytest.mark.parametrize(
    "path",
    [
        "/more/", "/settings/", "/my-data/", "/log/", "/account/email/", "/account/password/change/", "/account/2fa/",
        "/account/sessions/", "/account/logout/",
    ],
)  # fmt: skip
def test_pages_of_an_account_are_clean(
    page: Page, ann: Person, signed_in: Callable[..., Page], axe: Callable[..., None], path: str
) -> None:
    signed_in(page, ann).goto(path)
    axe(page)
    page.set_viewport_size({"width": 320, "height": 700})
    assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth")


def test_a_log_is_dropped_looked_at_and_imported(
    page: Page, ann: Person, signed_in: Callable[..., Page], axe: Callable[..., None]
) -> None:
    signed_in(page, ann).goto("/log/")
    page.locator("input[type=file]").set_input_files(SAMPLES / "strong_comma.csv")
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_text("What was read from strong_comma.csv")).to_be_visible(timeout=READING)
    axe(page)
    assert not LogFile.objects.exists()
    page.get_by_label("lb", exact=True).check()
    with page.expect_response("**/log/", timeout=READING):
        page.get_by_role("button", name="Look again").click()
    expect(page.get_by_label("lb", exact=True)).to_be_checked()
    page.get_by_label("kg", exact=True).check()
    page.get_by_role("button", name="Import").click()
    expect(page.get_by_text("strong_comma.csv is in: 9 sets.")).to_be_visible(timeout=READING)
    assert LogFile.objects.get().unit == "kg"


def test_the_browser_tells_its_time_zone(page: Page, browser_context: BrowserContext, transactional_db: None) -> None:
    page.goto("/deleted/")
    assert {one["name"]: one["value"] for one in browser_context.cookies()}["zone"] == "UTC"


def test_everything_is_taken_home_and_deleted(page: Page, ann: Person) -> None:
    sign_in(page, ann)
    page.goto("/my-data/")
    with page.expect_download() as taken:
        page.get_by_role("link", name="Download everything").click()
    assert taken.value.suggested_filename.endswith(".zip")
    page.get_by_role("link", name="Delete everything").click()
    confirm(page)
    page.get_by_label("To be sure").fill(ann.email)
    page.get_by_role("button", name="Delete everything now").click()
    expect(page.get_by_role("heading", name="Everything is deleted")).to_be_visible()
    assert not Person.objects.exists()
