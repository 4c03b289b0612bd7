"""The desk in a real browser: the list brings itself up to date under one's hands, on a desk and on a phone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from liftback.records.models import Person
from tests.browser.conftest import PHONE
from tests.people import everybody, staff_of
from tests.records.clinic.desk_requests import a_request

DESK = {"width": 1280, "height": 800}


@pytest.fixture
def therapist(transactional_db: None) -> Person:
    return everybody().therapist


def fill(person: Person, many: int) -> Any:
    """A clinic with some open requests; its first."""
    clinic, now = staff_of(person).clinic, timezone.now()
    made = [
        a_request(clinic, f"Person {place:02}", received_at=now - timedelta(hours=20, minutes=-place))
        for place in range(many)
    ]
    return made[0]


def bring_up_to_date(page: Page) -> None:
    """What the list does by itself every fifteen seconds."""
    page.evaluate(
        "htmx.ajax('GET', document.querySelector('#list').getAttribute('hx-get'),"
        " {target: '#list', swap: 'outerHTML', source: '#list'})"
    )


def test_focus_and_place_stay_while_the_list_changes(
    page: Page, therapist: Person, signed_in: Callable[[Page, Person], Page]
) -> None:
    first = fill(therapist, 30)
    signed_in(page, therapist).set_viewport_size(DESK)  # type: ignore[arg-type]  # a plain dict of the two
    page.goto("/desk/")
    link = page.get_by_role("link", name="Person 20")
    link.focus()
    link.scroll_into_view_if_needed()
    before = page.evaluate("window.scrollY")
    a_request(first.clinic, "Nia Now", flagged=True, level="emergency", due_at=timezone.now())
    bring_up_to_date(page)
    expect(page.get_by_role("link", name="Nia Now")).to_be_visible()
    expect(page.get_by_role("link", name="Person 20")).to_be_focused()
    expect(page.get_by_role("status").filter(has_text="31 requests are open")).to_have_count(1)
    # The new row is above: what was looked at moves by its height at most.
    assert abs(page.evaluate("window.scrollY") - before) < 120
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("link", name="Person 21")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Person 21")).to_be_visible()


@pytest.mark.parametrize("size", [DESK, PHONE, {"width": 320, "height": 640}], ids=["desk", "phone", "narrow"])
def test_pages_of_the_desk_fit_and_have_no_fault(
    page: Page, therapist: Person, signed_in: Callable[[Page, Person], Page], axe: Callable[..., None], size: Any
) -> None:
    row = fill(therapist, 3)
    a_request(row.clinic, "Nia Now", flagged=True, level="emergency", words="I can't feel when I wipe.")
    signed_in(page, therapist).set_viewport_size(size)
    for where in ("/desk/", f"/desk/requests/{row.pk}/", f"/desk/requests/{row.pk}/brief/"):
        page.goto(where)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        small = (
            "[...document.querySelectorAll('main :is(a, button, select, summary, textarea, input:not([type=hidden]))')]"
            ".filter(one => one.offsetParent && one.getBoundingClientRect().height < 44).map(one => one.outerHTML)"
        )
        assert [one for one in page.evaluate(small) if 'id="to-' not in one or size is not DESK] == []


def test_without_scripts_a_request_is_taken_tried_and_closed(
    browser: Any, address: str, therapist: Person, signed_in: Callable[[Page, Person], Page]
) -> None:
    row = fill(therapist, 1)
    context = browser.new_context(viewport=PHONE, base_url=address, java_script_enabled=False)
    page = signed_in(context.new_page(), therapist)
    page.goto("/desk/")
    page.get_by_role("button", name="Take it: Person 00").click()
    page.get_by_role("link", name="Person 00").click()
    page.get_by_label("How it went").select_option("phone:reached")
    page.get_by_role("button", name="Write it down").click()
    page.get_by_text("Close it").first.click()
    page.locator("#reason").select_option("answered")
    page.locator("form[action$='close/'] button").click()
    expect(page.get_by_role("button", name="Open it again")).to_be_visible()
    row.refresh_from_db()
    assert (row.closed_why, row.met_how) == ("answered", "contact")
    context.close()
