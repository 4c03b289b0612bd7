"""The team's page and its invitation, the directory's pages, the report and who looked, as the people they are for."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from liftback.records.models import Colleague, Mail, Membership
from tests.people import NOW, People, everybody, person
from tests.web.clinic.practice_people import browser, text_of

CSV = "name,email,zip,states,phone\nKim Example,kim@example.com,07302,NJ,+1 201 555 0100\nLee,nope,78701,TX,\n"


@pytest.fixture
def people(db: None) -> Iterator[People]:
    with time_machine.travel(NOW, tick=False):
        yield everybody()


@pytest.fixture
def owner(people: People) -> Client:
    return browser(people.owner)


def invited(owner: Client, email: str, role: str = "therapist") -> str:
    assert owner.post("/desk/clinic/team/", {"do": "invite", "email": email, "role": role}).status_code == 302
    found = re.search(r"https?://[^/]+(/desk/join/\S+)", Mail.objects.latest("pk").body)
    assert found is not None
    return found.group(1)


def test_somebody_is_asked_and_joins_with_their_own_account(owner: Client) -> None:
    link = invited(owner, "new@people.example")
    assert Client().get(link).headers["Location"].startswith("/account/login/?next=")
    new = browser(person("new"))
    assert "You are asked to work there as: Therapist." in text_of(new.get(link))
    assert not Membership.objects.filter(person__email="new@people.example").exists()  # looking is no yes
    assert new.post(link, {"name": "New Person"}).headers["Location"] == "/desk/"
    assert new.get(link).status_code == 409
    assert "new@people.example" in text_of(owner.get("/desk/clinic/team/"))


def test_somebody_else_is_told_whom_it_is_not_for_and_not_whom_it_is_for(owner: Client, people: People) -> None:
    link = invited(owner, "new@people.example")
    other = browser(people.other_lifter)
    page = text_of(other.get(link))
    assert "This invitation is for another address" in page
    assert "new@people.example" not in page
    other.post(link)
    assert not Membership.objects.filter(person=people.other_lifter).exists()


@pytest.mark.parametrize("token", ["x", "staff_invitation.1.owner.abc.def"])
def test_a_forged_invitation_is_not_there(people: People, token: str) -> None:
    assert browser(people.other_lifter).get(f"/desk/join/{token}/").status_code == 404


def test_one_that_was_taken_back_says_so(owner: Client, people: People) -> None:
    link = invited(owner, people.other_lifter.email)
    owner.post("/desk/clinic/team/", {"do": "take_back", "mail": Mail.objects.get().pk})
    answer = browser(people.other_lifter).get(link)
    assert answer.status_code == 409
    assert "Ask for a new one" in text_of(answer)


def test_the_last_owner_reads_why_they_stay(owner: Client, people: People) -> None:
    own = Membership.objects.get(person=people.owner)
    answer = owner.post("/desk/clinic/team/", {"do": "let_go", "membership": own.pk})
    assert answer.status_code == 422
    assert "at least one owner" in text_of(answer)
    therapist = Membership.objects.get(person=people.therapist)
    owner.post("/desk/clinic/team/", {"do": "let_go", "membership": therapist.pk})
    assert browser(people.therapist).get("/desk/promises/").status_code == 404
    assert "no longer works here" in text_of(owner.get("/desk/clinic/team/"))


def looked(owner: Client, content: str) -> str:
    file = SimpleUploadedFile("friends.csv", content.encode())
    return text_of(owner.post("/desk/clinic/directory/import/", {"file": file}))


def test_a_file_is_looked_at_and_then_imported(owner: Client) -> None:
    page = looked(owner, CSV)
    assert "“nope” is no e-mail address." in page
    assert not Colleague.objects.exists()
    token = re.search(r'name="token" value="([^"]+)"', page)
    assert token is not None
    answer = owner.post("/desk/clinic/directory/import/yes/", {"token": token.group(1)}, follow=True)
    assert "Imported: 1 new, 0 changed, 0 as they were." in text_of(answer)
    again = owner.post("/desk/clinic/directory/import/yes/", {"token": token.group(1)})
    assert again.status_code == 422
    assert "There is nothing to import" in looked(owner, CSV)
    assert Colleague.objects.count() == 1


@pytest.mark.parametrize("content", ["", "email\nx@example.com\n", "name\n" + "a" * 1_000_001])
def test_a_file_that_is_none_is_refused_on_the_page(owner: Client, content: str) -> None:
    assert "That file cannot be used" in looked(owner, content)


def test_the_export_holds_no_formula(owner: Client) -> None:
    owner.post("/desk/clinic/directory/new/", {"name": "=1+1", "phone": "+1 201 555 0100", "in_person": "on"})
    answer = owner.get("/desk/clinic/directory/export.csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[1][:4] == ["'=1+1", "", "", "'+1 201 555 0100"]
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_a_colleague_is_added_changed_and_left_out(owner: Client) -> None:
    answer = owner.post("/desk/clinic/directory/new/", {"name": "Kim", "zip": "073", "notes": "strong"})
    assert answer.status_code == 422
    assert "no ZIP code of five digits" in text_of(answer)
    assert "strong" in text_of(answer)
    owner.post("/desk/clinic/directory/new/", {"name": "Kim", "zip": "07302", "states": "NJ", "telehealth": "on"})
    kim = Colleague.objects.get()
    assert (kim.telehealth, kim.in_person, kim.city) == (True, False, "Jersey City")
    page = text_of(owner.get(f"/desk/clinic/directory/{kim.pk}/"))
    assert 'value="NJ"' in page
    owner.post(f"/desk/clinic/directory/{kim.pk}/active/", {"active": "no"})
    assert "Take in again" in text_of(owner.get("/desk/clinic/directory/"))
    assert "Nobody fits that" in text_of(owner.get("/desk/clinic/directory/?state=TX"))


def test_another_clinics_colleague_is_not_there(owner: Client, people: People) -> None:
    there = Membership.objects.get(person=people.other_therapist).clinic
    theirs = Colleague.objects.create(clinic=there, name="Theirs alone", changed_at=NOW)
    assert owner.get(f"/desk/clinic/directory/{theirs.pk}/").status_code == 404
    assert owner.post(f"/desk/clinic/directory/{theirs.pk}/active/").status_code == 404
    assert "Theirs alone" not in text_of(owner.get("/desk/clinic/directory/"))


def test_the_report_is_there_without_any_request(owner: Client) -> None:
    assert "Nothing came in yet" in text_of(owner.get("/desk/promises/"))
    assert owner.get("/desk/promises/?weeks=many").status_code == 200


def test_every_change_stands_in_who_looked(owner: Client) -> None:
    owner.post("/desk/clinic/modules/", {"on": []})
    page = text_of(owner.get("/desk/audit/"))
    assert "modules_off" in page
    assert "the clinic&#x27;s own terms" in page
    for query in ("?day=2026-11-23", "?day=never&person=x&page=-1", "?person=99999999999999999999", "?lifter=1"):
        assert owner.get(f"/desk/audit/{query}").status_code == 200
