"""A therapist changes a plan: each change once, seen by both, only ever less, and taken back whole."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from liftback.records import modules
from liftback.records.models import AuditRow, Clinic, PlanEdit
from liftback.records.permissions import NotAllowedError
from liftback.records.policies import NotNowError
from liftback.records.read.clinic import patients
from liftback.records.write.clinic import episodes, plan_edits, shares
from liftback.records.write.clinic.plan_edits import NewEdit
from tests.people import staff_of
from tests.records.clinic.treated import at_work, care
from tests.records.clinic.under_care import LIFT, WEIGHTED, Treated, told_alarm, treated
from tests.web.training.conftest import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def of(db: None) -> Treated:
    return treated()


def tasks(plan: Any, lift: str) -> list[Any]:
    return [task for day in plan["days"] for task in day["tasks"] if task["lift"] == lift]


def test_what_is_left_out_is_gone_for_both_and_marked_with_who_and_why(of: Treated) -> None:
    before = of.page()
    assert tasks(before, LIFT)
    of.edit("hold", why="Let it settle first")
    plan = of.page()
    assert tasks(plan, LIFT) == []
    assert [one["name"] for one in plan["waiting"]] == [LIFT]
    (mark,) = plan["waiting"][0]["edits"]
    assert (mark["by"], mark["why"], mark["day"]) == ("Dr rivera-here", "Let it settle first", NOW.date().isoformat())
    seen = patients.opened(staff=of.care.staff, episode=of.episode.pk, now=NOW, what="plan", names=("plan",))
    assert json.loads(json.dumps(seen.plan)) == json.loads(json.dumps(plan)), "the therapist sees what the lifter sees"
    assert plan["swaps"].get(LIFT) is None
    assert LIFT in plan["may_log"], "what was done all the same can be told"


def test_a_ceiling_lowers_the_weight_and_all_that_rests_on_it(of: Treated) -> None:
    (before,) = tasks(of.page(), WEIGHTED)
    of.edit("cap", WEIGHTED, weight="100", unit="kg")
    (task,) = tasks(of.page(), WEIGHTED)
    assert before["log"]["weight"] > task["log"]["weight"] == 100
    assert "at 100 kg" in task["dose"]
    assert task["log"]["back"] < before["log"]["back"]
    assert task["decision"] == "capped"
    assert [one["kind"] for one in task["edits"]] == ["cap"]


def test_fewer_sets_and_repetitions(of: Treated) -> None:
    of.edit("dose", WEIGHTED, sets="2", reps="8")
    (task,) = tasks(of.page(), WEIGHTED)
    assert (task["log"]["sets"], task["log"]["reps"]) == (2, 8)


def test_a_note_changes_nothing_but_stands_beside_the_lift(of: Treated) -> None:
    (before,) = tasks(of.page(), WEIGHTED)
    print_of = of.page()["fingerprint"]
    of.edit("note", WEIGHTED, why="Feet a little higher")
    plan = of.page()
    (task,) = tasks(plan, WEIGHTED)
    assert task["log"] == before["log"]
    assert task["edits"][0]["why"] == "Feet a little higher"
    assert plan["fingerprint"] == print_of


def test_taken_back_the_plan_is_as_it_was(of: Treated) -> None:
    before = of.page()
    made = of.edit("hold")
    plan_edits.end(staff=of.care.staff, episode=of.fresh(), edit=made.pk, now=NOW)
    after = of.page()
    assert after["days"] == before["days"]
    assert after["edits"] == []
    assert PlanEdit.objects.get().ended_by_name == "Dr rivera-here", "the row stays"


def test_sent_twice_is_kept_once_and_another_of_its_kind_takes_its_place(of: Treated) -> None:
    new = NewEdit(client_id=uuid4(), kind="cap", lift=WEIGHTED, values={"weight": "100", "unit": "kg"}, why="so")
    first = plan_edits.add(staff=of.care.staff, episode=of.fresh(), edit=new, now=NOW)
    assert plan_edits.add(staff=of.care.staff, episode=of.fresh(), edit=new, now=NOW) == first
    held = plan_edits.add(staff=of.care.staff, episode=of.fresh(), edit=replace(new, kind="hold"), now=NOW)
    assert held.kind == "hold", "the same page with another change is another one"
    plan_edits.end(staff=of.care.staff, episode=of.fresh(), edit=held.pk, now=NOW)
    of.edit("cap", WEIGHTED, weight="80,5", unit="kg")
    standing = PlanEdit.objects.filter(ended_at__isnull=True)
    assert [one.values for one in standing] == [{"weight": 80.5, "unit": "kg"}]
    assert PlanEdit.objects.count() == 3


@pytest.mark.parametrize(
    ("kind", "values", "said"),
    [
        ("cap", {"weight": "", "unit": "kg"}, "weight above 0"),
        ("cap", {"weight": "-5", "unit": "kg"}, "weight above 0"),
        ("cap", {"weight": "heavy", "unit": "kg"}, "not a number"),
        ("cap", {"weight": "nan", "unit": "kg"}, "not a number"),
        ("cap", {"weight": "60", "unit": "stone"}, "kg or lb"),
        ("dose", {"sets": "9"}, "only take away"),
        ("dose", {"reps": "1.5"}, "whole number"),
        ("dose", {}, "sets, the repetitions"),
        ("hold", {"lift": "Bench of dreams"}, "not in this plan"),
        ("hold", {"why": "  "}, "in a few words"),
        ("hold", {"why": "x" * 501}, "longer than"),
        ("more", {}, "no change"),
    ],
)
def test_what_makes_no_sense_is_said_and_nothing_is_kept(
    of: Treated, kind: str, values: dict[str, Any], said: str
) -> None:
    with pytest.raises(NotNowError, match=said):
        of.edit(kind, **{"lift": WEIGHTED, **values})
    assert not PlanEdit.objects.exists()
    assert not AuditRow.objects.filter(what="plan_edit").exists(), "neither is there without the other"


def test_a_held_plan_is_not_edited_and_edits_never_open_it(of: Treated) -> None:
    of.edit("hold")
    told_alarm(of)
    plan = of.page()
    assert plan["held"]
    assert plan["days"] == []
    assert plan["stop"]["signs"]
    with pytest.raises(NotNowError, match="on hold"):
        of.edit("note", WEIGHTED)


def test_only_a_therapist_of_this_clinic_with_the_lifters_yes(of: Treated) -> None:
    new = NewEdit(client_id=uuid4(), kind="hold", lift=LIFT, values={}, why="x")
    other = care("elsewhere")
    front, owner = of.care.desk, of.care.boss
    for staff in (other.staff, front, owner):
        with pytest.raises(NotAllowedError):
            plan_edits.add(staff=staff, episode=of.fresh(), edit=new, now=NOW)
    shares.stop(**of.care.own, clinic=of.care.clinic, now=NOW)
    with pytest.raises(NotNowError, match="does not share"):
        plan_edits.add(staff=of.care.staff, episode=of.fresh(), edit=new, now=NOW)
    assert not PlanEdit.objects.exists()


def test_another_clinic_cannot_take_it_back(of: Treated) -> None:
    made = of.edit("hold")
    other = at_work("stranger", care("elsewhere").clinic)
    with pytest.raises(NotAllowedError):
        plan_edits.end(staff=staff_of(other.person), episode=of.fresh(), edit=made.pk, now=NOW)
    assert PlanEdit.objects.get().ended_at is None


def test_the_lifter_takes_it_back_only_when_no_clinic_cares_for_them(of: Treated) -> None:
    made = of.edit("hold")
    of.care.lifter.refresh_from_db()
    with pytest.raises(NotNowError, match="cares for you"):
        plan_edits.end_own(lifter=of.care.lifter, edit=made.pk, now=NOW)
    episodes.close(staff=of.care.staff, episode=of.fresh(), why="moved away", now=NOW)
    assert tasks(of.page(), LIFT) == [], "an ended episode loads nothing back by itself"
    of.care.lifter.refresh_from_db()
    plan_edits.end_own(lifter=of.care.lifter, edit=made.pk, now=NOW)
    assert tasks(of.page(), LIFT)


def test_where_plans_are_switched_off_nothing_is_changed(of: Treated) -> None:
    Clinic.objects.update(modules_off=[modules.PLANNING])
    of.care.staff.clinic.refresh_from_db()
    with pytest.raises(NotNowError, match="does not offer"):
        of.edit("hold")


def test_every_change_is_in_the_audit(of: Treated) -> None:
    made = of.edit("hold")
    plan_edits.end(staff=of.care.staff, episode=of.fresh(), edit=made.pk, now=NOW)
    rows = AuditRow.objects.filter(what="plan_edit")
    assert [(one.deed, one.lifter) for one in rows] == [("write", of.care.lifter.pk)] * 2
