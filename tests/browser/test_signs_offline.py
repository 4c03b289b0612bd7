"""The warning signs on the device: as the triage itself, never lower; an emergency at once; kept, and sent later."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from liftback.reasoning.triage import triage
from liftback.records import write
from liftback.records.models import Entry, Person, StoryVersion
from tests.browser.conftest import soon
from tests.browser.test_offline import SignIn, ready
from tests.generative import test_offline_rules as twin
from tests.generative.stories import KNOWLEDGE, TODAY
from tests.people import story

MANY = 800
DIFFERENCE = """(cases) => {
  const rules = JSON.parse(document.getElementById("signs-rules").textContent);
  rules.known = {}; rules.words = [];
  const level = ([answers, asked, beside, today]) => liftbackGates.evaluate(rules, answers, asked, beside, today).level;
  return cases.map(level);
}"""


def choose(page: Page, value: str) -> None:
    page.locator(f'#signs label:has(input[value="{value}"])').click()
    page.locator("#signs button[type=submit]").click()


def test_the_device_comes_to_the_level_of_the_triage(page: Page) -> None:
    chance = np.random.RandomState(7)
    cases = [twin.drawn(chance) for _ in range(MANY)]
    page.goto("/signs-offline/")
    sent = [[answers, sorted(asked), beside, TODAY.isoformat()] for answers, asked, beside in cases]
    found = page.evaluate(DIFFERENCE, sent)
    expected = [int(triage(twin._facts(answers, beside), KNOWLEDGE).level) for answers, _, beside in cases]
    lower = [case for case, here, there in zip(cases, found, expected, strict=True) if here < there]
    assert lower == []
    assert found == expected
    assert set(found) == set(range(5)), "every level is among them"


def test_nothing_answered_is_no_comfort(page: Page) -> None:
    page.goto("/signs-offline/")
    assert page.evaluate(DIFFERENCE, [[{}, [], {}, TODAY.isoformat()]]) == [3]


@pytest.mark.parametrize("signed", [True, False])
def test_an_emergency_shows_at_once_without_a_network(
    page: Page, browser_context: BrowserContext, person: Person, signed_in: SignIn, signed: bool
) -> None:
    if signed:
        own = write.lifter_for(actor=person, now=timezone.now())
        told = story(timezone.now().date() - timedelta(days=14))
        write.keep_story(actor=person, lifter=own, document=told, via="interview", now=timezone.now())
        signed_in(page, person)
    page.goto("/signs-offline/")
    ready(page, "/signs-offline/", "/emergency/", "/queue/")
    browser_context.set_offline(True)
    page.goto("/signs-offline/")
    choose(page, "saddle_numbness")
    choose(page, "new_numbness")
    expect(page.locator(".level-emergency h1")).to_have_text("Get help now")
    expect(page.locator("#signs")).to_contain_text("Numbers to call")
    expect(page.locator('#signs a[href^="tel:"]').first).to_be_visible()
    if not signed:
        expect(page.locator("#signs-kept")).to_contain_text("not signed in")
        return
    expect(page.locator("#signs-kept")).to_contain_text("kept on this device")
    page.goto("/today/")
    expect(page.locator("#offline-alarm")).to_contain_text("Do not train now")
    assert page.locator(".plan-item:visible").count() == 0
    browser_context.set_offline(False)
    soon(lambda: Entry.objects.filter(kind="gates").count() == 1)
    newest = StoryVersion.objects.order_by("-pk").first()
    assert newest is not None
    assert "saddle_numbness: new_numbness" in newest.document
    page.wait_for_url("**/emergency/")


def test_all_lists_without_a_sign_lead_to_what_to_watch_for(page: Page, axe: Callable[..., None]) -> None:
    page.goto("/signs-offline/")
    page.locator("#signs button[type=submit]").click()
    expect(page.locator("#signs-error")).to_be_visible()
    axe(page)
    while page.locator('#signs input[value="none"]').count():
        choose(page, "none")
    choose(page, "first")
    expect(page.locator("#signs .level-banner")).to_be_visible()
    expect(page.locator("#signs")).to_contain_text("What to watch for")
    assert "fine" not in (page.locator("#signs").inner_text()).lower()
    axe(page)


def test_not_sure_is_never_a_no(page: Page) -> None:
    page.goto("/signs-offline/")
    choose(page, "not_sure")
    for _ in range(4):
        choose(page, "not_sure")
    while page.locator('#signs input[value="none"]').count():
        choose(page, "none")
    choose(page, "first")
    expect(page.locator("#signs .level-banner.level-same_day")).to_be_visible()


@pytest.mark.parametrize("path", ["/queue/", "/offline/", "/signs-offline/"])
def test_the_pages_are_clean_for_axe(page: Page, path: str, axe: Callable[..., None], pictures: Path | None) -> None:
    page.goto(path)
    page.wait_for_load_state("networkidle")
    axe(page)
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    if pictures is not None:
        page.screenshot(path=pictures / f"offline{path.replace('/', '_')}320.png", full_page=True)
