"""The pages of patients as a therapist has them, and what the lifter then sees of it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from liftback.records import modules
from liftback.records.models import AuditRow, Clinic, Episode, PlanEdit, PlanSignOff
from liftback.records.write.clinic import shares, signatures
from tests.records.clinic.under_care import LIFT, WEIGHTED, Treated, told_alarm, treated
from tests.web.training.conftest import BACKEND, NOW, main_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel(NOW, tick=False) as moved:
        yield moved


@pytest.fixture
def of(db: None) -> Treated:
    return treated()


@pytest.fixture
def desk(of: Treated) -> Client:
    """The therapist's browser."""
    return browser(of.care.staff.person)


def browser(person: Any) -> Client:
    made = Client()
    made.force_login(person, backend=BACKEND)
    return made


def page(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.status_code
    return html.unescape(main_of(answer.content.decode()))


def where(of: Treated, part: str = "") -> str:
    return f"/desk/patients/{of.episode.pk}/{part}"


def test_the_overview_says_who_and_why(of: Treated, desk: Client) -> None:
    of.tell("check_in", pain=2, signs="yes")
    text = page(desk, "/desk/patients/")
    assert "Ann Other" in text
    assert "Told of a warning sign just now" in text
    assert "1 patient with an alarm" in text
    assert "Being worked out" in text


def test_a_page_number_that_is_none_is_the_first(of: Treated, desk: Client) -> None:
    for number in ("0", "-1", "x", "99", "9" * 400, "²"):
        assert "Ann Other" in page(desk, f"/desk/patients/?whose=all&page={number}")


def test_the_patient_at_a_glance(of: Treated, desk: Client) -> None:
    told = {"pain_before": 2, "pain_during": 8, "how_it_felt": ["none"], "leg_after": "no"}
    of.tell("done", lift=WEIGHTED, sets=3, reps=10, weight=225, unit="kg", told=told)
    of.tell("check_in", pain=4, note="stiff <b>today</b>", signs="no")
    answer = desk.get(where(of))
    text = answer.content.decode()
    assert "&lt;b&gt;today" in text
    assert "<b>today" not in text
    said = page(desk, where(of))
    for words in ("+12125550111", "The seven answers in short", "red exposure", "pain 4", "3 × 10", "Agreed"):
        assert words in said, words
    assert text.count("<h1") == 1


@pytest.mark.parametrize("part", ["", "plan/", "answers/", "course/", "clearance/"])
def test_every_page_is_there_with_and_without_a_sign_and_without_sharing(of: Treated, desk: Client, part: str) -> None:
    page(desk, where(of, part))
    told_alarm(of)
    held = page(desk, where(of, part))
    assert "A warning sign is open and not gone through" in held
    shares.stop(**of.care.own, clinic=of.care.clinic, now=NOW)
    alone = page(desk, where(of, part))
    assert "They do not share their records now" in alone
    assert "Squat" not in alone


def test_the_reasons_of_an_answer(of: Treated, desk: Client) -> None:
    for wanted in ("0", "3", "9", "x", ""):
        text = page(desk, f"{where(of, 'answers/')}?why={wanted}")
        assert ("details" in text) or wanted in ("9", "x", "")


def change(of: Treated, desk: Client, **more: str) -> Any:
    given = {
        "client_id": str(uuid4()),
        "kind": "cap",
        "lift": WEIGHTED,
        "weight": "100",
        "unit": "kg",
        "why": "Calm it",
    }
    return desk.post(where(of, "plan/edit/"), {**given, **more})


def test_a_change_is_read_by_both_and_the_lifter_can_log_it(of: Treated, desk: Client) -> None:
    assert change(of, desk).status_code == 302
    assert change(of, desk, kind="hold", lift=LIFT, why="Not yet").status_code == 302
    seen = page(desk, where(of, "plan/"))
    assert "At most 100 kg" in seen
    own = browser(of.care.person)
    plan = page(own, "/plan/")
    for words in (
        "Changed by Dr rivera-here, 19 November 2026",
        "Calm it",
        "At most 100 kg",
        "Left out for now",
        "Not yet",
    ):
        assert words in plan, words
    form = page(own, f"/plan/done/?lift={WEIGHTED}")
    assert 'value="100"' in form
    calm = {"told.pain_during": "1", "told.how_it_felt": "none", "told.leg_after": "no", "unit": "kg"}
    calm["day"] = NOW.date().isoformat()
    sent = {"client_id": str(uuid4()), "lift": WEIGHTED, "sets": "3", "reps": "10", "weight": "100"} | calm
    assert own.post("/plan/done/", sent).status_code == 302
    assert LIFT in page(own, "/today/"), "what is left out is said on the page of the day"


def test_a_change_that_cannot_be_comes_back_filled_in(of: Treated, desk: Client) -> None:
    answer = change(of, desk, weight="many", why="a <b>reason</b>")
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "is not a number" in text.partition('role="alert"')[2][:600]
    assert 'value="many"' in text
    assert "a &lt;b&gt;reason&lt;/b&gt;" in text
    assert not PlanEdit.objects.exists()


def test_signing_the_plan_and_what_the_lifter_reads(of: Treated, desk: Client) -> None:
    text = page(desk, where(of, "plan/"))
    print_of = re.search(r'name="fingerprint" value="(\w+)"', text)
    assert print_of is not None
    assert desk.post(where(of, "plan/sign/"), {"fingerprint": print_of.group(1), "words": "Good"}).status_code == 302
    own = browser(of.care.person)
    assert "Checked by Dr rivera-here (NY PT-1) on 19 November 2026." in page(own, "/plan/")
    assert "moved on" not in page(own, "/plan/")
    change(of, desk, kind="hold", lift=LIFT)
    assert "The plan has moved on since it was checked." in page(own, "/plan/")
    old = desk.post(where(of, "plan/sign/"), {"fingerprint": print_of.group(1)})
    assert old.status_code == 422
    assert PlanSignOff.objects.count() == 1


def test_clearance_lists_what_is_missing_and_offers_no_signature(of: Treated, desk: Client) -> None:
    text = page(desk, where(of, "clearance/"))
    assert "what is not known is not met" in text
    assert "Sign: cleared" not in text
    assert desk.post(where(of, "clearance/"), {"words": ""}).status_code == 422


def off(*names: str) -> None:
    Clinic.objects.update(modules_off=list(names))


def test_unsigned_plans_are_general_education_without_a_number_of_ones_own(of: Treated, desk: Client) -> None:
    off(modules.UNSIGNED_PLANS)
    own = browser(of.care.person)
    for path in ("/today/", "/plan/"):
        text = page(own, path)
        assert "Your therapist has not checked your plan yet" in text
        assert "RPE" not in text
        assert not re.search(r"\d+ x \d+|\d kg", text)
        assert "warning signs" in text
    assert 'value="225"' not in page(own, f"/plan/done/?lift={WEIGHTED}")
    assert own.get(f"/plan/swap/?lift={LIFT}").status_code == 302
    assert "They see it as general education" in page(desk, where(of, "plan/"))
    of.care.lifter.refresh_from_db()
    signatures.sign_plan(
        staff=of.care.staff, episode=of.fresh(), fingerprint=of.page()["fingerprint"], words="", now=NOW
    )
    assert "Checked by" in page(own, "/plan/")
    assert "RPE" in page(own, "/plan/")


def test_without_plans_the_pages_say_how_to_reach_the_clinic(of: Treated, desk: Client) -> None:
    off(modules.PLANNING)
    own = browser(of.care.person)
    for path in ("/today/", "/plan/"):
        text = page(own, path)
        assert "Here clinic does not give plans here" in text
        assert "tel:+1 212 555 0100" in text
        assert "Squat" not in text
    for path in ("/signs/", "/first-hours/", "/flare/"):
        assert own.get(path).status_code == 200
    assert "Plans are switched off" in page(desk, where(of, "plan/"))
    assert change(of, desk).status_code == 422


def test_a_sign_is_shown_whatever_is_switched_off(of: Treated) -> None:
    off(modules.PLANNING, modules.UNSIGNED_PLANS)
    told_alarm(of)
    text = page(browser(of.care.person), "/today/")
    assert "Go through the warning signs" in text
    assert "does not give plans" not in text


def test_the_calendar_shows_no_more_than_the_page(of: Treated) -> None:
    from liftback.records import read, write  # noqa: PLC0415

    of.care.lifter.refresh_from_db()
    write.make_calendar(**of.care.own, now=NOW)
    of.care.lifter.refresh_from_db()
    token = of.care.lifter.calendar_token
    assert "VEVENT" in (read.calendar_of(token=token, now=NOW) or "")
    for name in (modules.PLANNING, modules.UNSIGNED_PLANS):
        off(name)
        assert "VEVENT" not in (read.calendar_of(token=token, now=NOW) or "")


def test_assigning_and_ending(of: Treated, desk: Client) -> None:
    assert desk.post(where(of, "assign/"), {"therapist": ""}).status_code == 302
    assert of.fresh().therapist is None
    desk.post(where(of, "assign/"), {"therapist": "99999"})
    assert of.fresh().therapist is None
    desk.post(where(of, "assign/"), {"therapist": str(of.care.staff.membership.pk)})
    assert of.fresh().therapist_id == of.care.staff.membership.pk
    desk.post(where(of, "close/"), {"why": ""})
    assert of.fresh().closed_at is None
    assert desk.post(where(of, "close/"), {"why": "done"}).headers["Location"] == "/desk/patients/"
    assert "This has ended" in page(desk, where(of))


def test_what_a_clinic_left_behind_is_the_lifters_to_take_back(of: Treated, desk: Client) -> None:
    change(of, desk, kind="hold", lift=LIFT)
    own = browser(of.care.person)
    edit = PlanEdit.objects.get()
    assert own.post(f"/plan/changes/{edit.pk}/end/").status_code == 409
    desk.post(where(of, "close/"), {"why": "done"})
    assert f"/plan/changes/{edit.pk}/end/" in page(own, "/plan/")
    assert own.post(f"/plan/changes/{edit.pk}/end/").status_code == 302
    assert "Left out for now" not in page(own, "/plan/")


def test_nobody_else_gets_to_a_patient(of: Treated) -> None:
    other = treated("elsewhere")
    for person in (other.care.staff.person, of.care.desk.person, of.care.boss.person, of.care.person):
        for part in ("", "plan/", "answers/", "course/", "clearance/"):
            assert browser(person).get(where(of, part)).status_code == 404
    assert not AuditRow.objects.filter(clinic=other.care.clinic.pk, what__in=("records", "plan")).exists()


def test_each_look_is_in_the_audit(of: Treated, desk: Client) -> None:
    desk.get(where(of))
    desk.get(where(of, "plan/"))
    rows = AuditRow.objects.filter(lifter=of.care.lifter.pk, deed="read")
    assert {"records", "plan"} <= {one.what for one in rows}


def test_an_invited_patient_has_a_name_and_nothing_else(of: Treated, desk: Client) -> None:
    bo = Episode.objects.create(clinic=of.care.clinic, name="Bo", email="bo@people.example", opened_at=NOW)
    text = page(desk, f"/desk/patients/{bo.pk}/plan/")
    assert "Invited, and not joined yet" in text
    assert desk.post(f"/desk/patients/{bo.pk}/plan/edit/", {"kind": "hold", "lift": LIFT}).status_code == 422
