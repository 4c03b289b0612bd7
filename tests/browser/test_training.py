"""The plan in a real browser: a lift logged between two sets, with and without scripts; every page as axe wants it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect

from liftback.records import write
from liftback.records.models import Entry, Lifter, Person
from tests.browser.conftest import PHONE, soon
from tests.browser.test_offline import ready
from tests.web.training.conftest import LOG, injured

LIFT = "Leg Extension (Machine)"
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def lifter(person: Person) -> Lifter:
    """The injured sample lifter, whose plan began some days ago."""
    now = timezone.now()
    made = write.lifter_for(actor=person, now=now)
    began = now - timedelta(days=2)
    write.keep_story(actor=person, lifter=made, document=injured(), via="interview", now=began)
    content = LOG.read_bytes()
    write.import_file(
        actor=person, lifter=made, name="strong.csv", content=content, format="strong", sets=1, unit="kg", names={},
        now=began,
    )  # fmt: skip
    return made


def any_lift(page: Page) -> str:
    """The first thing of today that can be logged."""
    return (
        page.locator("article.plan-item", has=page.get_by_role("link", name="Log it")).first.locator("h3").inner_text()
    )


def test_a_lift_is_logged_in_its_card_and_changed_there(
    page: Page, lifter: Lifter, signed_in: Callable[..., Page], axe: Callable[..., None]
) -> None:
    signed_in(page, lifter.person)
    page.goto("/today/")
    axe(page)
    name = any_lift(page)
    page.get_by_role("link", name="Log it").first.click()
    form = page.locator("form.exposure")
    expect(form).to_be_visible()
    assert page.url.endswith("/today/")  # in its card, not on another page
    axe(page)
    first = form.locator('input[name="told.pain_during"]').first
    first.focus()
    page.keyboard.press("Space")
    form.get_by_text("None of these").click()
    form.get_by_label("No", exact=True).check()
    form.get_by_role("button", name="Log it").dblclick()
    card = page.locator("article.plan-item-done", has_text=name).first
    expect(card).to_be_visible()
    assert Entry.objects.filter(kind="done").count() == 1
    axe(page)
    card.get_by_role("link", name="Change").click()
    expect(page.get_by_role("button", name="Save the change")).to_be_visible()
    page.get_by_role("button", name="Save the change").click()
    expect(page.locator("article.plan-item-done", has_text=name).first).to_be_visible()
    assert Entry.objects.filter(kind="done").count() == 1  # nothing was changed


def test_a_lift_is_logged_without_scripts(
    browser: Browser, address: str, lifter: Lifter, signed_in: Callable[..., Page]
) -> None:
    context = browser.new_context(viewport=PHONE, base_url=address, java_script_enabled=False)  # type: ignore[arg-type]  # a plain dict of the two
    page = signed_in(context.new_page(), lifter.person)
    page.goto("/today/")
    page.get_by_role("link", name="Log it").first.click()
    assert "/plan/done/" in page.url
    page.locator("label.score-cell").first.click()
    page.get_by_role("button", name="Log it").click()
    expect(page.get_by_text("Done today").first).to_be_visible()
    assert Entry.objects.filter(kind="done").count() == 1
    context.close()


@pytest.mark.parametrize(
    "path",
    [
        "/plan/",
        "/flare/",
        "/first-hours/",
        "/plates/?weight=142.5&unit=kg",
        "/clearance/",
        "/plan/exercises/hip_thrust/",
    ],
)
def test_the_pages_are_as_axe_wants_them_and_fit_a_narrow_phone(
    page: Page, lifter: Lifter, signed_in: Callable[..., Page], axe: Callable[..., None], path: str
) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    signed_in(page, lifter.person)
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.evaluate("for (const fold of document.querySelectorAll('main details')) fold.open = true")
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_plan_on_hold_is_as_axe_wants_it(
    page: Page, lifter: Lifter, signed_in: Callable[..., Page], axe: Callable[..., None]
) -> None:
    document = injured(saddle_numbness="not_sure")
    write.keep_story(actor=lifter.person, lifter=lifter, document=document, via="signs", now=timezone.now())
    signed_in(page, lifter.person)
    page.goto("/today/")
    expect(page.get_by_role("link", name="Go through the warning signs")).to_be_visible()
    axe(page)


def test_what_moves_into_a_leg_asks_for_the_signs_without_a_network_too(
    page: Page, browser_context: BrowserContext, lifter: Lifter, signed_in: Callable[..., Page]
) -> None:
    signed_in(page, lifter.person)
    page.goto("/today/")
    href = page.locator('a[href^="/plan/done/"]').first.get_attribute("href") or ""
    ready(page, "/today/", "/plan/done/", "/signs-offline/")
    browser_context.set_offline(True)
    page.goto(href)
    page.get_by_label("Numb, tingling or weak").check()
    page.get_by_role("button", name="Log it").click()
    page.wait_for_url("**/signs-offline/")
    page.goto("/today/")
    expect(page.locator("#offline-alarm")).to_contain_text("Do not train now")
    assert not Entry.objects.exists()
    browser_context.set_offline(False)
    soon(lambda: Entry.objects.filter(kind="done").exists())
