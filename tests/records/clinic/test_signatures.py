"""A therapist signs a plan or clearance: with a licence, for what they saw, and no longer than it stands."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from liftback import operations
from liftback.records.models import AuditRow, ClearanceSignature, ConsultRequest, Licence, PlanSignOff
from liftback.records.permissions import NotAllowedError
from liftback.records.policies import NotNowError
from liftback.records.write.clinic import signatures
from tests.records.clinic.treated import care
from tests.records.clinic.under_care import LIFT, Treated, told_alarm, treated
from tests.web.training.conftest import NOW

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=10)


@pytest.fixture
def of(db: None) -> Treated:
    return treated()


def sign(of: Treated, **more: Any) -> PlanSignOff:
    given = {"fingerprint": of.page()["fingerprint"], "words": "", "now": NOW, **more}
    return signatures.sign_plan(staff=of.care.staff, episode=of.fresh(), **given)


def test_the_lifter_reads_who_checked_it_with_which_licence(of: Treated) -> None:
    assert of.page()["checked"] is None
    sign(of, words="Take it easy")
    assert of.page()["checked"] == {
        "name": "Dr rivera-here", "licence": "NY PT-1", "clinic": "Here clinic", "day": NOW.date().isoformat(),
        "words": "Take it easy", "current": True,
    }  # fmt: skip
    assert AuditRow.objects.filter(what="sign_off", deed="write", lifter=of.care.lifter.pk).count() == 1


def test_a_plan_that_changed_since_has_moved_on(of: Treated) -> None:
    sign(of)
    of.edit("hold", now=LATER)
    checked = of.page()["checked"]
    assert checked is not None
    assert checked["current"] is False


def test_a_dose_that_moves_by_its_own_rules_is_still_what_was_signed(of: Treated) -> None:
    sign(of)
    calm = {"pain_before": 1, "pain_during": 1, "how_it_felt": ["none"], "leg_after": "no", "pain_next_morning": 1}
    told: dict[str, Any] = {"told": {**calm, "pain_after": 1, "settled": "at_once"}}
    of.tell("done", lift="Leg Extension (Machine)", sets=3, reps=12, weight=55, unit="kg", **told)
    assert of.page()["checked"]["current"] is True


def test_what_was_not_looked_at_is_not_signed(of: Treated) -> None:
    seen = of.page()["fingerprint"]
    of.edit("hold")
    with pytest.raises(NotNowError, match="Look at the plan again"):
        sign(of, fingerprint=seen)
    assert not PlanSignOff.objects.exists()


def test_a_plan_on_hold_is_not_signed(of: Treated) -> None:
    told_alarm(of)
    with pytest.raises(NotNowError, match="on hold"):
        sign(of)


def test_signed_twice_is_one_signature(of: Treated) -> None:
    assert sign(of) == sign(of)


@pytest.mark.parametrize(
    ("licence", "state", "may"),
    [
        ({"state": "NY"}, "NY", True),
        ({"state": "NJ"}, "NY", False),
        ({"state": "NJ"}, "", True),
        ({"valid_until": NOW.date()}, "NY", True),
        ({"valid_until": NOW.date() - timedelta(days=1)}, "NY", False),
        ({"valid_from": NOW.date() + timedelta(days=1)}, "NY", False),
    ],
)
def test_signing_needs_a_licence_that_holds_where_the_patient_is(
    of: Treated, licence: dict[str, Any], state: str, may: bool
) -> None:
    Licence.objects.update(**licence)
    ConsultRequest.objects.update(state=state)
    if may:
        assert sign(of).licence.endswith("PT-1")
    else:
        with pytest.raises(NotNowError, match="no licence"):
            sign(of)


def test_nobody_else_signs(of: Treated) -> None:
    for staff in (care("elsewhere").staff, of.care.desk, of.care.boss):
        with pytest.raises(NotAllowedError):
            signatures.sign_plan(staff=staff, episode=of.fresh(), fingerprint="", words="", now=NOW)
        with pytest.raises(NotAllowedError):
            signatures.sign_clearance(staff=staff, episode=of.fresh(), words="", now=NOW)


# --- clearance -------------------------------------------------------------------------------------------------------


def test_open_criteria_are_not_signed_and_unknown_is_not_met(of: Treated) -> None:
    with pytest.raises(NotNowError, match="not known is not met"):
        signatures.sign_clearance(staff=of.care.staff, episode=of.fresh(), words="", now=NOW)
    assert not ClearanceSignature.objects.exists()


@pytest.fixture
def all_met(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every criterion met, whatever was told: what the engine says of that is tested with the engine."""
    real = operations.clearance_values

    def met(*, found: Any) -> dict[str, Any]:
        values = real(found=found)
        signed = found.signature is not None and found.signature.by == "therapist"
        return {**values, "ready": True, "value": "signed" if signed else "criteria_met", "cleared": signed}

    def doing(*, plan: Any) -> dict[str, Any]:
        values = dict(real_doing(plan=plan))
        return {**values, "clearance": None if plan.clearance is None else met(found=plan.clearance)}

    real_doing = operations.doing_values
    monkeypatch.setattr(operations, "clearance_values", met, raising=False)
    monkeypatch.setattr(operations, "doing_values", doing, raising=False)


@pytest.mark.usefixtures("all_met")
def test_signed_with_name_licence_and_day_and_taken_back(of: Treated) -> None:
    signatures.sign_clearance(staff=of.care.staff, episode=of.fresh(), words="", now=NOW)
    plan = of.page()
    assert plan["cleared"]["stands"] is True
    assert (plan["cleared"]["name"], plan["cleared"]["licence"]) == ("Dr rivera-here", "NY PT-1")
    assert plan["clearance"]["signature"] == {
        "by": "therapist", "name": "Dr rivera-here (NY PT-1)", "day": NOW.date().isoformat(),
    }  # fmt: skip
    signatures.end_clearance(staff=of.care.staff, episode=of.fresh(), now=LATER)
    after = of.page()
    assert after["cleared"] is None
    assert after["clearance"]["signature"] is None
    assert ClearanceSignature.objects.get().ended_at == LATER, "the row stays"


@pytest.mark.usefixtures("all_met")
@pytest.mark.parametrize("told", [{"signs": "yes"}, {"signs": "not_sure"}, {"note": "I lost control of my bladder"}])
def test_a_sign_told_afterwards_ends_it_until_somebody_looks_again(of: Treated, told: dict[str, str]) -> None:
    signatures.sign_clearance(staff=of.care.staff, episode=of.fresh(), words="", now=NOW)
    of.tell("check_in", LATER, pain=2, **told)
    cleared = of.page()["cleared"]
    assert (cleared["stands"], cleared["alarmed"]) == (False, True)


@pytest.mark.usefixtures("all_met")
def test_a_therapists_word_goes_before_the_lifters_own(of: Treated) -> None:
    of.tell("signed", name="Ann")
    assert of.page()["clearance"]["signature"]["by"] == "lifter"
    signatures.sign_clearance(staff=of.care.staff, episode=of.fresh(), words="", now=NOW)
    assert of.page()["clearance"]["signature"]["by"] == "therapist"


@pytest.mark.usefixtures("all_met")
def test_clearance_signed_twice_is_one(of: Treated) -> None:
    one = signatures.sign_clearance(staff=of.care.staff, episode=of.fresh(), words="", now=NOW)
    assert signatures.sign_clearance(staff=of.care.staff, episode=of.fresh(), words="", now=NOW) == one


def test_edits_and_signatures_leave_clearance_as_the_engine_has_it(of: Treated) -> None:
    before = of.page()["clearance"]
    of.edit("hold", LIFT)
    assert of.page()["clearance"] == before
