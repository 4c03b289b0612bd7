"""The audit: a row before each look, with it or not at all, never changed, and nothing to be seen without one."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from liftback.records import audit, permissions, read, write
from liftback.records.export import export_file
from liftback.records.models import AuditRow, Clinic, ConsultRequest, Lifter
from liftback.records.permissions import NotAllowedError
from liftback.records.read.clinic import looks
from liftback.records.staff import TREAT, WORK, Staff
from liftback.records.write.clinic import shares
from tests.people import NOW, story
from tests.records.clinic.treated import Care, asked, care, shared

pytestmark = pytest.mark.django_db
GUARD = importlib.import_module("liftback.records.migrations.0003_the_audit_stays")


@pytest.fixture
def here(db: None) -> Care:
    """A clinic, and a lifter with a story who shares it."""
    made = care()
    write.keep_story(**made.own, document=story(), via="interview", now=NOW)
    shared(made)
    return made


def row(**more: Any) -> AuditRow:
    values = {"actor": 1, "actor_name": "n", "role": "owner", "clinic": 1, "clinic_name": "c", "deed": "read"}
    return AuditRow.objects.create(**{**values, "at": timezone.now(), "what": "records", **more})


def looked(here: Care, staff: Staff, **given: Any) -> Any:
    """Read a story as staff do."""
    with audit.audited(staff=staff, deed=audit.READ, what="records", now=NOW, lifter=here.lifter, needs=TREAT, **given):
        return read.story_of(actor=staff.person, lifter=here.lifter)


# --- no look without a row -------------------------------------------------------------------------------------------

READS: dict[str, Callable[..., Any]] = {
    "story": read.story_of,
    "entries": read.entries_of,
    "files": read.files_of,
    "check-ins": lambda **who: read.check_ins(**who, day=NOW.date()),
    "counts": read.kept_of,
    "signs": read.sign_told,
    "plan": lambda **who: read.page(**who, name="plan", now=NOW),
    "trend": lambda **who: read.felt_now(**who, now=NOW),
    "doing": lambda **who: read.doing(**who, today=NOW.date()),
    "export": lambda **who: export_file(**who, now=NOW),
}


@pytest.mark.parametrize("name", READS)
def test_staff_read_nothing_without_a_row(here: Care, name: str) -> None:
    with pytest.raises(NotAllowedError):
        READS[name](actor=here.staff.person, lifter=here.lifter)
    assert not AuditRow.objects.exists()


def test_a_look_writes_its_row(here: Care) -> None:
    assert looked(here, here.staff, why="before the call") is not None
    kept = AuditRow.objects.get()
    assert (kept.at, kept.actor, kept.actor_name, kept.role) == (
        NOW,
        here.staff.person.pk,
        "rivera-here",
        "therapist",
    )
    assert (kept.clinic, kept.clinic_name, kept.lifter) == (here.clinic.pk, "Here clinic", here.lifter.pk)
    assert (kept.deed, kept.what, kept.why) == ("read", "records", "before the call")


def test_the_right_ends_with_the_look(here: Care) -> None:
    looked(here, here.staff)
    assert not permissions.may(here.staff.person, permissions.READ, here.lifter)
    with pytest.raises(RuntimeError), audit.audited(
        staff=here.staff, deed=audit.READ, what="records", now=NOW, lifter=here.lifter, needs=TREAT
    ):  # fmt: skip
        raise RuntimeError
    assert not permissions.may(here.staff.person, permissions.READ, here.lifter)


def test_a_look_at_one_lifter_is_none_at_another(here: Care) -> None:
    other = care("there")
    with audit.audited(staff=here.staff, deed=audit.READ, what="records", now=NOW, lifter=here.lifter, needs=TREAT):
        assert permissions.may(here.staff.person, permissions.READ, here.lifter)
        assert not permissions.may(here.staff.person, permissions.READ, other.lifter)
        assert not permissions.may(other.staff.person, permissions.READ, here.lifter)
        assert not permissions.may(here.staff.person, permissions.TREAT, here.lifter), "a look changes nothing"


def test_nobody_else_looks(here: Care) -> None:
    other = care("there")
    for staff in (here.desk, here.boss, other.staff):
        with pytest.raises(NotAllowedError):
            looked(here, staff)
    shares.stop(**here.own, clinic=here.clinic, now=NOW)
    with pytest.raises(NotAllowedError):
        looked(here, here.staff)
    assert not AuditRow.objects.exists(), "a refused look tells nobody that there was something"


def test_the_front_desk_opens_no_records_by_a_deed_of_its_own(here: Care) -> None:
    with pytest.raises(NotAllowedError), audit.audited(
        staff=here.desk, deed=audit.READ, what="records", now=NOW, lifter=here.lifter, needs=WORK
    ):  # fmt: skip
        pass


def test_a_request_of_another_clinic_is_not_there(here: Care) -> None:
    other = care("there")
    with pytest.raises(NotAllowedError), audit.audited(
        staff=other.desk, deed=audit.READ, what="request", now=NOW, request=asked(here)
    ):  # fmt: skip
        pass


def test_a_look_that_the_audit_has_no_word_for_is_a_fault(here: Care) -> None:
    with pytest.raises(ValueError, match="gossip"):
        audit.note(staff=here.staff, deed=audit.READ, what="gossip", now=NOW)


# --- the row and what it tells of: both, or neither ------------------------------------------------------------------


def half_done(here: Care, request: ConsultRequest) -> None:
    with audit.audited(staff=here.staff, deed=audit.WRITE, what="next_step", now=NOW, request=request):
        ConsultRequest.objects.filter(pk=request.pk).update(next_step="half done")
        assert AuditRow.objects.exists(), "the row comes first"
        raise RuntimeError


def test_what_fails_leaves_neither_row_nor_change(here: Care) -> None:
    request = asked(here)
    with pytest.raises(RuntimeError):
        half_done(here, request)
    assert not AuditRow.objects.exists()
    assert ConsultRequest.objects.get().next_step == ""


def test_without_its_row_nothing_is_done(here: Care, monkeypatch: pytest.MonkeyPatch) -> None:
    request = asked(here)

    def full(*_: Any, **__: Any) -> None:
        raise DatabaseError

    monkeypatch.setattr(AuditRow.objects, "bulk_create", full)
    with pytest.raises(DatabaseError), audit.audited(
        staff=here.staff, deed=audit.WRITE, what="next_step", now=NOW, request=request
    ):  # fmt: skip
        ConsultRequest.objects.filter(pk=request.pk).update(next_step="done without a row")
    assert ConsultRequest.objects.get().next_step == ""


# --- never changed ---------------------------------------------------------------------------------------------------


@pytest.fixture
def guarded(db: None) -> Iterator[None]:
    """The database's own guard, which the tests take from SQLite since they clear tables."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER IF EXISTS audit_is_never_changed")
            for statement in GUARD.SQLITE:
                cursor.execute(statement)
    yield
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER audit_is_kept")


def refused(do: Callable[[], Any]) -> bool:
    try:
        with transaction.atomic():
            do()
    except DatabaseError:
        return True
    return False


def test_the_database_refuses_to_change_a_row(guarded: None) -> None:
    old = row(at=timezone.now() - audit.KEPT - timedelta(days=30))
    for number in (row().pk, old.pk):
        assert refused(partial(AuditRow.objects.filter(pk=number).update, actor_name="somebody else"))
    assert set(AuditRow.objects.values_list("actor_name", flat=True)) == {"n"}


def test_the_database_refuses_to_delete_a_row_for_six_years(guarded: None) -> None:
    recent = row(at=timezone.now() - timedelta(days=6 * 365 - 10))
    assert refused(lambda: AuditRow.objects.filter(pk=recent.pk).delete())
    assert refused(lambda: AuditRow.objects.all().delete())
    old = row(at=timezone.now() - audit.KEPT - timedelta(days=2))
    AuditRow.objects.filter(pk=old.pk).delete()
    assert AuditRow.objects.get() == recent


def test_rows_outlive_who_is_in_them(here: Care, guarded: None) -> None:
    looked(here, here.staff)
    for who in (here.person, here.staff.person):
        write.delete_everything(actor=who, now=NOW)
    Clinic.objects.all().delete()
    assert not Lifter.objects.exists()
    assert AuditRow.objects.filter(what="records").count() == 1


# --- read by the lifter and by the owner -----------------------------------------------------------------------------


def test_the_lifter_reads_who_looked_requests_included(here: Care) -> None:
    looked(here, here.staff)
    request = asked(here)
    audit.note(staff=here.desk, deed=audit.WRITE, what="contact", now=NOW + timedelta(hours=1), request=request)
    ConsultRequest.objects.filter(pk=request.pk).update(lifter=here.lifter)  # it became known later whose it was
    found = looks.looks_at(**here.own)
    assert [(one.name, one.role, one.changed, one.what) for one in found.rows] == [
        ("desk-here", "front_desk", True, "a try to reach you"),
        ("rivera-here", "therapist", False, "your story, answers and course"),
    ]
    with pytest.raises(NotAllowedError):
        looks.looks_at(actor=here.boss.person, lifter=here.lifter)
    other = care("there")
    assert looks.looks_at(**other.own).rows == ()


def test_pages_of_looks_have_an_end(here: Care) -> None:
    AuditRow.objects.bulk_create(
        AuditRow(
            at=NOW + timedelta(minutes=one), actor=1, actor_name="n", role="owner", clinic=1, clinic_name="c",
            lifter=here.lifter.pk, deed="read", what="records",
        )
        for one in range(looks.AT_ONCE + 1)
    )  # fmt: skip
    first, last = (looks.looks_at(**here.own, page=page) for page in (1, 99))
    assert (len(first.rows), first.page, first.pages, first.total) == (looks.AT_ONCE, 1, 2, looks.AT_ONCE + 1)
    assert (len(last.rows), last.page) == (1, 2)
    assert looks.looks_at(**here.own, page=-3).page == 1


def test_the_owner_reads_the_own_clinic_alone_and_is_noted(here: Care) -> None:
    looked(here, here.staff)
    there = care("there")
    audit.note(staff=there.staff, deed=audit.READ, what="overview", now=NOW)
    found = looks.looks_of_clinic(staff=here.boss, now=NOW + timedelta(minutes=1))
    assert [(one.name, one.what) for one in found.rows] == [
        ("boss-here", "the list of who looked"),
        ("rivera-here", "your story, answers and course"),
    ]
    only = {"lifter": here.lifter.pk, "person": here.staff.person.pk, "day": NOW.date()}
    for name, value in only.items():
        rows = looks.looks_of_clinic(staff=here.boss, now=NOW + timedelta(days=3), **{name: value}).rows  # type: ignore[arg-type]  # each of its own kind
        assert "rivera-here" in [one.name for one in rows], name
    assert looks.looks_of_clinic(staff=here.boss, now=NOW, day=NOW.date() - timedelta(days=1)).rows == ()
    for staff in (here.staff, here.desk):
        with pytest.raises(NotAllowedError):
            looks.looks_of_clinic(staff=staff, now=NOW)
