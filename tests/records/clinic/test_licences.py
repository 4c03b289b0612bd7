"""Licences: dated rows that somebody typed in; where there is none, nobody may."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from liftback.records.models import AuditRow, Licence, Membership
from liftback.records.permissions import NotAllowedError
from liftback.records.read.clinic import terms as reading
from liftback.records.staff import Staff
from liftback.records.write.clinic import licences
from liftback.records.write.clinic.terms import RefusedError
from tests.people import NOW, TODAY, People, everybody, staff_of

FIRST = TODAY - timedelta(days=100)
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def people(db: None) -> People:
    return everybody()


@pytest.fixture
def owner(people: People) -> Staff:
    return staff_of(people.owner)


def member(people: People, who: str = "therapist") -> int:
    return Membership.objects.get(person=getattr(people, who)).pk


def add(owner: Staff, membership: int, **more: Any) -> Licence:
    values: dict[str, Any] = {
        "state": "NY", "number": "PT-1", "kind": "licence", "valid_from": FIRST, "valid_until": None,
        "looked_up_on": None, **more,
    }  # fmt: skip
    return licences.add(staff=owner, now=NOW, membership=membership, **values)


def test_a_licence_covers_its_state_through_its_last_day(owner: Staff, people: People) -> None:
    add(owner, member(people), valid_until=TODAY)
    assert reading.states_covered(owner.clinic, NOW) == ["New York"]
    assert reading.states_covered(owner.clinic, NOW + timedelta(days=1)) == []


def test_one_that_ends_tomorrow_is_shown_as_ending(owner: Staff, people: People) -> None:
    row = add(owner, member(people), valid_until=TOMORROW)
    shown = reading.licences_of(owner.clinic, NOW)[row.therapist_id][0]
    assert (shown.holds, shown.ends_soon) == (True, True)
    add(owner, member(people), valid_from=TOMORROW + timedelta(days=1), number="PT-2")
    assert not reading.licences_of(owner.clinic, NOW)[row.therapist_id][0].ends_soon  # the next row goes on


def test_a_privilege_is_looked_up_by_somebody_on_a_day(owner: Staff, people: People) -> None:
    with pytest.raises(RefusedError) as refused:
        add(owner, member(people), state="NJ", kind="compact_privilege")
    assert list(refused.value.faults) == ["looked_up_on"]
    row = add(owner, member(people), state="NJ", kind="compact_privilege", looked_up_on=TODAY)
    assert reading.licences_of(owner.clinic, NOW)[row.therapist_id][0].looked_up_on == TODAY
    assert AuditRow.objects.filter(why=f"licence {row.pk} looked up on {TODAY}").exists()


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"state": "XX"}, "state"),
        ({"number": " "}, "number"),
        ({"kind": "promise"}, "kind"),
        ({"valid_until": FIRST - timedelta(days=1)}, "valid_until"),
        ({"looked_up_on": TOMORROW}, "looked_up_on"),
    ],
)
def test_a_fault_is_said_at_its_field(owner: Staff, people: People, more: dict[str, Any], field: str) -> None:
    with pytest.raises(RefusedError) as refused:
        add(owner, member(people), **more)
    assert list(refused.value.faults) == [field]
    assert not Licence.objects.exists()


def test_two_rows_for_a_state_never_hold_on_the_same_day(owner: Staff, people: People) -> None:
    add(owner, member(people))
    with pytest.raises(RefusedError, match="already"):
        add(owner, member(people), valid_from=TODAY, number="PT-2")


def test_the_last_day_is_changed_and_a_slip_removed(owner: Staff, people: People) -> None:
    row = add(owner, member(people))
    licences.set_end(staff=owner, now=NOW, licence=row.pk, valid_until=TODAY)
    assert Licence.objects.get().valid_until == TODAY
    licences.remove(staff=owner, now=NOW, licence=row.pk)
    assert not Licence.objects.exists()


@pytest.mark.parametrize("who", ["front_desk", "other_therapist"])
def test_the_front_desk_and_another_clinic_get_no_licence(owner: Staff, people: People, who: str) -> None:
    with pytest.raises(NotAllowedError):
        add(owner, member(people, who))


@pytest.mark.parametrize("who", ["therapist", "other_therapist", "front_desk"])
def test_only_the_owner_writes_them(people: People, owner: Staff, who: str) -> None:
    row = add(owner, member(people))
    staff = staff_of(getattr(people, who))
    with pytest.raises(NotAllowedError):
        licences.set_end(staff=staff, now=NOW, licence=row.pk, valid_until=TODAY)
    with pytest.raises(NotAllowedError):
        licences.remove(staff=staff, now=NOW, licence=row.pk)
    with pytest.raises(NotAllowedError):
        add(staff, member(people), state="NJ")


def test_whoever_left_covers_no_state(owner: Staff, people: People) -> None:
    add(owner, member(people))
    Membership.objects.filter(pk=member(people)).update(active=False)
    assert reading.states_covered(owner.clinic, NOW) == []
