"""The pages of a clinic's own terms, as its owner uses them: kept, or given back filled in with what to mend."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from liftback.records.models import (
    CallHours,
    CallHoursException,
    Clinic,
    ClosedDay,
    ConsentText,
    Licence,
    Membership,
    OpeningHours,
)
from tests.people import NOW, People, everybody, licence
from tests.web.clinic.practice_people import browser, text_of


@pytest.fixture
def people(db: None) -> Iterator[People]:
    with time_machine.travel(NOW, tick=False):
        yield everybody()


@pytest.fixture
def owner(people: People) -> Client:
    return browser(people.owner)


def here() -> Clinic:
    return Clinic.objects.get(slug="this")


def test_the_first_page_says_what_is_missing(owner: Client, people: People) -> None:
    page = text_of(owner.get("/desk/clinic/"))
    assert "No licence is written down: everybody is sent to a colleague." in page
    licence(people.therapist)
    assert "New York" in text_of(owner.get("/desk/clinic/"))


def test_a_form_comes_back_filled_in_with_the_fault_at_its_field(owner: Client) -> None:
    told = {"name": "Barbell & Back", "phone": "212", "email": "nope", "zone": "America/Chicago", "country": "US"}
    answer = owner.post("/desk/clinic/contact/", told)
    page = text_of(answer)
    assert answer.status_code == 422
    assert 'value="Barbell &amp; Back"' in page
    assert '<option value="America/Chicago" selected>' in page
    assert 'href="#contact-email"' in page
    assert "That is no e-mail address" in page
    assert here().name == "This clinic"
    assert owner.post("/desk/clinic/contact/", {**told, "email": ""}).status_code == 302
    assert (here().name, here().zone) == ("Barbell & Back", "America/Chicago")


def test_what_is_no_number_is_said_and_kept_in_the_field(owner: Client) -> None:
    answer = owner.post("/desk/clinic/promise/", {"promise_kind": "clock_hours", "promise_hours": "soon"})
    assert answer.status_code == 422
    assert "Write a whole number." in text_of(answer)
    assert 'value="soon"' in text_of(answer)


def test_the_promise_shows_an_example_in_words(owner: Client) -> None:
    owner.post("/desk/clinic/promise/", {"promise_kind": "business_day", "promise_hours": 24, "keeps_days": 730})
    page = text_of(owner.get("/desk/clinic/promise/"))
    assert "A request on Friday 16:30 is due by" in page
    assert "Monday 30 November" in page


def test_hours_are_kept_and_a_day_that_cannot_be_read_loses_no_other(owner: Client) -> None:
    week = {"do": "hours", "day-0": "9-12am, 1pm-5pm", "day-1": "whenever"}
    answer = owner.post("/desk/clinic/hours/", week)
    page = text_of(answer)
    assert answer.status_code == 422
    assert 'value="9-12am, 1pm-5pm"' in page
    assert "cannot be read as hours" in page
    assert OpeningHours.objects.filter(clinic=here()).count() == 5
    owner.post("/desk/clinic/hours/", {"do": "hours", "day-0": "9am-12pm, 1pm-5pm"})
    assert OpeningHours.objects.filter(clinic=here()).count() == 2
    assert 'value="09:00-12:00, 13:00-17:00"' in text_of(owner.get("/desk/clinic/hours/"))


def test_holidays_are_listed_and_one_is_taken_back(owner: Client) -> None:
    assert "Thu 26 Nov 2026: Thanksgiving" in text_of(owner.get("/desk/clinic/hours/"))
    told = {"do": "close", "first": "2026-11-26", "open_anyway": "on"}
    assert owner.post("/desk/clinic/hours/", told).status_code == 302
    assert "a holiday, and open" in text_of(owner.get("/desk/clinic/hours/"))
    owner.post("/desk/clinic/hours/", {"do": "open", "closed": ClosedDay.objects.get().pk})
    assert not ClosedDay.objects.exists()


def test_licences_are_written_down_and_the_one_that_ends_is_warned_of(owner: Client, people: People) -> None:
    member = Membership.objects.get(person=people.therapist)
    told = {
        "do": "add", "membership": member.pk, "state": "NJ", "kind": "compact_privilege", "number": "C-77",
        "valid_from": "2026-01-01", "valid_until": "2026-11-24",
    }  # fmt: skip
    answer = owner.post("/desk/clinic/states/", told)
    assert answer.status_code == 422
    assert "look it up" in text_of(answer)
    assert 'value="C-77"' in text_of(answer)
    assert owner.post("/desk/clinic/states/", {**told, "looked_up_on": "2026-11-20"}).status_code == 302
    page = text_of(owner.get("/desk/clinic/states/"))
    assert "looked up on 20 Nov 2026" in page
    assert "Ending within 60 days" in page
    assert Licence.objects.get().state == "NJ"


def test_a_licence_of_another_clinic_is_not_there(owner: Client, people: People) -> None:
    theirs = licence(people.other_therapist)
    for told in ({"do": "end", "licence": theirs.pk}, {"do": "remove", "licence": theirs.pk}):
        assert owner.post("/desk/clinic/states/", told).status_code == 404
    assert Licence.objects.get(pk=theirs.pk).valid_until is None


def test_modules_are_switched_off_and_on(owner: Client) -> None:
    page = text_of(owner.get("/desk/clinic/modules/"))
    assert "they cannot be switched off" in page
    owner.post("/desk/clinic/modules/", {"on": ["consult", "booking", "messages", "planning", "unsigned_plans"]})
    assert here().modules_off == ["directory"]


def test_a_new_consent_text_makes_a_version_and_the_old_one_stays(owner: Client) -> None:
    for text in ("We call you.", "We call or write."):
        told = {"do": "consent", "kind": "consult", "language": "en", "text": text}
        assert owner.post("/desk/clinic/texts/?language=en", told).status_code == 302
    page = text_of(owner.get("/desk/clinic/texts/"))
    assert "Version 2" in page
    assert "We call you." in page
    assert ConsentText.objects.filter(clinic=here()).count() == 2
    answer = owner.post("/desk/clinic/texts/?language=en", {**told, "text": "x" * 5_000})
    assert answer.status_code == 422
    assert "x" * 5_000 in text_of(answer)


def test_own_words_are_escaped_where_they_are_shown(owner: Client) -> None:
    owner.post("/desk/clinic/texts/", {"do": "text", "name": "welcome", "text": "<script>alert(1)</script>"})
    assert "<script>alert" not in text_of(owner.get("/desk/clinic/texts/"))
    assert here().texts["welcome"] == "<script>alert(1)</script>"


@pytest.mark.parametrize("do", ["nothing", "drop"])
def test_a_form_of_an_old_page_is_answered_with_a_sentence(owner: Client, do: str) -> None:
    answer = owner.post("/desk/clinic/states/", {"do": do})
    assert answer.status_code == 409
    assert "Reload it" in text_of(answer)


def test_a_therapist_sets_their_own_hours_and_the_owner_anybodys(owner: Client, people: People) -> None:
    therapist, mine = browser(people.therapist), Membership.objects.get(person=people.therapist)
    week = {"do": "hours", "takes_calls": "on", "day-0": "9-12", "day-2": "13:00-17:00"}
    assert therapist.post("/desk/hours/", week).status_code == 302
    assert CallHours.objects.filter(therapist=mine).count() == 2
    mine.refresh_from_db()
    assert mine.takes_calls
    owners = Membership.objects.get(person=people.owner)
    therapist.post("/desk/hours/", {**week, "of": owners.pk})
    assert not CallHours.objects.filter(therapist=owners).exists()  # another's number changes one's own
    assert owner.post("/desk/hours/", {"do": "hours", "of": mine.pk, "day-0": "9-11"}).status_code == 302
    assert CallHours.objects.filter(therapist=mine).count() == 1


def test_days_that_differ_are_added_and_removed(people: People) -> None:
    therapist = browser(people.therapist)
    told = {"do": "differ", "day": "2026-11-25", "kind": "off", "hours": "soon"}
    answer = therapist.post("/desk/hours/", told)
    assert answer.status_code == 422
    assert 'value="soon"' in text_of(answer)
    assert therapist.post("/desk/hours/", {**told, "hours": "9-10, 12-13"}).status_code == 302
    assert CallHoursException.objects.count() == 2
    for one in CallHoursException.objects.all():
        therapist.post("/desk/hours/", {"do": "as_usual", "number": one.pk})
    assert not CallHoursException.objects.exists()


def test_an_extra_day_needs_hours(people: People) -> None:
    answer = browser(people.therapist).post("/desk/hours/", {"do": "differ", "day": "2026-11-28", "kind": "extra"})
    assert answer.status_code == 422
    assert "from when until when" in text_of(answer)
