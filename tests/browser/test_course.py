"""The check-in, the course, the weekly form and the calendar in a browser: taps, keys, narrow, without a script."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from liftback.records import write
from liftback.records.models import Entry, Lifter, Person
from tests.browser.conftest import soon
from tests.people import entry, story

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = ("/check-in/", "/check-in/?more=1", "/weekly/?more=phq4", "/course/", "/course/?span=all", "/calendar/")


@pytest.fixture
def told(person: Person) -> Lifter:
    """A lifter with a story and a hundred days of check-ins up to yesterday."""
    lifter = Lifter.objects.get(person=person)
    now = timezone.now()
    today = now.date()
    document = story(onset=today - timedelta(days=120))
    write.keep_story(actor=person, lifter=lifter, document=document, via="interview", now=now)
    days = [
        entry("check_in", today - timedelta(days=back), at=now - timedelta(days=back), pain=3 + back % 3)
        for back in range(100, 0, -1)
    ]
    write.tell(actor=person, lifter=lifter, entries=days, now=now)
    return lifter


def newest() -> Entry:
    return Entry.objects.filter(kind="check_in").latest("received_at", "pk")


def test_five_taps_keep_a_check_in(
    page: Page, signed_in: Callable[[Page, Person], Page], person: Person, told: Lifter
) -> None:
    signed_in(page, person).goto("/check-in/")
    page.get_by_role("group", name="Back pain").get_by_text("4", exact=True).click()
    page.get_by_role("group", name="How you slept").get_by_text("7", exact=True).click()
    page.get_by_text("I did not lift").click()
    page.get_by_role("group", name="Anything new?").get_by_text("No", exact=True).click()
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("heading", name="Told for today")).to_be_visible()
    found = newest().payload
    assert (found["pain"], found["sleep"], found["lift_pain"], found["signs"]) == (4, 7, None, "no")


def test_by_keyboard_alone(page: Page, signed_in: Callable[[Page, Person], Page], person: Person, told: Lifter) -> None:
    signed_in(page, person).goto("/check-in/")
    page.locator('input[name="pain"]').first.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == "Keep it":
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Told for today")).to_be_visible()
    assert newest().payload["pain"] == 3


def test_without_a_script(
    browser: Browser, address: str, signed_in: Callable[[Page, Person], Page], person: Person, told: Lifter
) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = signed_in(context.new_page(), person)
    page.goto("/check-in/")
    page.locator('input[name="pain"][value="5"]').check()
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("heading", name="Told for today")).to_be_visible()
    page.goto("/course/")
    link = page.get_by_role("link", name="Show all of it")
    if link.count():
        link.click()
    expect(page.get_by_role("heading", name="Milestones")).to_be_visible()
    expect(page.locator("figure svg").first).to_be_visible()
    context.close()


def test_the_rest_of_the_course_follows_by_itself(
    page: Page, signed_in: Callable[[Page, Person], Page], person: Person, told: Lifter
) -> None:
    signed_in(page, person).goto("/course/")
    write.tell(
        actor=person, lifter=told, entries=[entry("check_in", timezone.now().date(), pain=2)], now=timezone.now()
    )
    page.goto("/course/")
    expect(page.get_by_text("Felt trend now")).to_be_visible()
    expect(page.get_by_role("heading", name="Milestones")).to_be_visible(timeout=30_000)
    page.get_by_text("The same picture, to point at").click()
    soon(lambda: page.locator(".chart canvas").count())


@pytest.fixture
def opened(page: Page, signed_in: Callable[[Page, Person], Page], person: Person, told: Lifter) -> Page:
    """The page of a lifter who has told all that."""
    return signed_in(page, person)


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_clean_and_narrow(opened: Page, axe: Callable[..., None], pictures: Path | None, path: str) -> None:
    opened.goto(path)
    axe(opened)
    opened.set_viewport_size({"width": 320, "height": 640})
    assert opened.evaluate("document.documentElement.scrollWidth") <= 320
    small = opened.evaluate(
        """() => [...document.querySelectorAll("main a.btn, main button, main label.choice, main label.score-cell")]
        .filter((one) => one.offsetParent && one.getBoundingClientRect().height < 44).map((one) => one.outerHTML)"""
    )
    assert small == []
    if pictures is not None:
        opened.screenshot(path=pictures / f"course{path.replace('/', '_').replace('?', '_')}.png", full_page=True)
