"""Sharing with a clinic: by a yes to the text that was shown, and over the moment it is stopped."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from liftback.records import audit, consents, permissions, read, write
from liftback.records.models import RequestStep, Share
from liftback.records.permissions import NotAllowedError
from liftback.records.policies import NotNowError
from liftback.records.read.clinic import own_clinic, threads
from liftback.records.staff import TREAT
from liftback.records.write.clinic import shares
from tests.people import NOW, story
from tests.records.clinic.treated import Care, asked, care, patient, shared

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def here(db: None) -> Care:
    """A clinic and a lifter with a story."""
    made = care()
    write.keep_story(**made.own, document=story(), via="interview", now=NOW)
    return made


def looks(here: Care) -> list[Callable[[], Any]]:
    """Every way in which a therapist reads a lifter's records, each inside an audited look."""
    who = here.staff.person

    def audited(do: Callable[[], Any]) -> Callable[[], Any]:
        def look() -> Any:
            with audit.audited(
                staff=here.staff, deed=audit.READ, what="records", now=LATER, lifter=here.lifter, needs=TREAT
            ):
                return do()

        return look

    return [
        audited(lambda: read.story_of(actor=who, lifter=here.lifter)),
        audited(lambda: read.entries_of(actor=who, lifter=here.lifter)),
        audited(lambda: read.files_of(actor=who, lifter=here.lifter)),
        audited(lambda: read.page(actor=who, lifter=here.lifter, name="plan", now=LATER)),
    ]


def test_a_therapist_sees_while_it_is_shared_and_not_a_moment_longer(here: Care) -> None:
    for look in looks(here):
        with pytest.raises(NotAllowedError):
            look()
    shared(here)
    for look in looks(here):
        look()
    assert shares.stop(**here.own, clinic=here.clinic, now=LATER)
    for look in looks(here):
        with pytest.raises(NotAllowedError):
            look()
    assert not shares.stop(**here.own, clinic=here.clinic, now=LATER), "twice is once"


def test_stopping_hides_the_thread_and_leaves_the_name(here: Care) -> None:
    episode = patient(here)
    threads.opened(staff=here.staff, episode=episode, now=NOW)
    shares.stop(**here.own, clinic=here.clinic, now=LATER)
    with pytest.raises(NotAllowedError):
        threads.opened(staff=here.staff, episode=episode, now=LATER)
    assert threads.episode_here(staff=here.staff, number=episode.pk).name == "Ann Other"


def test_the_clinic_reads_that_it_was_stopped(here: Care) -> None:
    episode = patient(here)
    shares.stop(**here.own, clinic=here.clinic, now=LATER)
    step = RequestStep.objects.get(kind=shares.STOPPED)
    assert (step.request, step.at) == (episode.request, LATER)


def test_sharing_again_after_a_stop_is_a_new_yes(here: Care) -> None:
    shared(here)
    shares.stop(**here.own, clinic=here.clinic, now=LATER)
    shared(here, at=LATER)
    assert list(Share.objects.order_by("pk").values_list("ended_at", flat=True)) == [LATER, None]


def test_sharing_twice_is_one_yes(here: Care) -> None:
    shared(here)
    shared(here, at=LATER)
    assert Share.objects.get().given_at == NOW


def test_only_the_lifter_shares_and_stops(here: Care) -> None:
    text = consents.current(clinic=here.clinic, kind=consents.RECORDS, now=NOW)
    for who in (here.staff.person, here.boss.person, care("there").person):
        with pytest.raises(NotAllowedError):
            shares.give(actor=who, lifter=here.lifter, clinic=here.clinic, consent=text, now=NOW)
        with pytest.raises(NotAllowedError):
            shares.stop(actor=who, lifter=here.lifter, clinic=here.clinic, now=NOW)
    assert not Share.objects.exists()


def test_a_yes_to_another_text_is_none(here: Care) -> None:
    other = consents.reword(clinic=care("there").clinic, kind=consents.RECORDS, text="another clinic's", now=NOW)
    wrong = consents.current(clinic=here.clinic, kind=consents.CONSULT, now=NOW)
    for text in (other, wrong):
        with pytest.raises(NotNowError, match="not the one for sharing"):
            shares.give(**here.own, clinic=here.clinic, consent=text, now=NOW)


def test_a_therapist_reads_and_never_writes_for_the_lifter(here: Care) -> None:
    shared(here)
    who = here.staff.person
    with audit.audited(staff=here.staff, deed=audit.WRITE, what="plan_edit", now=NOW, lifter=here.lifter, needs=TREAT):
        assert permissions.may(who, permissions.READ, here.lifter)
        assert permissions.may(who, permissions.TREAT, here.lifter)
        for deed in (permissions.WRITE, permissions.DELETE):
            assert not permissions.may(who, deed, here.lifter)


def test_the_page_names_whoever_sees_treats_or_was_asked(here: Care) -> None:
    def found() -> list[tuple[str, bool, bool]]:
        rows = own_clinic.clinics_of(**here.own, now=NOW)
        return [(one.clinic.slug, one.share is not None, one.takes_messages) for one in rows]

    assert found() == []
    asked(care("there"), lifter=here.lifter)
    assert found() == [("there", False, False)]
    patient(here)
    assert found() == [("here", True, True), ("there", False, False)]
    shares.stop(**here.own, clinic=here.clinic, now=LATER)
    assert found() == [("here", False, False), ("there", False, False)]
    with pytest.raises(NotAllowedError):
        own_clinic.clinic_of(**here.own, slug="elsewhere", now=NOW)
