"""From the doors to the answers in a real browser: without JavaScript, with it, by keyboard, and on a narrow phone."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Browser, Error, Page, expect

from liftback import operations
from tests.browser.conftest import PATIENCE, PHONE, soon
from tests.web.front.conftest import answered_until

NARROW = {"width": 320, "height": 640}
NO_QUESTION_LEFT = 40


@pytest.fixture
def plain(browser: Browser, address: str) -> Iterator[Page]:
    """A page of a browser without JavaScript."""
    context = browser.new_context(viewport=PHONE, base_url=address, locale="en-GB", java_script_enabled=False)  # type: ignore[arg-type]  # a plain dict of the two
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def answer(page: Page) -> None:
    """Answer the step that is shown: nothing of a list, the first choice, or nothing at all."""
    form = page.locator("#step form").first
    if form.get_by_label("None of these").count():
        form.get_by_label("None of these").check()
    elif form.locator("input[type=radio]").count():
        form.locator("input[type=radio]").last.check()
    elif form.locator("input[type=number]").count():
        form.locator("input[type=number]").fill("34")
    elif form.locator("textarea").count():
        form.locator("textarea").fill("It went at the bottom of a squat.")
    form.get_by_role("button", name="Next", exact=True).click()


def shown(page: Page) -> str:
    """The question that is shown, with its place in the row; empty while a page is on its way."""
    try:
        return " ".join(page.locator("#step .progress, #step h1").all_inner_texts())
    except Error:
        return ""


def another(page: Page, before: str) -> str:
    """Wait until another question or another page is there; its address."""
    soon(lambda: not page.url.endswith("/interview/") or shown(page) not in ("", before))
    return page.url


def test_without_javascript_the_doors_lead_to_the_answers(plain: Page) -> None:
    plain.goto("/")
    plain.get_by_role("button", name="It is achy").click()
    for _ in range(NO_QUESTION_LEFT):
        if not plain.url.endswith("/interview/"):
            break
        answer(plain)
    assert plain.url.endswith("/answers/")
    plain.get_by_role("link", name="Is it serious?").click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("Is it serious?")
    plain.get_by_text("Why do we say so?").click()
    plain.get_by_role("link", name="The whole tree of reasons").click()
    expect(plain.locator(".why-tree")).to_be_visible()


def test_without_javascript_an_emergency_is_a_page_at_once_and_can_be_taken_back(plain: Page) -> None:
    plain.goto("/")
    plain.get_by_role("button", name="Is it serious?").click()
    plain.get_by_label("A change in peeing").check()
    plain.get_by_role("button", name="Next", exact=True).click()
    plain.get_by_label("I have not been able to pee").check()
    plain.get_by_role("button", name="Next", exact=True).click()
    assert plain.url.endswith("/emergency/")
    expect(plain.get_by_role("link", name="Call 999")).to_be_visible()
    plain.get_by_role("button", name="I answered by mistake").click()
    expect(plain.get_by_label("I have not been able to pee")).to_be_visible()


def test_with_javascript_only_the_step_changes(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name="It is achy").click()
    page.evaluate("window.sameDocument = true")
    for _ in range(NO_QUESTION_LEFT):
        before = shown(page)
        answer(page)
        if not another(page, before).endswith("/interview/"):
            break
        assert page.evaluate("window.sameDocument === true")
    page.wait_for_url("**/answers/")
    page.goto("/answers/3/")
    page.get_by_text("Why do we say so?").click()
    expect(page.locator(".why-tree")).to_be_visible()


def test_the_keyboard_goes_through_a_list(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name="Is it serious?").press("Enter")
    page.wait_for_url("**/interview/")
    page.get_by_label("None of these").press("Space")
    page.get_by_role("button", name="Next", exact=True).press("Enter")
    expect(page.locator("#step")).to_contain_text("both legs")
    soon(lambda: page.evaluate("document.activeElement.id") == "step")
    page.get_by_role("button", name="Back").press("Enter")
    expect(page.locator("#step")).to_contain_text("peeing")


def put(page: Page, address: str, interview: operations.Interview) -> None:
    """Give the page's browser a visit in which this was told."""
    session = SessionStore()
    session["interview"] = operations.interview_stored(interview=interview)
    session["told"] = operations.interview_file(interview=interview)
    session.save()
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": str(session.session_key), "url": address}]
    )


@pytest.fixture
def told(page: Page, address: str) -> Page:
    """A page of a visitor who told a story up to the plan's questions."""
    put(page, address, answered_until("plan", ("age", "34"), ("onset", "2026-11-20"), ("pain_now", "4")))
    return page


ADDRESSES = (
    "/", "/now/", "/emergency/", "/about/", "/privacy/", "/interview/", "/interview/gone/", "/interview/save/",
    "/answers/", "/answers/3/", "/answers/5/", "/answers/3/why/", "/answers/print/",
)  # fmt: skip


def test_axe_finds_nothing_and_nothing_scrolls_sideways(told: Page, axe: Callable[..., None]) -> None:
    for scheme in ("light", "dark"):
        told.emulate_media(color_scheme=scheme)
        for address in ADDRESSES:
            told.set_viewport_size(PHONE)  # type: ignore[arg-type]  # a plain dict of the two
            told.goto(address)
            axe(told)
            told.set_viewport_size(NARROW)  # type: ignore[arg-type]  # as above
            wide = told.evaluate("document.documentElement.scrollWidth")
            assert wide <= NARROW["width"], address


@pytest.mark.parametrize(
    ("stage", "kinds"),
    [("about", {"number", "choice", "words", "lines"}), ("story", {"date", "multi", "score", "body_map"})],
)
def test_axe_finds_nothing_in_any_kind_of_question(
    page: Page, address: str, axe: Callable[..., None], stage: str, kinds: set[str]
) -> None:
    put(page, address, answered_until(stage))
    page.goto("/interview/")
    seen: set[str] = set()
    for _ in range(NO_QUESTION_LEFT):
        kind = str(page.locator("#step form").first.get_attribute("data-input"))
        if kind not in seen:
            axe(page)
        seen.add(kind)
        if seen >= kinds:
            return
        before = shown(page)
        page.locator("#step form").first.get_by_role("button", name="Skip").click()
        another(page, before)
    raise AssertionError(f"only {seen} were asked")
