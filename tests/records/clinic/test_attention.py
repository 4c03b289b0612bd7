"""Who needs attention, and why: every reason once, alarms on top, nothing missed while pages are worked out."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from liftback.records import modules
from liftback.records.models import AuditRow, Clinic, Episode, Lifter, Membership, Person, Share
from liftback.records.permissions import NotAllowedError
from liftback.records.read.clinic import attention
from liftback.records.read.clinic.attention import ALARMS, ORDER, Row
from liftback.records.working_out import work_out
from liftback.records.write.clinic import episodes, shares, signatures, threads
from tests.people import story
from tests.records.clinic.treated import asked, care
from tests.records.clinic.under_care import Treated, told_alarm, treated
from tests.web.training.conftest import NOW

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


@pytest.fixture
def of(db: None) -> Treated:
    return treated()


def ready(of: Treated, now: datetime = NOW) -> None:
    of.care.lifter.refresh_from_db()
    work_out(of.care.lifter, today=now.date(), now=now)


def row(of: Treated, now: datetime = NOW, *, worked_out: bool = True) -> Row:
    if worked_out:
        ready(of, now)
    return attention.of(staff=of.care.staff, now=now).rows[0]


def kinds(found: Row) -> list[str]:
    return [one.kind for one in found.reasons]


def test_a_quiet_patient_with_an_unsigned_plan(of: Treated) -> None:
    of.tell("check_in", pain=2, signs="no")
    found = row(of)
    assert kinds(found) == ["unsigned"]
    assert (found.alarm, found.working, found.shown) == (False, False, True)


def test_nothing_to_do_when_it_is_signed(of: Treated) -> None:
    of.tell("check_in", pain=2, signs="no")
    print_of = of.page()["fingerprint"]
    signatures.sign_plan(staff=of.care.staff, episode=of.fresh(), fingerprint=print_of, words="", now=NOW)
    assert kinds(row(of)) == []
    of.edit("hold")
    assert kinds(row(of)) == ["plan_moved_on"]


@pytest.mark.parametrize("told", [{"signs": "yes"}, {"signs": "not_sure"}, {"note": "I lost control of my bladder"}])
def test_a_sign_stands_on_top_before_anything_is_worked_out(of: Treated, told: dict[str, Any]) -> None:
    ready(of)
    of.tell("check_in", pain=2, **told)
    found = row(of, worked_out=False)
    assert (found.working, found.alarm) == (True, True)
    assert kinds(found)[0] == "sign_told"
    found = row(of)
    assert (found.working, found.alarm) == (False, True), "and it stays an alarm once it is worked out"
    assert "sign_open" in kinds(found) or "emergency" in kinds(found)


def test_an_alarm_is_over_only_when_the_signs_were_gone_through(of: Treated) -> None:
    told_alarm(of)
    assert row(of).alarm
    of.tell("check_in", NOW + timedelta(hours=1), pain=1, signs="no")
    assert row(of, NOW + timedelta(hours=1)).alarm, "a later no takes nothing back"


@pytest.mark.parametrize("leg", ["further", "numb_or_weak"])
def test_a_leg_after_a_lift_is_an_alarm_until_the_signs_were_gone_through(of: Treated, leg: str) -> None:
    told = {"pain_before": 2, "pain_during": 2, "how_it_felt": ["none"], "leg_after": leg}
    of.tell("done", lift="Leg Extension (Machine)", sets=3, reps=12, weight=55, unit="kg", told=told)
    assert kinds(row(of, worked_out=False))[0] == "sign_told"
    found = row(of)
    assert "sign_open" in kinds(found)
    assert found.alarm


def test_without_any_story_a_sign_is_not_missed(db: None) -> None:
    alone = care()
    shares.give(**alone.own, clinic=alone.clinic, consent=_text(alone), now=NOW)
    episode = episodes.open_episode(
        staff=alone.staff, request=asked(alone, lifter=alone.lifter), therapist=None, now=NOW
    )
    of = Treated(care=alone, episode=episode)
    told_alarm(of)
    assert kinds(row(of, worked_out=False)) == ["sign_told"]
    assert kinds(row(of)) == ["sign_open"]


def _text(of: Any) -> Any:
    from liftback.records import consents  # noqa: PLC0415

    return consents.current(clinic=of.clinic, kind=consents.RECORDS, now=NOW)


@pytest.mark.parametrize(
    ("answers", "kind"), [({"saddle_numbness": "yes"}, "emergency"), ({"saddle_numbness": "not_sure"}, "")]
)
def test_the_level_of_the_answers(answers: dict[str, Any], kind: str) -> None:
    of = treated(document=story(**answers))
    found = row(of)
    assert found.alarm
    assert kinds(found)[0] in ALARMS
    assert kind in kinds(found) or not kind


def test_a_red_exposure_counts_for_a_week(of: Treated) -> None:
    bad = {"pain_before": 2, "pain_during": 8, "how_it_felt": ["none"], "leg_after": "no"}
    of.tell("done", lift="Leg Extension (Machine)", sets=3, reps=12, weight=55, unit="kg", told=bad)
    (red,) = [one for one in row(of).reasons if one.kind == "red"]
    assert (red.about, red.since, red.many) == ("Leg Extension (Machine)", NOW.date(), 1)
    later = NOW + timedelta(days=8)
    of.tell("check_in", later, pain=1, signs="no")
    assert "red" not in kinds(row(of, later))


def test_a_week_without_a_word_is_a_reason_and_a_check_in_is_a_word(of: Treated) -> None:
    of.tell("check_in", pain=2, signs="no")
    later = NOW + WEEK
    (quiet,) = [one for one in row(of, later).reasons if one.kind == "quiet"]
    assert (quiet.since, quiet.many) == (NOW.date(), 7)
    assert "quiet" not in kinds(row(of, NOW + timedelta(days=6)))
    of.tell("check_in", later, pain=1, signs="no")
    assert "quiet" not in kinds(row(of, later))


def test_unread_and_flagged_messages(of: Treated) -> None:
    given: dict[str, Any] = {"actor": of.care.person, "now": NOW}
    threads.send(**given, episode=of.fresh(), text="When may I squat again?", client_id=uuid.uuid4())
    assert "unread" in kinds(row(of))
    threads.send(**given, episode=of.fresh(), text="I lost control of my bladder", client_id=uuid.uuid4())
    assert "flagged_message" in kinds(row(of, worked_out=False))
    assert row(of).alarm


def test_not_joined_and_no_longer_sharing(of: Treated) -> None:
    Episode.objects.create(clinic=of.care.clinic, name="Bo", email="bo@people.example", opened_at=NOW)
    rows = {one.episode.name: one for one in attention.of(staff=of.care.staff, now=NOW).rows}
    assert kinds(rows["Bo"]) == ["not_joined"]
    told_alarm(of)
    shares.stop(**of.care.own, clinic=of.care.clinic, now=NOW)
    found = next(one for one in attention.of(staff=of.care.staff, now=NOW).rows if one.episode.name != "Bo")
    assert (found.shown, kinds(found), found.last_told) == (False, ["not_shared"], None), "nothing of theirs is seen"


def test_what_was_reached(of: Treated, monkeypatch: pytest.MonkeyPatch) -> None:
    from liftback.records import summary  # noqa: PLC0415

    kept = summary.summary_of

    def reached(lifter: Lifter, pages: Any) -> Any:
        return {**kept(lifter, pages), "ready": True, "back": [[NOW.date().isoformat(), "Deadlift"]]}

    monkeypatch.setattr(summary, "summary_of", reached)
    of.tell("check_in", pain=1, signs="no")
    assert kinds(row(of)) == ["unsigned", "ready", "back"]


def test_where_plans_are_off_nobody_is_asked_to_sign(of: Treated) -> None:
    Clinic.objects.update(modules_off=[modules.PLANNING])
    of.care.staff.clinic.refresh_from_db()
    of.tell("check_in", pain=1, signs="no")
    assert kinds(row(of)) == []


def test_whoever_waits_longest_comes_first_and_alarms_before_everybody() -> None:
    reasons = [attention.Reason(kind=kind) for kind in ORDER]
    assert [one.alarm for one in reasons] == [True] * len(ALARMS) + [False] * (len(ORDER) - len(ALARMS))
    assert {"emergency", "sign_told", "flagged_message", "same_day", "sign_open"} == set(ALARMS)


def test_each_look_is_in_the_audit_for_whom_it_showed(of: Treated) -> None:
    attention.of(staff=of.care.staff, now=NOW)
    (seen,) = AuditRow.objects.filter(what="overview")
    assert (seen.lifter, seen.deed, seen.actor) == (of.care.lifter.pk, "read", of.care.staff.person.pk)


def test_two_clinics_see_nothing_of_each_other(of: Treated) -> None:
    other = care("elsewhere")
    assert attention.of(staff=other.staff, now=NOW).rows == ()
    for staff in (of.care.desk, of.care.boss):
        with pytest.raises(NotAllowedError):
            attention.of(staff=staff, now=NOW)


def test_mine_and_all(of: Treated) -> None:
    other = Person.objects.create_user("second@people.example", "x")
    second = Membership.objects.create(person=other, clinic=of.care.clinic, role=Membership.Role.THERAPIST)
    Episode.objects.create(clinic=of.care.clinic, name="Bo", opened_at=NOW, therapist=second)
    assert attention.of(staff=of.care.staff, now=NOW, mine=True).total == 1
    assert attention.of(staff=of.care.staff, now=NOW).total == 2


def test_many_patients_take_as_many_queries_as_few(of: Treated) -> None:
    ready(of)
    with CaptureQueriesContext(
        connection,
    ) as few:
        attention.of(staff=of.care.staff, now=NOW)
    text = Share.objects.get().consent
    for place in range(60):
        who = Person.objects.create_user(f"many{place}@people.example", "x")
        lifter = Lifter.objects.create(person=who, made_at=NOW, clinic=of.care.clinic)
        Share.objects.create(lifter=lifter, clinic=of.care.clinic, consent=text, given_at=NOW)
        Episode.objects.create(clinic=of.care.clinic, lifter=lifter, name=f"Many {place}", opened_at=NOW, joined_at=NOW)
    with CaptureQueriesContext(connection) as many:
        found = attention.of(staff=of.care.staff, now=NOW)
    assert (found.total, len(found.rows), found.pages) == (61, 50, 2)
    assert len(many) <= len(few) + 2
    assert AuditRow.objects.filter(what="overview", lifter__isnull=False).count() == 51
