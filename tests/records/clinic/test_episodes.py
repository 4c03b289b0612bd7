"""Becoming a patient: by what is shared already, or by an invitation that only the invited person can take up."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress

from liftback.records.models import (
    AuditRow,
    Episode,
    Lifter,
    Mail,
    Membership,
    RequestStep,
    Share,
)
from liftback.records.permissions import NotAllowedError
from liftback.records.policies import NotNowError
from liftback.records.signed import link_token
from liftback.records.write.clinic import episodes, shares
from tests.people import NOW, lifter_of, person
from tests.records.clinic.treated import Care, asked, at_work, care, patient, shared

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def here(db: None) -> Care:
    """A clinic and its people."""
    return care()


def opened(here: Care, **told: Any) -> Episode:
    """An episode of somebody who has not joined."""
    return episodes.open_episode(staff=here.staff, request=asked(here, **told), therapist=None, now=NOW)


def token_of(episode: Episode) -> str:
    """The link in the newest invitation."""
    body = Mail.objects.filter(kind="invitation").order_by("-pk")[0].body
    return body.partition("/join/")[2].partition("/")[0]


def test_whoever_shares_is_a_patient_at_once(here: Care) -> None:
    shared(here)
    request = asked(here, lifter=here.lifter)
    made = episodes.open_episode(staff=here.staff, request=request, therapist=here.staff.membership, now=NOW)
    assert (made.lifter, made.joined_at, made.therapist) == (here.lifter, NOW, here.staff.membership)
    assert Lifter.objects.get(pk=here.lifter.pk).clinic == here.clinic
    assert not Mail.objects.exists()
    row = AuditRow.objects.get()
    assert (row.what, row.deed, row.lifter, row.request) == ("episode", "write", here.lifter.pk, request.pk)
    assert RequestStep.objects.filter(request=request, kind=episodes.OPENED).count() == 1


def test_a_lifter_who_does_not_share_is_invited_like_anybody(here: Care) -> None:
    made = episodes.open_episode(staff=here.staff, request=asked(here, lifter=here.lifter), therapist=None, now=NOW)
    assert made.lifter is None
    assert made.joined_at is None
    assert Lifter.objects.get(pk=here.lifter.pk).clinic is None
    mail = Mail.objects.get()
    assert mail.to == here.person.email
    assert "back" not in mail.subject + mail.body
    assert "hurts" not in mail.body


def test_opening_twice_is_one_episode(here: Care) -> None:
    request = asked(here)
    first = episodes.open_episode(staff=here.staff, request=request, therapist=None, now=NOW)
    assert episodes.open_episode(staff=here.staff, request=request, therapist=None, now=LATER) == first
    assert Mail.objects.count() == 1


def test_another_request_of_a_patient_opens_no_second_episode(here: Care) -> None:
    first = patient(here)
    again = asked(here, lifter=here.lifter)
    assert episodes.open_episode(staff=here.staff, request=again, therapist=None, now=LATER) == first


def test_only_those_who_treat_open_one(here: Care) -> None:
    request = asked(here)
    other = care("there").staff
    for who in (here.desk, here.boss, other):
        with pytest.raises(NotAllowedError):
            episodes.open_episode(staff=who, request=request, therapist=None, now=NOW)
    assert not Episode.objects.exists()
    assert not AuditRow.objects.exists()


def test_only_a_therapist_of_the_clinic_is_given_a_patient(here: Care) -> None:
    episode = patient(here)
    with pytest.raises(NotNowError, match="treats nobody here"):
        episodes.assign(staff=here.staff, episode=episode, therapist=here.desk.membership, now=LATER)
    with pytest.raises(NotAllowedError):
        episodes.assign(staff=here.staff, episode=episode, therapist=care("there").staff.membership, now=LATER)
    gone = at_work("gone", here.clinic).membership
    Membership.objects.filter(pk=gone.pk).update(active=False)
    gone.refresh_from_db()
    with pytest.raises(NotNowError, match="treats nobody here"):
        episodes.assign(staff=here.staff, episode=episode, therapist=gone, now=LATER)
    colleague = at_work("colleague", here.clinic).membership
    episodes.assign(staff=here.staff, episode=episode, therapist=colleague, now=LATER)
    assert Episode.objects.get(pk=episode.pk).therapist == colleague


# --- joining ---------------------------------------------------------------------------------------------------------


def test_the_invited_person_joins_and_shares(here: Care) -> None:
    episode = opened(here)
    token = token_of(episode)
    shown = episodes.invited(actor=here.person, token=token, now=LATER)
    assert shown.fits
    assert shown.consent is not None
    assert "can take this back" in shown.consent.text
    joined = episodes.join(actor=here.person, token=token, now=LATER)
    assert (joined.lifter, joined.joined_at) == (here.lifter, LATER)
    share = Share.objects.get()
    assert (share.clinic, share.consent, share.given_at) == (here.clinic, shown.consent, LATER)
    assert Lifter.objects.get(pk=here.lifter.pk).clinic == here.clinic
    assert Episode.objects.get(pk=episode.pk).request is not None
    assert episode.request is not None
    episode.request.refresh_from_db()
    assert episode.request.lifter == here.lifter


def test_joining_twice_is_once(here: Care) -> None:
    token = token_of(opened(here))
    episodes.join(actor=here.person, token=token, now=NOW)
    episodes.join(actor=here.person, token=token, now=LATER)
    assert Share.objects.get().given_at == NOW


def test_somebody_else_cannot_take_up_an_invitation(here: Care) -> None:
    token = token_of(opened(here))
    other = person("somebody-else")
    lifter_of(other)
    assert not episodes.invited(actor=other, token=token, now=NOW).fits
    with pytest.raises(NotNowError, match="another e-mail address"):
        episodes.join(actor=other, token=token, now=NOW)
    assert not Share.objects.exists()


def test_an_address_that_is_not_confirmed_does_not_count(here: Care) -> None:
    token = token_of(opened(here))
    other = person("typed-it-in")
    EmailAddress.objects.create(user=other, email=here.person.email, verified=False)
    assert not episodes.invited(actor=other, token=token, now=NOW).fits
    nobody_shown = episodes.invited(actor=None, token=token, now=NOW)
    assert not nobody_shown.fits


def test_a_second_confirmed_address_counts(here: Care) -> None:
    token = token_of(opened(here, email="Ann.At.Work@people.example"))
    EmailAddress.objects.create(user=here.person, email="ann.at.work@people.example", verified=True)
    assert episodes.join(actor=here.person, token=token, now=NOW).lifter == here.lifter


def test_an_address_of_somebody_else_than_who_asked_is_not_given_the_request(here: Care) -> None:
    episode = opened(here, email="asker@people.example")
    episodes.invite(staff=here.staff, episode=episode, email=here.person.email, now=NOW)
    episodes.join(actor=here.person, token=token_of(episode), now=NOW)
    joined = Episode.objects.select_related("request").get()
    assert joined.request is not None
    assert joined.request.lifter is None, "what was asked from another address is not theirs to read"


@pytest.mark.parametrize("how", ["used", "closed", "late", "readdressed", "deleted"])
def test_a_link_that_no_longer_holds_says_so(here: Care, how: str) -> None:
    episode = opened(here)
    token, now, actor = token_of(episode), NOW, here.person
    if how == "used":
        episodes.join(actor=here.person, token=token, now=NOW)
        actor = person("quick")
    elif how == "closed":
        episodes.close(staff=here.staff, episode=episode, why="not wanted", now=NOW)
    elif how == "late":
        now = NOW + episodes.VALID + timedelta(days=1)
    elif how == "readdressed":
        episodes.invite(staff=here.staff, episode=episode, email="new@people.example", now=NOW)
    else:
        Episode.objects.all().delete()
    for do in (episodes.invited, episodes.join):
        with pytest.raises(NotNowError, match="Ask the clinic for a new one"):
            do(actor=actor, token=token, now=now)
    assert not Share.objects.exclude(lifter=here.lifter if how == "used" else None).exists()


@pytest.mark.parametrize("token", ["", "x", "a.b", link_token("booked", str(uuid.UUID(int=7)))])
def test_a_forged_link_is_not_there(here: Care, token: str) -> None:
    with pytest.raises(NotAllowedError):
        episodes.invited(actor=here.person, token=token, now=NOW)
    cut = token_of(opened(here))[:-2]
    with pytest.raises(NotAllowedError):
        episodes.join(actor=here.person, token=cut, now=NOW)


def test_an_invitation_without_an_address_waits_for_one(here: Care) -> None:
    episode = opened(here, email="")
    assert not Mail.objects.exists()
    with pytest.raises(NotNowError, match="not an e-mail address"):
        episodes.invite(staff=here.staff, episode=episode, email="no address", now=NOW)
    episodes.invite(staff=here.staff, episode=episode, email=f" {here.person.email} ", now=NOW)
    assert episodes.join(actor=here.person, token=token_of(episode), now=NOW).lifter == here.lifter


def test_a_patient_does_not_join_a_second_time(here: Care) -> None:
    patient(here)
    token = token_of(opened(here))
    with pytest.raises(NotNowError, match="patient of Here clinic already"):
        episodes.join(actor=here.person, token=token, now=NOW)


# --- the end ---------------------------------------------------------------------------------------------------------


def test_closing_ends_what_the_clinic_sees(here: Care) -> None:
    episode = patient(here)
    with pytest.raises(NotNowError, match="why this ends"):
        episodes.close(staff=here.staff, episode=episode, why="  ", now=LATER)
    episodes.close(staff=here.staff, episode=episode, why="all done", now=LATER)
    assert Episode.objects.get().closed_why == "all done"
    assert not shares.holds(lifter=here.lifter, clinic=here.clinic)
    assert Lifter.objects.get(pk=here.lifter.pk).clinic is None
    with pytest.raises(NotNowError, match="all done"):
        episodes.close(staff=here.staff, episode=episode, why="again", now=LATER)


def test_closing_works_after_sharing_was_stopped(here: Care) -> None:
    episode = patient(here)
    shares.stop(**here.own, clinic=here.clinic, now=LATER)
    episodes.close(staff=here.staff, episode=episode, why="they stopped", now=LATER)
    assert AuditRow.objects.filter(what="episode", lifter=here.lifter.pk).count() == 2


def test_another_clinic_changes_nothing(here: Care) -> None:
    episode, other = patient(here), care("there").staff
    given: dict[str, Any] = {"episode": episode, "now": LATER}
    for who in (other, here.desk):
        with pytest.raises(NotAllowedError):
            episodes.close(staff=who, why="mine", **given)
        with pytest.raises(NotAllowedError):
            episodes.assign(staff=who, therapist=None, **given)
        with pytest.raises(NotAllowedError):
            episodes.invite(staff=who, email="x@people.example", **given)
    assert Episode.objects.get().closed_at is None
