"""Who works in a clinic: asked, joined, changed, let go."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress

from liftback.records import staff as staff_rules
from liftback.records.models import AuditRow, Mail, Membership, Person
from liftback.records.permissions import NotAllowedError
from liftback.records.policies import NotNowError
from liftback.records.signed import link_token
from liftback.records.staff import Staff
from liftback.records.write.clinic import team
from liftback.records.write.clinic.terms import RefusedError
from tests.people import NOW, People, everybody, person, staff_of


@pytest.fixture
def people(db: None) -> People:
    return everybody()


@pytest.fixture
def owner(people: People) -> Staff:
    return staff_of(people.owner)


def member(people: People, who: str) -> Membership:
    return Membership.objects.get(person=getattr(people, who))


def invited(owner: Staff, email: str, role: str = "therapist") -> str:
    team.invite(staff=owner, now=NOW, email=email, role=role)
    return link_token(team.PURPOSE, Mail.objects.filter(kind=team.KIND).latest("pk").key)


def test_somebody_is_asked_and_says_yes(owner: Staff) -> None:
    new = person("new")
    token = invited(owner, "New@People.example ")
    mail = Mail.objects.get()
    assert mail.to == new.email
    assert token in mail.body.replace("%3A", ":")
    made = team.join(actor=new, token=token, now=NOW)
    assert (made.role, made.clinic_id, made.active) == ("therapist", owner.clinic.pk, True)
    assert team.waiting(clinic=owner.clinic, now=NOW) == []
    assert AuditRow.objects.filter(actor=new.pk, why="joined the team").count() == 1


def test_a_link_works_once(owner: Staff) -> None:
    new, token = person("new"), invited(owner, "new@people.example")
    team.join(actor=new, token=token, now=NOW)
    with pytest.raises(NotNowError, match="no longer holds"):
        team.join(actor=new, token=token, now=NOW)


def test_only_the_account_of_that_address_can_say_yes(owner: Staff) -> None:
    token = invited(owner, "new@people.example")
    with pytest.raises(NotAllowedError):
        team.join(actor=person("somebody_else"), token=token, now=NOW)
    unproved = Person.objects.create_user("new@people.example", "a long password")
    EmailAddress.objects.create(user=unproved, email=unproved.email, verified=False, primary=True)
    with pytest.raises(NotAllowedError):
        team.join(actor=unproved, token=token, now=NOW)
    assert not Membership.objects.filter(person=unproved).exists()


def test_a_forged_link_is_none(owner: Staff) -> None:
    token = invited(owner, "new@people.example")
    for forged in (token[:-2], "x", link_token("asked", Mail.objects.get().key)):
        with pytest.raises(NotAllowedError):
            team.invitation_of(token=forged, now=NOW)


def test_an_old_one_and_one_taken_back_no_longer_hold(owner: Staff) -> None:
    token = invited(owner, "new@people.example")
    with pytest.raises(NotNowError):
        team.invitation_of(token=token, now=NOW + timedelta(days=8))
    team.take_back(staff=owner, now=NOW, mail=Mail.objects.get().pk)
    with pytest.raises(NotNowError):
        team.invitation_of(token=token, now=NOW)


def test_asking_again_ends_the_first_link(owner: Staff) -> None:
    first = invited(owner, "new@people.example", "owner")
    second = invited(owner, "new@people.example", "front_desk")
    with pytest.raises(NotNowError):
        team.invitation_of(token=first, now=NOW)
    assert team.invitation_of(token=second, now=NOW).role == "front_desk"


def test_asking_says_nothing_about_whether_there_is_an_account(owner: Staff) -> None:
    person("known")
    for email in ("known@people.example", "unknown@people.example"):
        team.invite(staff=owner, now=NOW, email=email, role="therapist")
    texts = {mail.body.replace(str(link_token(team.PURPOSE, mail.key)), "LINK") for mail in Mail.objects.all()}
    assert len(texts) == 1


def test_a_mail_says_nothing_about_anybodys_health(owner: Staff) -> None:
    invited(owner, "new@people.example")
    text = (Mail.objects.get().body + Mail.objects.get().subject).casefold()
    assert not [word for word in ("pain", "back ", "patient", "injur") if word in text]


@pytest.mark.parametrize("role", ["", "boss"])
def test_a_role_that_is_none_and_an_address_that_is_none(owner: Staff, role: str) -> None:
    with pytest.raises(RefusedError) as refused:
        team.invite(staff=owner, now=NOW, email="not an address", role=role)
    assert set(refused.value.faults) == {"role", "email"}


def test_whoever_is_in_the_list_is_not_asked_again(owner: Staff, people: People) -> None:
    with pytest.raises(RefusedError, match="in the list already"):
        team.invite(staff=owner, now=NOW, email=people.therapist.email, role="owner")


def test_roles_and_calls_are_changed(owner: Staff, people: People) -> None:
    desk, therapist = member(people, "front_desk"), member(people, "therapist")
    with pytest.raises(RefusedError, match="taken by therapists"):
        team.change(staff=owner, now=NOW, membership=desk.pk, role="front_desk", title="", takes_calls=True)
    team.change(staff=owner, now=NOW, membership=therapist.pk, role="therapist", title="Dr.", takes_calls=True)
    therapist.refresh_from_db()
    assert (therapist.title, therapist.takes_calls) == ("Dr.", True)


def test_the_last_owner_stays_one(owner: Staff, people: People) -> None:
    own = owner.membership.pk
    with pytest.raises(NotNowError, match="at least one owner"):
        team.let_go(staff=owner, now=NOW, membership=own)
    with pytest.raises(NotNowError, match="at least one owner"):
        team.change(staff=owner, now=NOW, membership=own, role="therapist", title="", takes_calls=False)
    assert Membership.objects.get(pk=own).role == "owner"
    team.change(
        staff=owner, now=NOW, membership=member(people, "therapist").pk, role="owner", title="", takes_calls=False
    )
    team.let_go(staff=owner, now=NOW, membership=own)
    assert staff_rules.staff_of(people.owner) is None


@pytest.mark.parametrize("who", ["therapist", "front_desk", "other_therapist"])
def test_nobody_but_the_owner_changes_roles_least_of_all_their_own(people: People, who: str) -> None:
    staff = staff_of(getattr(people, who))
    mine = staff.membership.pk
    with pytest.raises(NotAllowedError):
        team.change(staff=staff, now=NOW, membership=mine, role="owner", title="", takes_calls=False)
    with pytest.raises(NotAllowedError):
        team.let_go(staff=staff, now=NOW, membership=mine)
    with pytest.raises(NotAllowedError):
        team.invite(staff=staff, now=NOW, email="friend@people.example", role="owner")
    assert not Mail.objects.exists()


def test_another_clinics_people_are_not_there(owner: Staff, people: People) -> None:
    theirs = member(people, "other_therapist").pk
    for deed in (team.let_go, team.take_in):
        with pytest.raises(NotAllowedError):
            deed(staff=owner, now=NOW, membership=theirs)


def test_whoever_leaves_keeps_a_row_and_can_come_back(owner: Staff, people: People) -> None:
    row = member(people, "therapist")
    team.let_go(staff=owner, now=NOW, membership=row.pk)
    assert staff_rules.staff_of(people.therapist) is None
    team.take_in(staff=owner, now=NOW, membership=row.pk)
    assert staff_of(people.therapist).membership.role == "therapist"
