"""The desk's pages as people: the list, one request, what is refused, and the list that brings itself up to date."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from liftback.records import write
from liftback.records.models import CallNote, ConsultRequest, ContactAttempt, Membership, Person
from liftback.records.write.clinic import claims
from tests.people import NOW, PASSWORD, People, everybody, lifter_of, staff_of, story
from tests.records.clinic.desk_requests import a_request, tried
from tests.records.clinic.door_people import take

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def people(db: None) -> Iterator[People]:
    with time_machine.travel(NOW, tick=False):
        yield everybody()


@pytest.fixture
def row(people: People) -> ConsultRequest:
    return a_request(staff_of(people.therapist).clinic)


def as_(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend=BACKEND)
    return client


def page(person: Person, name: str, *args: Any, **query: Any) -> str:
    answer = as_(person).get(reverse(f"clinic:{name}", args=args), query)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def sent(person: Person, name: str, row: ConsultRequest, **told: Any) -> Any:
    return as_(person).post(reverse(f"clinic:{name}", args=[row.pk]), told)


def text(content: str) -> str:
    """What is read of a page."""
    return " ".join(re.sub(r"<[^>]+>", " ", content).split())


# --- the list --------------------------------------------------------------------------------------------------------


def test_the_list_says_who_until_when_and_where_it_stands(people: People, row: ConsultRequest) -> None:
    clinic = row.clinic
    a_request(clinic, "Lee Late", due_at=NOW - timedelta(hours=2), level="within_days")
    a_request(clinic, "Nia Now", flagged=True, level="emergency", due_at=NOW)
    tried(staff_of(people.front_desk), row, "phone:no_answer")
    claims.claim(staff=staff_of(people.therapist), request=row.pk, now=NOW)
    told = text(page(people.therapist, "desk"))
    assert told.index("Nia Now") < told.index("Lee Late") < told.index("Robin Ray")
    assert "Call now" in told
    assert "Late by 2 h" in told
    assert "22 h left" in told
    assert "tried 1 of 3" in told
    assert "Yours" in told
    assert "Not asked yet" in told


def test_the_front_desk_reads_no_level_and_no_words(people: People, row: ConsultRequest) -> None:
    ConsultRequest.objects.update(level="emergency", flagged=True, words="numb when I wipe")
    for content in (page(people.front_desk, "desk"), page(people.front_desk, "request", row.pk)):
        assert "Call now" in content
        assert "Emergency sign" not in content
        assert "wipe" not in content
        assert "/brief/" not in content
    assert as_(people.front_desk).get(reverse("clinic:brief", args=[row.pk])).status_code == 404


def test_an_open_page_is_told_only_what_is_new(people: People, row: ConsultRequest) -> None:
    client = as_(people.therapist)

    def poll(content: str) -> Any:
        found = re.search(r'hx-get="([^"]+)"', content)
        assert found
        return client.get(found.group(1).replace("&amp;", "&"))

    first = client.get("/desk/").content.decode()
    assert poll(first).status_code == 204
    take(row.clinic, name="Nia New")
    answer = poll(first)
    content = answer.content.decode()
    assert answer.status_code == 200
    assert content.lstrip().startswith('<section id="list"')
    assert "2 requests are open" in content
    assert 'role="status" hx-swap-oob="true"' in content
    assert poll(content).status_code == 204
    claims.claim(staff=staff_of(people.front_desk), request=row.pk, now=NOW)
    assert "hx-swap-oob" not in poll(content).content.decode()  # the numbers are the same: nothing is said aloud


@pytest.mark.parametrize(
    "query", ["view=nonsense", "page=0", "page=-1", "page=x", "page=99999999999999999999", "page=²"]
)
def test_a_nonsense_address_shows_the_list(people: People, row: ConsultRequest, query: str) -> None:
    assert b"Robin Ray" in as_(people.therapist).get(f"/desk/?{query}").content


def test_a_name_cannot_break_the_page(people: People, row: ConsultRequest) -> None:
    ConsultRequest.objects.update(name="<script>alert(1)</script>", words="<img src=x onerror=alert(1)>")
    for name, args in (("desk", []), ("request", [row.pk]), ("brief", [row.pk])):
        content = page(people.therapist, name, *args)
        assert "<script>alert" not in content
        assert "<img src=x" not in content


# --- one request -----------------------------------------------------------------------------------------------------


def test_the_second_to_claim_reads_who_has_it(people: People, row: ConsultRequest) -> None:
    assert sent(people.therapist, "request_claim", row).status_code == 302
    answer = sent(people.front_desk, "request_claim", row)
    assert answer.status_code == 409
    assert "therapist has this one already" in answer.content.decode()


def test_a_try_sent_twice_is_kept_once_and_keeps_the_promise(people: People, row: ConsultRequest) -> None:
    told = {"result": "phone:reached", "note": "call on Friday", "client_id": str(uuid.uuid4())}
    for _ in range(2):
        assert sent(people.front_desk, "request_attempt", row, **told).status_code == 302
    row.refresh_from_db()
    assert (ContactAttempt.objects.count(), row.met_at) == (1, NOW)
    assert "Promise kept" in page(people.front_desk, "request", row.pk)


def test_what_is_refused_comes_back_as_typed(people: People, row: ConsultRequest) -> None:
    name = str(uuid.uuid4())
    told = {"result": "phone:voicemail", "note": "left word", "at": "2026-11-24T10:00", "client_id": name}
    answer = sent(people.front_desk, "request_attempt", row, **told)
    content = answer.content.decode()
    assert answer.status_code == 409
    assert "has not come yet" in content
    assert 'value="left word"' in content
    assert 'value="2026-11-24T10:00"' in content
    assert re.search(r'value="phone:voicemail"\s+selected', content)
    assert f'value="{name}"' in content
    answer = sent(people.front_desk, "request_attempt", row, **{**told, "at": "noonish"})
    assert "That is no time" in answer.content.decode()


def test_a_time_is_that_of_the_clinic(people: People, row: ConsultRequest) -> None:
    told = {"result": "phone:no_answer", "at": "2026-11-23T06:30", "client_id": str(uuid.uuid4())}
    assert sent(people.front_desk, "request_attempt", row, **told).status_code == 302
    assert ContactAttempt.objects.get().at == NOW - timedelta(minutes=30)  # half past six in New York


def test_a_note_is_kept_for_those_who_may_read_it(people: People, row: ConsultRequest) -> None:
    told = {"text": "Sore since Monday, no sign.", "client_id": str(uuid.uuid4())}
    for _ in range(2):
        assert sent(people.therapist, "request_note", row, **told).status_code == 302
    assert CallNote.objects.count() == 1
    assert "Sore since Monday" in page(people.therapist, "request", row.pk)
    assert "Sore since Monday" not in page(people.front_desk, "request", row.pk)
    assert sent(people.front_desk, "request_note", row, **told).status_code == 404


def test_a_long_note_is_refused_and_not_lost(people: People, row: ConsultRequest) -> None:
    long = "word " * 2_001
    answer = sent(people.therapist, "request_note", row, text=long)
    assert answer.status_code == 409
    assert long.strip() in answer.content.decode()


@pytest.mark.parametrize("bad", ["", "x", "-1", "99999999999999999999999", "²"])
def test_nonsense_in_a_form_is_a_sentence(people: People, row: ConsultRequest, bad: str) -> None:
    for name in ("request_give", "request_snooze", "request_close", "request_level", "request_attempt"):
        told = dict.fromkeys(("to", "held_by", "until", "reason", "level", "result", "at", "client_id"), bad)
        assert sent(people.therapist, name, row, **told).status_code == 409, name


def test_it_is_closed_and_opened_again(people: People, row: ConsultRequest) -> None:
    assert sent(people.therapist, "request_close", row, reason="answered", words="wrote back").status_code == 302
    content = text(page(people.therapist, "request", row.pk))
    assert "Answered, nothing more is needed" in content
    assert "Open it again" in content
    assert sent(people.therapist, "request_reopen", row).status_code == 302
    row.refresh_from_db()
    assert row.closed_at is None


# --- people ----------------------------------------------------------------------------------------------------------


def signed_in(people: People, who: str) -> str:
    answer = Client().post("/account/login/", {"login": f"{who}@people.example", "password": PASSWORD})
    return str(answer.headers.get("Location"))


def test_after_the_sign_in_staff_are_at_the_desk_and_lifters_at_their_own_day(people: People) -> None:
    assert signed_in(people, "therapist") == "/desk/"
    assert signed_in(people, "front_desk") == "/desk/"
    assert signed_in(people, "other_lifter") == "/today/"
    lifter = lifter_of(people.therapist)
    write.keep_story(actor=people.therapist, lifter=lifter, document=story(), via="x", now=NOW)
    assert signed_in(people, "therapist") == "/today/"
    assert 'href="/desk/"' in as_(people.therapist).get("/more/").content.decode()
    assert 'href="/desk/"' not in as_(people.lifter).get("/more/").content.decode()


def test_who_works_in_two_clinics_chooses_which_is_in_front(people: People, row: ConsultRequest) -> None:
    other = staff_of(people.other_therapist).clinic
    a_request(other, "Olga Other")
    Membership.objects.create(person=people.therapist, clinic=other, role="therapist")
    client = as_(people.therapist)
    client.post("/desk/switch/", {"clinic": other.pk})
    assert b"Olga Other" in client.get("/desk/").content
    assert b"Robin Ray" not in client.get("/desk/").content
    client.post("/desk/switch/", {"clinic": row.clinic_id})
    assert b"Robin Ray" in client.get("/desk/").content


def test_a_clinic_of_others_cannot_be_put_in_front(people: People, row: ConsultRequest) -> None:
    client = as_(people.other_therapist)
    client.post("/desk/switch/", {"clinic": row.clinic_id})
    assert b"Robin Ray" not in client.get("/desk/").content
