"""A gym in a basement: without a network all that matters works, and what is told is sent once when it is back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, Playwright, expect

from liftback.records import write
from liftback.records.models import Entry, Person
from tests.browser.conftest import ARGUMENTS, PATIENCE, PHONE, soon
from tests.people import story

SignIn = Callable[[Page, Person], Page]
ASKED = """async () => {
  const names = (await caches.keys()).filter((name) => name.startsWith("liftback-pages-"));
  const paths = async (name) => (await (await caches.open(name)).keys()).map((one) => new URL(one.url).pathname);
  const found = {};
  for (const name of names) found[name] = await paths(name);
  return found;
}"""
QUEUE = "async () => (await liftbackStore.all()).map((one) => [one.kind, one.state, one.why])"


@pytest.fixture
def lifter(person: Person) -> Person:
    """A lifter with a story and a plan."""
    now = timezone.now()
    own = write.lifter_for(actor=person, now=now)
    write.keep_story(
        actor=person, lifter=own, document=story(now.date() - timedelta(days=14)), via="interview", now=now
    )
    return person


@pytest.fixture
def opened(playwright: Playwright, chromium: str, address: str, tmp_path: Path) -> Callable[[], BrowserContext]:
    """Opens a browser with a folder of its own, the same one each time."""

    def open_it() -> BrowserContext:
        context = playwright.chromium.launch_persistent_context(
            tmp_path,
            executable_path=chromium,
            args=ARGUMENTS,
            viewport=PHONE,  # type: ignore[arg-type]  # a plain dict of the two
            base_url=address,
        )
        context.set_default_timeout(PATIENCE)
        return context

    return open_it


def kept_pages(page: Page) -> dict[str, list[str]]:
    found: dict[str, list[str]] = page.evaluate(ASKED)
    return found


def ready(page: Page, *paths: str) -> None:
    """Wait until the service worker has these pages."""
    wanted = set(paths or ("/check-in/", "/today/", "/queue/", "/signs-offline/", "/emergency/", "/offline/", "/now/"))
    soon(lambda: wanted <= {one for found in kept_pages(page).values() for one in found}, within=60)


def entries() -> list[Any]:
    return list(Entry.objects.order_by("pk"))


def tap(page: Page, name: str, value: str) -> None:
    page.locator(f'label:has(input[name="{name}"][value="{value}"])').click()


def check_in(page: Page, *, pain: str = "3", **more: str) -> None:
    tap(page, "pain", pain)
    for name, value in more.items():
        tap(page, name, value)
    page.locator('form[data-entry="check_in"] button[type="submit"]').first.click()


def at_home(page: Page, sign_in: SignIn, person: Person, *paths: str) -> Page:
    """Signed in with a network, and all pages kept."""
    sign_in(page, person)
    page.goto("/check-in/")
    ready(page, *paths)
    return page


def test_a_check_in_without_a_network_is_sent_once(
    page: Page, browser_context: BrowserContext, lifter: Person, signed_in: SignIn
) -> None:
    at_home(page, signed_in, lifter)
    browser_context.set_offline(True)
    page.goto("/check-in/")
    expect(page.locator("#offline-old")).to_contain_text("No network")
    check_in(page)
    expect(page.get_by_text("Kept on this device, waiting to be sent")).to_be_visible()
    expect(page.locator("[data-queue]").first).to_contain_text("1")
    page.reload()
    expect(page.locator("[data-queue]").first).to_contain_text("1")
    assert entries() == []
    browser_context.set_offline(False)
    expect(page.locator("#offline-sent")).to_contain_text("Sent: 1")
    (row,) = entries()
    assert (row.kind, row.payload["pain"]) == ("check_in", 3)
    page.goto("/check-in/")
    page.reload()
    assert len(entries()) == 1


def waiting(page: Page) -> list[list[str]]:
    found: list[list[str]] = page.evaluate(QUEUE)
    return found


def test_what_was_done_survives_closing_the_browser(
    opened: Callable[[], BrowserContext], lifter: Person, signed_in: SignIn
) -> None:
    context = opened()
    page = signed_in(context.pages[0], lifter)
    page.goto("/today/")
    link = page.locator('a[href^="/plan/done/"]').first
    href = link.get_attribute("href") or ""
    assert href
    ready(page, "/today/", "/plan/done/", "/queue/")
    context.set_offline(True)
    page.goto(href)
    page.locator('form[data-entry="done"] button[type="submit"]').first.click()
    expect(page.get_by_text("Kept on this device, waiting to be sent")).to_be_visible()
    context.close()  # cut off, as by a dead battery: nothing is said to the page

    assert entries() == []

    context = opened()  # there is a network again, and a page of ours is opened
    page = context.pages[0]
    page.goto("/queue/")
    expect(page.locator("#queue-sent .queue-entry")).to_have_count(1)
    page.reload()
    assert [one.kind for one in entries()] == ["done"]
    context.close()


def test_two_tabs_send_each_entry_once(
    page: Page, browser_context: BrowserContext, lifter: Person, signed_in: SignIn
) -> None:
    at_home(page, signed_in, lifter)
    other = browser_context.new_page()
    browser_context.set_offline(True)
    for tab, pain in ((page, "2"), (other, "4")):
        tab.goto("/check-in/")
        check_in(tab, pain=pain)
        expect(tab.get_by_text("Kept on this device, waiting to be sent")).to_be_visible()
    expect(page.locator("[data-queue]").first).to_contain_text("2")
    browser_context.set_offline(False)
    soon(lambda: [one[1] for one in waiting(page)] == ["sent", "sent"])
    assert sorted(one.payload["pain"] for one in entries()) == [2, 4]


def test_a_network_that_only_seems_to_be_there_loses_nothing(
    page: Page, browser_context: BrowserContext, lifter: Person, signed_in: SignIn
) -> None:
    page.add_init_script("Object.defineProperty(navigator, 'onLine', { get: () => true })")
    at_home(page, signed_in, lifter)
    browser_context.set_offline(True)
    check_in(page)  # the page is a fresh one, so that it is sent as usual, and fails
    page.wait_for_url("**/queue/?kept=*")
    expect(page.locator("#queue-waiting .queue-entry")).to_have_count(1)
    browser_context.set_offline(False)
    page.reload()
    expect(page.locator("#queue-sent .queue-entry")).to_have_count(1)
    assert len(entries()) == 1


def test_a_part_of_a_page_that_cannot_be_sent_is_kept_in_its_place(
    page: Page, browser_context: BrowserContext, lifter: Person, signed_in: SignIn, axe: Callable[..., None]
) -> None:
    page.add_init_script("Object.defineProperty(navigator, 'onLine', { get: () => true })")
    signed_in(page, lifter)
    page.goto("/today/")
    ready(page, "/queue/")
    page.locator('a[href^="/plan/done/"]').first.click()
    form = page.locator('form[data-entry="done"]')
    expect(form).to_be_visible()
    browser_context.set_offline(True)
    form.locator('button[type="submit"]').first.click()
    expect(page.get_by_text("Kept on this device, waiting to be sent")).to_be_visible()
    axe(page)
    browser_context.set_offline(False)
    page.reload()
    soon(lambda: [one.kind for one in entries()] == ["done"])


def test_an_address_that_is_not_kept_says_so(
    page: Page, browser_context: BrowserContext, lifter: Person, signed_in: SignIn
) -> None:
    at_home(page, signed_in, lifter)
    browser_context.set_offline(True)
    page.goto("/settings/")
    expect(page.locator("h1")).to_contain_text("No network")
    assert page.evaluate("async () => (await caches.match('/settings/')) === undefined")


def test_a_page_kept_yesterday_shows_and_counts_today(
    page: Page, browser_context: BrowserContext, lifter: Person, signed_in: SignIn
) -> None:
    at_home(page, signed_in, lifter)
    browser_context.set_offline(True)
    page.clock.set_fixed_time(timezone.now() + timedelta(days=1))
    page.goto("/today/")
    expect(page.locator("#later-day")).to_contain_text("earlier day")
    page.goto("/check-in/")
    expect(page.locator("#offline-old")).to_contain_text("counts for today")
    check_in(page)
    expect(page.get_by_text("Kept on this device, waiting to be sent")).to_be_visible()
    day = page.evaluate("async () => (await liftbackStore.all())[0].day")
    assert day == (timezone.now() + timedelta(days=1)).date().isoformat()


def test_what_is_refused_stays_with_the_reason_and_can_be_mended(page: Page, lifter: Person, signed_in: SignIn) -> None:
    at_home(page, signed_in, lifter, "/queue/")
    ahead = (timezone.now() + timedelta(days=9)).date().isoformat()
    page.evaluate(
        """async (day) => liftbackStore.keep({ client_id: liftbackStore.newId(), person: liftbackOffline.config.person,
          device: "d", kind: "check_in", day: day, client_time: liftbackStore.stamped(new Date()),
          form: [["pain", "3"]], words: [["Pain", "3"]], offline: true })""",
        ahead,
    )
    page.goto("/queue/")
    refused = page.locator("#queue-refused .queue-entry")
    expect(refused).to_contain_text("has not come yet")
    page.reload()
    expect(refused).to_have_count(1)
    page.get_by_role("button", name="Copy all as text").click()
    assert "Pain: 3" in page.locator("#queue-words").input_value()
    page.get_by_role("button", name="Change the day and send").click()
    expect(page.locator("#queue-sent .queue-entry")).to_have_count(1)
    assert [one.day for one in entries()] == [timezone.now().date()]


def test_a_sign_in_that_ran_out_loses_nothing(
    page: Page, browser_context: BrowserContext, lifter: Person, signed_in: SignIn
) -> None:
    at_home(page, signed_in, lifter)
    browser_context.set_offline(True)
    page.goto("/check-in/")
    check_in(page)
    expect(page.get_by_text("Kept on this device, waiting to be sent")).to_be_visible()
    browser_context.clear_cookies()
    browser_context.set_offline(False)
    expect(page.locator("#offline-sign-in")).to_contain_text("Sign in, and it is sent")
    assert entries() == []
    signed_in(page, lifter)
    page.goto("/check-in/")
    soon(lambda: len(entries()) == 1)


def test_one_persons_pages_and_entries_never_reach_another(
    page: Page, browser_context: BrowserContext, lifter: Person, make_person: Callable[..., Person], signed_in: SignIn
) -> None:
    at_home(page, signed_in, lifter)
    browser_context.set_offline(True)
    page.goto("/check-in/")
    check_in(page)
    expect(page.get_by_text("Kept on this device, waiting to be sent")).to_be_visible()
    browser_context.clear_cookies()
    bob = make_person("bob")
    signed_in(page, bob)
    browser_context.set_offline(False)
    page.goto("/check-in/")
    own = page.evaluate("liftbackOffline.config.person")
    soon(lambda: list(kept_pages(page)) == [f"liftback-pages-{own}"])
    page.goto("/queue/")
    expect(page.locator("#queue-others")).to_contain_text("another account: 1")
    expect(page.locator(".queue-entry")).to_have_count(0)
    assert entries() == []


def test_signing_out_empties_what_was_kept(
    page: Page, browser_context: BrowserContext, lifter: Person, signed_in: SignIn
) -> None:
    at_home(page, signed_in, lifter)
    own = page.evaluate("liftbackOffline.config.person")
    page.goto("/account/logout/")
    page.locator('form[action="/account/logout/"] button[type="submit"]').first.click()
    page.wait_for_url(lambda url: "logout" not in url)
    soon(lambda: f"liftback-pages-{own}" not in kept_pages(page))
    browser_context.set_offline(True)
    assert page.evaluate("async () => (await caches.match('/today/')) === undefined")
