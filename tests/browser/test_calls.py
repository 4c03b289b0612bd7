"""The free call in a browser: a visitor books, moves and cancels it, with and without a script; the desk sees it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.cache import cache
from playwright.sync_api import Browser, Page, expect

from liftback.records.models import Booking, Clinic, Person
from tests.browser.conftest import PHONE
from tests.records.clinic.call_people import practice

pytestmark = pytest.mark.django_db(transaction=True)
NARROW = {"width": 320, "height": 640}
DESK = {"width": 1280, "height": 900}


@pytest.fixture
def clinic(transactional_db: None) -> Clinic:
    cache.clear()
    return practice("ironworks", therapists=2, daily_cap=20)


def fits(page: Page) -> None:
    """Nothing is wider than the page."""
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{page.url} is {wide}px too wide"


def look(page: Page, pictures: Path | None, name: str) -> None:
    if pictures is not None:
        page.screenshot(path=pictures / f"calls_{name}.png", full_page=True)


def book(page: Page) -> None:
    """From the page of times to a booked call."""
    page.goto("/at/ironworks/call/")
    page.locator("button.time").nth(1).click()
    page.get_by_label("What shall we call you?").fill("Ann Lifter")
    page.get_by_label("The number to call you on").fill("212 555 0123")
    page.get_by_label("E-mail").fill("ann@visitors.example")
    page.get_by_label("Where will you be when we call?").select_option("NY")
    page.get_by_label("I have read it, and agree").check()
    page.get_by_role("button", name="Book this time").click()
    expect(page.get_by_role("heading", name="Your call is booked")).to_be_visible()


def test_a_visitor_books_moves_and_cancels(
    page: Page, clinic: Clinic, axe: Callable[..., None], pictures: Path | None
) -> None:
    page.goto("/at/ironworks/call/")
    axe(page)
    look(page, pictures, "times_phone")
    page.get_by_label("Your time zone").select_option("America/New_York")
    expect(page).to_have_url("/at/ironworks/call/?zone=America%2FNew_York")
    page.locator("button.time").first.click()
    expect(page.get_by_role("heading", name="Whom do we call?")).to_be_visible()
    axe(page)
    look(page, pictures, "confirm_phone")
    page.get_by_role("button", name="Book this time").click()
    expect(page.get_by_role("alert").get_by_text("Say what to call you")).to_be_visible()
    axe(page)
    look(page, pictures, "errors_phone")
    book(page)
    axe(page)
    look(page, pictures, "booked_phone")
    page.get_by_role("link", name="Move it").click()
    axe(page)
    page.locator("button.time").nth(4).click()
    expect(page.get_by_role("heading", name="Your call is booked")).to_be_visible()
    assert Booking.objects.get(state="confirmed").sequence == 1
    page.get_by_role("link", name="Cancel it").click()
    axe(page)
    look(page, pictures, "cancel_phone")
    page.get_by_role("button", name="Cancel the call").click()
    expect(page.get_by_role("heading", name="This call is cancelled")).to_be_visible()
    axe(page)
    assert not Booking.objects.filter(state="confirmed").exists()


def test_without_a_script_and_narrow(browser: Browser, address: str, clinic: Clinic) -> None:
    context = browser.new_context(viewport=NARROW, base_url=address, java_script_enabled=False)  # type: ignore[arg-type]  # a plain dict of the two
    plain = context.new_page()
    book(plain)
    plain.get_by_role("link", name="Move it").click()
    plain.get_by_label("Your time zone").select_option("Asia/Kolkata")
    plain.get_by_role("button", name="Show times there").click()
    expect(plain.get_by_text("Kolkata time (UTC+5:30)").first).to_be_visible()
    context.close()


def test_every_page_fits_a_narrow_phone(
    page: Page, clinic: Clinic, signed_in: Callable[[Page, Person], Page], pictures: Path | None
) -> None:
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]  # a plain dict of the two
    book(page)
    fits(page)
    page.get_by_role("link", name="Move it").click()
    fits(page)
    made = Booking.objects.get()
    signed_in(page, clinic.memberships.order_by("pk")[0].person)
    for place in ("", f"{made.pk}/", "book/", "feed/"):
        page.goto(f"/desk/calls/{place}")
        fits(page)
        look(page, pictures, f"narrow_{place.strip('/').split('-')[0] or 'desk'}")


def test_the_desk_sees_and_does_it_by_keyboard(
    page: Page,
    clinic: Clinic,
    signed_in: Callable[[Page, Person], Page],
    axe: Callable[..., None],
    pictures: Path | None,
) -> None:
    book(page)
    made = Booking.objects.get()
    signed_in(page, clinic.memberships.order_by("pk")[0].person)
    page.set_viewport_size(DESK)  # type: ignore[arg-type]  # a plain dict of the two
    page.goto("/desk/calls/")
    axe(page)
    look(page, pictures, "desk")
    page.get_by_role("link", name="Ann Lifter").press("Enter")
    expect(page.get_by_role("heading", name="Ann Lifter")).to_be_visible()
    axe(page)
    page.get_by_text("Cancel it", exact=True).press("Enter")
    look(page, pictures, "desk_call")
    page.get_by_label("Why").press_sequentially("The therapist is ill")
    page.get_by_label("Why").press("Enter")
    expect(page.get_by_text("Cancelled, and told.")).to_be_visible()
    made.refresh_from_db()
    assert made.state == "cancelled"
    page.goto("/desk/calls/book/")
    axe(page)
    look(page, pictures, "book")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # a plain dict of the two
    look(page, pictures, "book_phone")
