"""Taking a consult form: read for danger, sent where it belongs, kept once, and taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liftback.records import consents, modules
from liftback.records.models import (
    Clinic,
    ConsultRequest,
    Episode,
    Escalation,
    Mail,
    Membership,
    RequestStep,
    Share,
    StoryVersion,
)
from liftback.records.policies import NotNowError
from liftback.records.read.clinic import door
from liftback.records.write import keep_story
from liftback.records.write.clinic import requests, shares
from liftback.records.write.clinic.danger import danger_in
from tests import people
from tests.people import NOW, TODAY
from tests.records.clinic.door_people import colleague, practice, take, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Clinic:
    return practice()


# --- danger ----------------------------------------------------------------------------------------------------------

WORDS = [
    # what somebody writes                                             level          at once
    ("My back is achy after squats", "", False),
    ("no numbness anywhere, no weakness, I pee as ever", "", False),
    ("I had numbness between my legs two years ago, it is over", "", False),
    ("what if I lose control of my bladder? I read about it", "", False),
    ("Since today I am numb between my legs", "emergency", True),
    ("I can't pee since yesterday", "emergency", True),
    ("maybe some numbness in my groin, I am not sure", "emergency", True),
    ("my left foot is weak", "same_day", True),
    ("fever and back pain", "same_day", True),
    ("no puedo orinar", "same_day", True),
    ("lost weight without trying", "within_days", False),
]


@pytest.mark.parametrize(("words", "level", "flagged"), WORDS)
def test_words_are_read_for_danger(here: Clinic, words: str, level: str, flagged: bool) -> None:
    taken = take(here, words=words)
    assert (taken.level, taken.flagged) == (level, flagged)
    assert (taken.due_at == taken.received_at) is flagged


def test_danger_is_read_in_every_free_field(here: Clinic) -> None:
    assert take(here, words="An achy back", best_time="now, I can't pee since yesterday").flagged
    assert take(here, words="An achy back", name="Rosa, I can't pee since yesterday").flagged


@pytest.mark.parametrize("state", ["NY", "NJ", ""])
def test_a_sign_is_told_to_everybody_at_once_wherever_the_person_is(here: Clinic, state: str) -> None:
    taken = take(here, words=WORDS[4][0], state=state, country="US" if state else "")
    mails = Mail.objects.filter(request=taken, kind="request_waits")
    assert set(mails.values_list("to", flat=True)) == set(
        Membership.objects.filter(clinic=here).values_list("person__email", flat=True)
    )
    for one in mails:
        assert str(taken.pk) in one.body
        assert "numb" not in one.subject + one.body
        assert "Rosa" not in one.subject + one.body
    assert list(Escalation.objects.filter(request=taken).values_list("share", flat=True)) == [100]


def test_a_story_that_calls_for_more_raises_and_never_lowers(here: Clinic) -> None:
    calm, urgent = (requests.Attached(level=level, document="x") for level in ("self_manage", "same_day"))
    assert take(here, attached=urgent).flagged
    assert take(here, attached=calm).level == "self_manage"
    both = take(here, attached=calm, words=WORDS[4][0])
    assert (both.level, both.flagged) == ("emergency", True)


def test_words_that_cannot_be_read_are_marked_for_a_person_to_read(here: Clinic) -> None:
    taken = take(here, words="Ich habe seit gestern Taubheit im Schritt und kann das Bein nicht heben")
    assert RequestStep.objects.filter(request=taken, kind="unreadable").exists()


def test_the_same_form_with_another_story_is_another_request(here: Clinic) -> None:
    page = uuid4()
    calm, urgent = requests.Attached(level="", document="x"), requests.Attached(level="emergency", document="y")
    first = take(here, form_id=page, attached=calm)
    second = take(here, form_id=page, attached=urgent)
    assert (first.flagged, second.flagged) == (False, True)
    assert take(here, form_id=page, attached=urgent) == second
    assert take(here, form_id=page, attached=calm) == first
    assert ConsultRequest.objects.count() == 2


SIGNS = st.sampled_from([words for words, _level, flagged in WORDS if flagged])
FILLERS = st.sampled_from(["I lift three times a week.", "It began after a heavy pull.", "Coffee helps.", "", "\n\n"])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=FILLERS, sign=SIGNS, after=FILLERS, level=st.sampled_from(["", "self_manage", "routine", "emergency"]))
def test_a_sign_that_is_there_never_waits(before: str, sign: str, after: str, level: str) -> None:
    found = danger_in(words=f"{before} {sign}. {after}", story_level=level, today=TODAY)
    assert found.flagged
    assert found.level in ("same_day", "emergency")


# --- once ------------------------------------------------------------------------------------------------------------


def test_a_form_sent_twice_is_one_request(here: Clinic) -> None:
    form_id = uuid4()
    first, second = (take(here, form_id=form_id, now=NOW + timedelta(minutes=place)) for place in range(2))
    assert first.pk == second.pk
    assert ConsultRequest.objects.count() == 1
    assert Mail.objects.filter(kind="receipt").count() == 1


def test_the_same_form_with_other_words_loses_nothing(here: Clinic) -> None:
    form_id = uuid4()
    first = take(here, form_id=form_id)
    second, again = (take(here, form_id=form_id, words=WORDS[4][0]) for _ in range(2))
    assert first.pk != second.pk == again.pk
    assert second.flagged


def test_the_same_form_with_a_story_after_all_loses_nothing(here: Clinic) -> None:
    form_id = uuid4()
    first = take(here, form_id=form_id)
    second, again = (
        take(here, form_id=form_id, attached=requests.Attached(level="same_day", document="a story")) for _ in range(2)
    )
    assert first.pk != second.pk == again.pk
    assert second.flagged


def test_a_form_that_was_taken_back_can_be_sent_again_but_not_for_ever(here: Clinic) -> None:
    form_id, found = uuid4(), set()
    for _ in range(6):
        taken = take(here, form_id=form_id)
        found.add(taken.pk)
        requests.withdraw(request=taken, now=NOW)
    assert len(found) == 6
    with pytest.raises(NotNowError):
        take(here, form_id=form_id)


def test_what_a_database_cannot_hold_is_kept_as_it_can(here: Clinic) -> None:
    assert take(here, words="an achy\0 back \ud800").words == "an achy\ufffd back ?"


def test_a_clinic_without_the_form_takes_none(here: Clinic) -> None:
    here.modules_off = [modules.CONSULT]
    with pytest.raises(NotNowError):
        take(here)


# --- the promise -----------------------------------------------------------------------------------------------------


def test_the_promise_is_computed_once_and_says_from_what(here: Clinic) -> None:
    taken = take(here)
    assert taken.due_at == NOW + timedelta(hours=24)
    assert taken.due_terms["kind"] == "clock_hours"
    assert taken.due_terms["zone"] == "America/New_York"
    assert taken.due_terms["tzdata"]
    Clinic.objects.update(promise_hours=2)
    assert ConsultRequest.objects.get().due_at == taken.due_at


def test_a_business_day_skips_holidays_closed_days_and_nights(here: Clinic) -> None:
    here.promise_kind = "business_day"
    # Wednesday 25 November 2026 at 11:00 in New York; the next day is Thanksgiving, and the clinic bridges Friday.
    here.closed_days.create(day=datetime(2026, 11, 27, tzinfo=UTC).date(), name="bridge")
    taken = take(here, now=datetime(2026, 11, 25, 16, 0, tzinfo=UTC))
    assert taken.due_at == datetime(2026, 11, 30, 16, 0, tzinfo=UTC)


def test_no_promise_where_nobody_is_licensed(here: Clinic) -> None:
    for state, country in (("NJ", "US"), ("", ""), ("", "ZZ")):
        assert take(here, state=state, country=country).due_at is None


def test_the_receipt_says_nothing_about_health(here: Clinic) -> None:
    taken = take(here, words="achy discs and hips")
    mail = Mail.objects.get(kind="receipt")
    assert mail.to == "rosa@people.example"
    assert "/asked/" in mail.body
    assert "achy" not in mail.body
    assert take(here, email="").pk != taken.pk
    assert Mail.objects.filter(kind="receipt").count() == 1


def test_a_place_that_is_told_later_brings_the_promise_from_then_on(here: Clinic) -> None:
    taken, later = take(here, state="", country=""), NOW + timedelta(days=2)
    told_now = requests.tell_place(request=taken, state="NY", now=later)
    assert (told_now.route, told_now.state, told_now.due_at) == ("queue", "NY", later + timedelta(hours=24))
    again = requests.tell_place(request=taken, state="NJ", now=later)
    assert again.state == "NY", "a place that was told is not changed behind the clinic's back"
    assert requests.tell_place(request=take(here, state="", country=""), state="WY", now=later).due_at is None
    sign = take(here, state="", country="", words=WORDS[4][0])
    assert requests.tell_place(request=sign, state="NY", now=later).due_at == NOW
    with pytest.raises(NotNowError):
        requests.tell_place(request=requests.withdraw(request=taken, now=later), state="NY", now=later)


# --- what is sent along ----------------------------------------------------------------------------------------------


def test_a_lifters_story_shares_their_records_and_a_strangers_is_kept_as_sent(here: Clinic) -> None:
    actor = people.person("lifter")
    lifter = people.lifter_of(actor)
    story = keep_story(actor=actor, lifter=lifter, document=people.story(), via="interview", now=NOW)
    consent = consents.current(clinic=here, kind=consents.RECORDS, now=NOW)
    sent = requests.Attached(level="routine", lifter=lifter, story=story, consent=consent)
    taken = take(here, person=actor, attached=sent)
    assert (taken.lifter, taken.story) == (lifter, story)
    assert shares.holds(lifter=lifter, clinic=here)
    assert door.attached_document(taken) == story.document
    other = take(here, attached=requests.Attached(level="routine", document=people.story()))
    assert door.attached_document(other) == people.story()
    assert door.attached_document(take(here)) == ""


def test_nothing_is_shared_without_a_yes(here: Clinic) -> None:
    actor = people.person("lifter")
    lifter = people.lifter_of(actor)
    keep_story(actor=actor, lifter=lifter, document=people.story(), via="interview", now=NOW)
    taken = take(here, person=actor)
    assert taken.lifter == lifter
    assert taken.story is None
    assert not Share.objects.exists()


# --- taking it back --------------------------------------------------------------------------------------------------


def test_taking_it_back_deletes_what_was_told_and_ends_the_sharing(here: Clinic) -> None:
    actor = people.person("lifter")
    lifter = people.lifter_of(actor)
    story = keep_story(actor=actor, lifter=lifter, document=people.story(), via="interview", now=NOW)
    consent = consents.current(clinic=here, kind=consents.RECORDS, now=NOW)
    sent = requests.Attached(level="routine", lifter=lifter, story=story, consent=consent)
    taken = take(here, person=actor, attached=sent, words=WORDS[4][0])
    for _ in range(2):
        back = requests.withdraw(request=taken, now=NOW + timedelta(hours=1))
    assert (back.words, back.read, back.phone, back.email, back.zip, back.story) == ("", [], "", "", "", None)
    assert (back.name, back.state, back.closed_why) == ("Rosa Diaz", "NY", "withdrawn")
    assert not shares.holds(lifter=lifter, clinic=here)
    assert StoryVersion.objects.filter(pk=story.pk).exists()
    assert not Mail.objects.filter(request=taken, state="queued").exists()
    assert RequestStep.objects.filter(request=taken, kind="withdrawn").count() == 1


def test_a_strangers_story_goes_with_it(here: Clinic) -> None:
    taken = take(here, attached=requests.Attached(level="routine", document="secret: words"))
    assert door.attached_document(requests.withdraw(request=taken, now=NOW)) == ""
    assert not RequestStep.objects.filter(request=taken, details__icontains="secret").exists()


def test_who_has_become_a_patient_asks_the_clinic(here: Clinic) -> None:
    taken = take(here)
    Episode.objects.create(clinic=here, request=taken, name=taken.name, opened_at=NOW)
    with pytest.raises(NotNowError):
        requests.withdraw(request=taken, now=NOW)
    assert ConsultRequest.objects.get(pk=taken.pk).words


def test_a_consent_of_another_kind_is_none(here: Clinic) -> None:
    consent = consents.current(clinic=here, kind=consents.CALL, now=NOW)
    with pytest.raises(NotNowError):
        requests.take(clinic=here, told=replace(told()), consent=consent, now=NOW)
    assert colleague(here, "Nobody").active
