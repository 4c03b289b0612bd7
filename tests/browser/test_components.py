"""The parts of pages in a real browser: for every eye, thumb and keyboard, with and without a script."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import PATIENCE, watch

PLACE = "/components/"
SMALL = """() => [...document.querySelectorAll(
    'a, button, summary, select, input:not([type=hidden]), label.choice, label.tap, label.score-cell, label.bm-chip')]
  .filter(one => {
    const box = one.getBoundingClientRect();
    if (!box.width || one.closest('.skip') || getComputedStyle(one).display === 'inline') return false;
    if (one.matches('input') && one.closest('label')) return false;
    return box.width < 43.5 || box.height < 43.5;
  }).map(one => one.outerHTML.slice(0, 90))"""
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def opened(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The living page in a context of its own; the parameters are those of the context."""
    given = {"viewport": {"width": 390, "height": 844}, "reduced_motion": "reduce"} | getattr(request, "param", {})
    context = browser.new_context(base_url=address, **given)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    troubles = watch(page)
    page.goto(PLACE)
    yield page
    context.close()
    assert troubles == []


LOOKS = [
    {"viewport": {"width": 390, "height": 844}},
    {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
    {"viewport": {"width": 320, "height": 640}, "color_scheme": "dark"},
    {"viewport": {"width": 1280, "height": 900}, "forced_colors": "active"},
]


@pytest.mark.parametrize("opened", LOOKS, indirect=True, ids=["phone", "desk, dark", "small, dark", "forced colours"])
def test_every_part_passes_axe_fits_the_screen_and_a_thumb(opened: Page) -> None:
    # Where the device forces its own colours, contrast is the device's, and axe cannot read it.
    forced = opened.evaluate("matchMedia('(forced-colors: active)').matches")
    told = Axe().run(opened, options={"rules": {"color-contrast": {"enabled": not forced}}}).response
    assert [(one["id"], one["nodes"][0]["html"]) for one in told["violations"]] == []
    assert opened.evaluate(OVERFLOW) == 0
    assert opened.evaluate(SMALL) == []


def test_a_place_of_the_figure_and_its_name_are_one(opened: Page) -> None:
    box = opened.get_by_role("checkbox", name="Low back, right", exact=True)
    place = opened.locator('.bm-region[data-region="low_back_right"] path')
    expect(box).not_to_be_checked()
    plain = place.evaluate("one => getComputedStyle(one).fill")
    place.click()
    expect(box).to_be_checked()
    assert place.evaluate("one => getComputedStyle(one).fill") != plain
    box.focus()
    opened.keyboard.press("Space")
    expect(box).not_to_be_checked()


def test_a_narrow_screen_shows_one_side_and_turns(opened: Page) -> None:
    back, front = opened.locator(".bm-figure").all()
    expect(back).to_be_visible()
    expect(front).to_be_hidden()
    opened.get_by_role("button", name="Turn to: Front").click()
    expect(front).to_be_visible()
    expect(back).to_be_hidden()


@pytest.mark.parametrize("opened", [{"java_script_enabled": False}], indirect=True)
def test_without_a_script_both_sides_are_there_and_work(opened: Page) -> None:
    for side in (".bm-figure >> nth=0", ".bm-figure >> nth=1"):
        expect(opened.locator(side)).to_be_visible()
    opened.locator('.bm-region[data-region="shin_left"] path').click()
    expect(opened.get_by_role("checkbox", name="Shin, left")).to_be_checked()
    expect(opened.locator("[data-stepper] button")).to_have_count(0)


def test_a_stepper_goes_by_its_step_within_its_bounds_and_keeps_what_is_typed(opened: Page) -> None:
    field = opened.get_by_label("Hours of sleep", exact=True)
    more, less = (opened.get_by_role("button", name=f"{way}: Hours of sleep") for way in ("More", "Less"))
    more.click()
    expect(field).to_have_value("7.5")
    field.fill("7.3")
    expect(field).to_have_value("7.3")
    less.click()
    expect(field).to_have_value("7")
    field.fill("0")
    less.click()
    expect(field).to_have_value("0")
    field.fill("")
    more.click()
    expect(field).to_have_value("0")


def test_a_score_is_chosen_by_keyboard(opened: Page) -> None:
    three = opened.locator('input[name="sample-pain"][value="3"]')
    three.focus()
    opened.keyboard.press("ArrowRight")
    expect(opened.locator('input[name="sample-pain"][value="4"]')).to_be_checked()


def test_the_light_changes_at_once_and_stays(opened: Page) -> None:
    opened.get_by_role("button", name="Night").click()
    expect(opened.locator("html")).to_have_attribute("data-theme", "dark")
    expect(opened.get_by_role("button", name="Night")).to_have_attribute("aria-pressed", "true")
    opened.wait_for_load_state("networkidle")
    opened.reload()
    expect(opened.locator("html")).to_have_attribute("data-theme", "dark")


def test_a_form_is_sent_once(opened: Page) -> None:
    sent: list[str] = []

    def stay(route: Route) -> None:
        sent.append(route.request.url)
        route.fulfill(status=204)  # nothing new to show: the page stays as it is

    opened.route("**/sent-once/", stay)
    opened.evaluate("""() => {
        const form = document.createElement('form');
        form.method = 'post'; form.action = '/sent-once/';
        form.innerHTML = '<button id="once">Send</button>';
        document.querySelector('main').prepend(form);
    }""")
    button = opened.locator("#once")
    button.click(no_wait_after=True)
    expect(button).to_have_attribute("aria-busy", "true")
    button.evaluate("one => { one.click(); one.form.requestSubmit(one); }")
    opened.wait_for_timeout(300)
    assert len(sent) == 1


def test_the_banner_comes_and_goes_with_the_network(opened: Page) -> None:
    banner = opened.locator("[data-offline]")
    expect(banner).to_be_hidden()
    opened.context.set_offline(True)
    expect(banner).to_be_visible()
    opened.context.set_offline(False)
    expect(banner).to_be_hidden()


def test_on_paper_the_folds_are_open_and_the_way_about_is_gone(opened: Page) -> None:
    opened.emulate_media(media="print")
    expect(opened.locator(".top .emergency-link")).to_be_hidden()
    expect(opened.locator(".nav")).to_be_hidden()
    expect(opened.get_by_text("A leg that grows weak")).to_be_visible()


def test_the_keyboard_skips_to_the_content_and_shows_where_it_is(opened: Page) -> None:
    opened.keyboard.press("Tab")
    skip = opened.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    opened.keyboard.press("Tab")
    assert opened.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    skip.focus()
    opened.keyboard.press("Enter")
    expect(opened.locator("main")).to_be_focused()
