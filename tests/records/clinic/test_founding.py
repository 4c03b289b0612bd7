"""The beginning of a clinic, and the demo's: a row, an invitation, and everything else through the usual doors."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.urls import resolve

from liftback.records import consents, write
from liftback.records.demo import clinic as demo
from liftback.records.models import (
    Booking,
    Clinic,
    Colleague,
    ConsultRequest,
    Episode,
    Mail,
    Membership,
    Person,
    PlanSignOff,
    ThreadMessage,
)
from liftback.records.policies import NotNowError
from liftback.records.read.clinic import promises, terms
from liftback.records.write.clinic import founding, team
from tests.people import NOW, lifter_of, person, story

TUESDAY = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)


def test_a_clinic_begins_with_an_invitation_to_its_owner(db: None) -> None:
    clinic, token = founding.found(name="Iron & Bone", slug="iron", owner="Own@people.example", now=NOW)
    made = team.join(actor=person("own"), token=token, now=NOW)
    assert (made.role, made.clinic_id) == ("owner", clinic.pk)
    assert Mail.objects.get().to == "own@people.example"


@pytest.mark.parametrize(
    "wrong",
    [{"name": " "}, {"slug": "a b"}, {"slug": "x" * 61}, {"owner": "nobody"}, {"zone": "Mars"}, {"slug": "taken"}],
)
def test_what_cannot_be_is_said_and_nothing_is_left(db: None, wrong: dict[str, str]) -> None:
    Clinic.objects.create(name="Taken", slug="taken")
    with pytest.raises(NotNowError, match=r"\.$"):
        founding.found(**{"name": "Iron", "slug": "iron", "owner": "own@people.example", "now": NOW, **wrong})  # type: ignore[arg-type]  # texts and a time
    assert (Clinic.objects.count(), Mail.objects.count()) == (1, 0)


def test_the_command_prints_the_link(db: None) -> None:
    out = io.StringIO()
    call_command("clinic", "Iron", slug="iron", owner="own@people.example", state="NY", stdout=out)
    link = re.search(r"https?://[^/]+(/desk/join/\S+)", out.getvalue())
    assert link is not None
    assert resolve(link.group(1)).url_name == "team_join"
    with pytest.raises(CommandError, match="already"):
        call_command("clinic", "Iron", slug="iron", owner="own@people.example", stdout=out)


@pytest.fixture
def patient(db: None) -> Person:
    made = person("patient")
    told = TUESDAY - timedelta(weeks=12)
    write.keep_story(actor=made, lifter=lifter_of(made), document=story(told.date()), via="interview", now=told)
    return made


def test_the_demo_shows_a_day_at_work(patient: Person) -> None:
    assert demo.make_clinic(now=TUESDAY, patient=patient) == (demo.OWNER, demo.THERAPIST, demo.DESK)
    clinic = Clinic.objects.get(slug=demo.SLUG)
    waiting = ConsultRequest.objects.filter(clinic=clinic, closed_at__isnull=True, met_at__isnull=True)
    assert [one.name for one in waiting.filter(flagged=True)] == ["Rowan Tate"]
    assert [one.name for one in waiting.filter(flagged=False, due_at__lt=TUESDAY)] == ["Ezra Moon"]
    assert {one.route for one in waiting} == {"queue", "directory", "nobody"}
    assert set(Booking.objects.filter(clinic=clinic).values_list("state", flat=True)) == {"requested", "confirmed"}
    assert Colleague.objects.filter(clinic=clinic, latitude__isnull=False).count() == 12
    assert {one.name: one.joined_at is not None for one in Episode.objects.filter(clinic=clinic)} == {
        "patient": True,
        "Mika Arden": False,
    }
    assert ThreadMessage.objects.filter(episode__clinic=clinic).count() == 3
    assert PlanSignOff.objects.filter(clinic=clinic).count() == 1
    assert terms.states_covered(clinic, TUESDAY) == ["New Jersey", "New York"]
    weeks = promises.weekly(clinic=clinic, now=TUESDAY)
    assert sum(one.late for one in weeks[1:]) == 2
    assert all(one.received for one in weeks[:11])
    assert not Mail.objects.filter(state="queued", not_before__lte=TUESDAY).exists()  # a trial begins quietly


def test_the_demo_is_made_once_a_day_and_anew_on_the_next(patient: Person) -> None:
    demo.make_clinic(now=TUESDAY, patient=patient)
    first = Clinic.objects.get(slug=demo.SLUG)
    demo.make_clinic(now=TUESDAY + timedelta(hours=5), patient=patient)
    assert Clinic.objects.get(slug=demo.SLUG).pk == first.pk
    # Somebody tried it out meanwhile: reworded a text, and sent a form under it.
    text = consents.reword(clinic=first, kind=consents.CONSULT, text="Ours.", now=TUESDAY)
    ConsultRequest.objects.filter(clinic=first).update(consent=text)
    demo.make_clinic(now=TUESDAY + timedelta(days=1), patient=patient)
    anew = Clinic.objects.get(slug=demo.SLUG)
    assert anew.pk != first.pk
    assert Membership.objects.filter(clinic=anew).count() == 3
    assert Person.objects.get(email=demo.OWNER).password == patient.password
