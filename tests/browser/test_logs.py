"""The log of a run in a browser holds none of what was typed; `conftest.overheard` asks that of every other test."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from liftback.records.models import Clinic, Person
from tests.browser.test_clinic import clinic as clinic  # noqa: PLC0414 - a fixture, used by its name
from tests.browser.test_clinic import fill_form
from tests.logged import Overheard

WORDS = "Zebra words: it went on a deadlift and my left foot tingles a little since then."


def test_nothing_that_is_typed_gets_into_the_log(
    clinic: Clinic, page: Page, person: Person, signed_in: Callable[..., Page], overheard: Overheard
) -> None:
    page.goto("/consult/")
    fill_form(page, words=WORDS, name="Zebra Lifter")
    page.get_by_role("button", name="Send it").click()
    expect(page).to_have_url(re.compile("/asked/"))
    token = page.url.rstrip("/").rpartition("/")[2]
    page.goto("/account/login/")
    page.get_by_label("Email").fill("zebra@people.example")
    page.locator("input[type=password]").fill("a zebra password 42")
    page.locator("main form button[type=submit]").first.click()
    page.goto("/nowhere/zebra-address-of-a-page-that-is-not-there/")
    signed_in(page, person).goto("/check-in/")
    page.get_by_role("group", name="Back pain").get_by_text("4", exact=True).click()
    page.locator("textarea[name=note]").evaluate("one => one.value = 'a zebra note of today'")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("heading", name="Told for today")).to_be_visible()
    told = " ".join(overheard.told)
    for word in (WORDS, "Zebra Lifter", "zebra@people.example", "a zebra password 42", "zebra note", token):
        assert word in told, f"the test did not hear {word!r}"
    routes = " ".join(overheard.log.of('"route"'))
    for route in ("clinic:consult_form", "clinic:asked", "account_login", "lifter:check_in", "none"):
        assert f'"{route}"' in routes
    whole = "".join(overheard.log.kept).casefold()
    assert "zebra" not in whole
    assert token.casefold() not in whole


def test_a_leak_would_be_found(overheard: Overheard) -> None:
    overheard.told.add("a zebra note")
    logging.getLogger("liftback.x").warning("careless: a zebra note")
    assert overheard.leaks() == ["a zebra note"]
    overheard.told.clear()


@pytest.mark.parametrize("text", ["with “quotes”", 'with "these"', "two\nlines of it"])
def test_a_leak_is_found_as_json_writes_it(overheard: Overheard, text: str) -> None:
    overheard.told.add(text)
    logging.getLogger("liftback.x").warning("careless: %s", text)
    assert overheard.leaks() != []
    overheard.told.clear()
