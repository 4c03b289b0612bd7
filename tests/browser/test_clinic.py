"""From the consult form to the brief, the call, a booking and its end, as the people who do it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import time, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect

from liftback.records.jobs.tick import tick
from liftback.records.models import (
    AuditRow,
    Booking,
    CallHours,
    Clinic,
    ConsultRequest,
    Licence,
    Mail,
    Membership,
    OpeningHours,
    Person,
)
from tests.browser.conftest import PATIENCE, PHONE, watch

DESK = {"width": 1280, "height": 900}
WORDS = "Pulled it on a deadlift two weeks ago. It is stiff in the morning, no numbness anywhere."
ALARMING = "Since last night I can't feel when I wipe, and I cannot pee properly."


@pytest.fixture
def clinic(transactional_db: None) -> Clinic:
    """A clinic in New York that is open and takes calls at every hour, with one therapist and a front desk."""
    made = Clinic.objects.create(name="Ironside Clinic", slug="ironside", subdivision="NY", notice_minutes=0)
    OpeningHours.objects.bulk_create(
        OpeningHours(clinic=made, weekday=day, opens=time(0), closes=time(23, 59)) for day in range(7)
    )
    for name, role in (("tess", Membership.Role.THERAPIST), ("fran", Membership.Role.FRONT_DESK)):
        person = Person.objects.create_user(f"{name}@clinic.example", name=name.title())
        membership = Membership.objects.create(person=person, clinic=made, role=role, takes_calls=name == "tess")
        if name == "tess":
            begun = timezone.now().date() - timedelta(days=90)
            Licence.objects.create(therapist=membership, state="NY", number="PT-7", valid_from=begun)
            CallHours.objects.bulk_create(
                CallHours(therapist=membership, weekday=day, begins=time(0), ends=time(23, 55)) for day in range(7)
            )
    return made


@pytest.fixture
def desk_of(browser: Browser, address: str, signed_in: Callable[..., Page]) -> Iterator[Callable[[str], Page]]:
    """The screen of somebody at work, on a desk: `desk_of("tess")`."""
    opened: list[BrowserContext] = []

    def open_for(name: str) -> Page:
        context = browser.new_context(viewport=DESK, base_url=address, locale="en-GB", timezone_id="America/New_York")  # type: ignore[arg-type]  # a plain dict of the two
        context.set_default_timeout(PATIENCE)
        opened.append(context)
        screen = context.new_page()
        troubles = watch(screen)
        screen.on("close", lambda _: troubles.clear() if not troubles else pytest.fail(str(troubles)))
        return signed_in(screen, Person.objects.get(email=f"{name}@clinic.example"))

    yield open_for
    for context in opened:
        context.close()


def fill_form(page: Page, *, words: str, name: str = "Lee Lifter") -> None:
    """The consult form, as a stranger fills it in."""
    page.get_by_label("Your name").fill(name)
    page.get_by_text("By phone", exact=True).click()
    page.get_by_label("Phone", exact=True).fill("(212) 555-0142")
    page.get_by_label("E-mail", exact=True).fill("lee@people.example")
    page.get_by_label("Where are you now?").select_option("NY")
    page.get_by_label("What is going on?").fill(words)
    page.get_by_text("I agree", exact=True).click()


def picture(page: Page, folder: Path | None, name: str) -> None:
    if folder is not None:
        page.screenshot(path=folder / f"clinic_{name}.png", full_page=True)


def test_from_the_form_to_the_brief_to_a_call_and_its_end(
    clinic: Clinic,
    page: Page,
    desk_of: Callable[[str], Page],
    axe: Callable[..., None],
    pictures: Path | None,
) -> None:
    def look(screen: Page, name: str) -> None:
        axe(screen)
        picture(screen, pictures, name)

    page.goto("/consult/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    look(page, "form")
    fill_form(page, words=WORDS)
    page.get_by_role("button", name="Send it").click()
    expect(page).to_have_url(re.compile("/asked/"))
    look(page, "asked")
    tess = desk_of("tess")
    read_the_brief(tess, look)
    booked = book(page, look)

    tess.goto("/desk/calls/")
    expect(tess.get_by_text(re.compile("Lee")).first).to_be_visible()
    look(tess, "calls")

    page.get_by_role("link", name="Cancel it").click()
    assert Booking.objects.get().state == Booking.State.CONFIRMED, "looking changes nothing"
    page.get_by_role("button", name=re.compile("Cancel")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("This call is cancelled")
    booked.refresh_from_db()
    assert booked.state == Booking.State.CANCELLED
    assert not booked.taken.exists()
    assert set(Mail.objects.filter(booking=booked).values_list("method", flat=True)) >= {"REQUEST", "CANCEL"}


def read_the_brief(tess: Page, look: Callable[[Page, str], None]) -> None:
    """A therapist finds the request in the list, takes it, and reads the brief; one row of the audit says so."""
    asked = ConsultRequest.objects.get()
    assert not asked.flagged
    assert asked.due_at is not None
    tess.goto("/desk/")
    expect(tess.get_by_text("Lee Lifter").first).to_be_visible()
    look(tess, "desk")
    tess.get_by_role("link", name="Lee Lifter").click()
    tess.get_by_role("button", name="Take it").click()
    expect(tess.get_by_text("You have it.")).to_be_visible()
    look(tess, "request")
    tess.goto(f"/desk/requests/{asked.pk}/brief/")
    expect(tess.get_by_text("Pulled it on a deadlift", exact=False).first).to_be_visible()
    look(tess, "brief")
    assert AuditRow.objects.filter(what="brief", request=asked.pk, actor_name="Tess").count() == 1


def book(page: Page, look: Callable[[Page, str], None]) -> Booking:
    """From the page after the form to a booked call."""
    page.get_by_role("link", name=re.compile("free call", re.IGNORECASE)).first.click()
    look(page, "times")
    page.locator("button.time").nth(3).click()
    expect(page).to_have_url(re.compile("/call/"))
    look(page, "confirm")
    page.get_by_label("Where will you be when we call?").select_option("NY")
    page.get_by_text("I have read it, and agree").click()
    page.get_by_role("button", name="Book this time").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your call is booked")
    look(page, "booked")
    booked = Booking.objects.get()
    assert booked.state == Booking.State.CONFIRMED
    assert booked.taken.exists()
    return booked


def test_the_call_itself_keeps_the_promise(
    clinic: Clinic, page: Page, desk_of: Callable[[str], Page], pictures: Path | None
) -> None:
    page.goto("/at/ironside/consult/")
    fill_form(page, words=WORDS)
    page.get_by_role("button", name="Send it").click()
    expect(page).to_have_url(re.compile("/asked/"))
    asked = ConsultRequest.objects.get()
    fran = desk_of("fran")
    fran.goto(f"/desk/requests/{asked.pk}/")
    assert fran.get_by_text("Pulled it on a deadlift").count() == 0, "the front desk reads nobody's words"
    fran.get_by_label("How it went").select_option("phone:reached")
    fran.get_by_role("button", name="Write it down").click()
    expect(fran.locator("#main")).to_contain_text(re.compile("kept|contact", re.IGNORECASE))
    asked.refresh_from_db()
    assert asked.met_how == "contact"
    assert fran.request.get(f"/desk/requests/{asked.pk}/brief/").status == 404


def test_words_that_tell_of_a_sign_lead_to_the_emergency_page_and_wait_in_no_queue(
    clinic: Clinic,
    page: Page,
    desk_of: Callable[[str], Page],
    axe: Callable[..., None],
    pictures: Path | None,
) -> None:
    page.goto("/at/ironside/consult/")
    fill_form(page, words=ALARMING, name="Ann Alarmed")
    page.get_by_role("button", name="Send it").click()
    expect(page).to_have_url(re.compile("/asked/"))
    expect(page.locator("#main")).to_contain_text("911")
    axe(page)
    picture(page, pictures, "alarm")
    asked = ConsultRequest.objects.get()
    assert asked.flagged
    assert asked.due_at == asked.received_at
    tess = desk_of("tess")
    tess.goto("/desk/")
    expect(tess.get_by_text("Call now").first).to_be_visible()
    picture(tess, pictures, "desk_flagged")
    tick(now=timezone.now())
    told = Mail.objects.filter(request=asked).exclude(to="lee@people.example")
    assert told.exists(), "those who work there hear of it at once"
    assert not [one for one in told if "wipe" in one.body + one.subject]


def test_all_of_it_without_javascript(clinic: Clinic, browser: Browser, address: str) -> None:
    context = browser.new_context(viewport=PHONE, base_url=address, java_script_enabled=False)  # type: ignore[arg-type]  # a plain dict of the two
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto("/at/ironside/consult/")
    fill_form(page, words=WORDS)
    page.get_by_role("button", name="Send it").click()
    expect(page).to_have_url(re.compile("/asked/"))
    page.goto("/at/ironside/call/")
    page.locator("button.time").first.click()
    page.get_by_label("What shall we call you?").fill("Lee")
    page.get_by_label("The number to call you on").fill("+44 20 7946 0958")
    page.get_by_label("Where will you be when we call?").select_option("NY")
    page.get_by_text("I have read it, and agree").click()
    page.get_by_role("button", name="Book this time").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your call is booked")
    assert Booking.objects.get().phone == "+442079460958"
    context.close()


@pytest.fixture(autouse=True)
def no_mail_leaves() -> Iterator[Any]:
    """Mails stay in memory."""
    yield
    mail.outbox.clear()
