"""Sharing, joining and who looked, as pages."""

from __future__ import annotations

import html
import io
import json
import zipfile
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from liftback.records import audit, consents
from liftback.records.models import AuditRow, Episode, Lifter, Person, Share
from liftback.records.staff import TREAT
from liftback.records.write.clinic import episodes, shares
from tests.people import NOW, PASSWORD, person
from tests.records.clinic.treated import Care, asked, care, patient
from tests.web.lifter_care.conftest import browser

CLINIC, LOOKED = "/clinic/", "/who-looked/"


def consent_of(here: Care) -> str:
    return str(consents.current(clinic=here.clinic, kind=consents.RECORDS, now=NOW).pk)


def invitation(here: Care, **told: Any) -> tuple[Episode, str]:
    """Somebody was invited; the episode, and the path of the link."""
    made = episodes.open_episode(staff=here.staff, request=asked(here, **told), therapist=None, now=NOW)
    return made, reverse("lifter:join", args=[episodes.join_token(made, NOW.date())])


def signed_in_for_real(who: Person) -> Client:
    """A browser in which somebody has just typed their password, as deleting asks for."""
    client = Client()
    client.post("/account/login/", {"login": who.email, "password": PASSWORD})
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    return client


# --- /clinic/ --------------------------------------------------------------------------------------------------------


def test_a_lifter_stops_and_shares_again(here: Care, at_home: Client, episode: Episode) -> None:
    page = at_home.get(CLINIC).content.decode()
    assert "Stop sharing" in page
    assert "Here clinic" in page
    assert "Dr rivera-here" in page
    at_home.post(CLINIC, {"clinic": "here", "do": "stop"})
    assert not shares.holds(lifter=here.lifter, clinic=here.clinic)
    page = at_home.get(CLINIC).content.decode()
    assert "sees nothing more from now on" in page
    assert consents.FIRST[consents.RECORDS] in html.unescape(page), "the whole text stands above the box"
    answer = at_home.post(CLINIC, {"clinic": "here", "do": "share", "agree": "1", "consent": consent_of(here)})
    assert answer.status_code == 302
    assert shares.holds(lifter=here.lifter, clinic=here.clinic)


@pytest.mark.parametrize(
    "given",
    [{}, {"do": "share"}, {"do": "share", "consent": "right"}, {"do": "share", "agree": "1"}, {"do": "nonsense"}],
)
def test_without_a_yes_to_the_text_nothing_is_shared(here: Care, at_home: Client, given: dict[str, str]) -> None:
    asked(here, lifter=here.lifter)
    sent = {**given, "clinic": "here"}
    if given.get("consent") == "right":
        sent["consent"] = consent_of(here)
    assert at_home.post(CLINIC, sent).status_code == 422
    assert not Share.objects.exists()


def test_a_text_that_changed_is_read_again(here: Care, at_home: Client) -> None:
    asked(here, lifter=here.lifter)
    old = consent_of(here)
    consents.reword(clinic=here.clinic, kind=consents.RECORDS, text="A newer text.", now=NOW)
    answer = at_home.post(CLINIC, {"clinic": "here", "do": "share", "agree": "1", "consent": old})
    assert answer.status_code == 422
    assert "A newer text." in answer.content.decode()
    assert not Share.objects.exists()


def test_a_clinic_one_has_nothing_to_do_with_is_not_there(here: Care, at_home: Client) -> None:
    care("there")
    given = {"clinic": "there", "do": "share", "agree": "1", "consent": consent_of(here)}
    assert at_home.post(CLINIC, given).status_code == 404
    assert "No clinic sees anything of yours" in at_home.get(CLINIC).content.decode()


# --- /join/ ----------------------------------------------------------------------------------------------------------


def test_the_invited_person_reads_agrees_and_joins(here: Care, at_home: Client) -> None:
    made, where = invitation(here)
    page = at_home.get(where)
    assert consents.FIRST[consents.RECORDS] in html.unescape(page.content.decode())
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert not Share.objects.exists(), "looking changes nothing: mail scanners follow links"
    assert at_home.post(where, {}).status_code == 422
    assert at_home.post(where, {"agree": "1", "consent": "0"}).status_code == 422
    answer = at_home.post(where, {"agree": "1", "consent": consent_of(here)})
    assert answer.headers["Location"] == CLINIC
    joined = Episode.objects.get(pk=made.pk)
    assert joined.lifter == here.lifter
    assert joined.joined_at is not None
    assert "joined already" in at_home.get(where).content.decode()
    assert at_home.post(where, {}).headers["Location"] == CLINIC


def test_a_stranger_sees_which_clinic_and_how_to_go_on(here: Care) -> None:
    made, where = invitation(here)
    nobody = Client()
    page = nobody.get(where).content.decode()
    assert "Here clinic invites you" in page
    assert made.email not in page
    assert "Ann" not in page
    assert f"/account/signup/?next={where}" in page
    assert nobody.post(where, {"agree": "1"}).headers["Location"].startswith("/account/login/?next=/join/")


def test_somebody_who_is_no_lifter_yet_becomes_one_by_joining(here: Care) -> None:
    new = person("new-here")
    made, where = invitation(here, email=new.email)
    client = browser(new)
    client.cookies["zone"] = "Asia/Kolkata"
    client.post(where, {"agree": "1", "consent": consent_of(here)})
    lifter = Lifter.objects.get(person=new)
    assert (lifter.zone, lifter.clinic) == ("Asia/Kolkata", here.clinic)
    assert Episode.objects.get(pk=made.pk).lifter == lifter


def test_the_wrong_person_reads_what_to_do(here: Care) -> None:
    made, where = invitation(here)
    other = browser(person("other"))
    page = other.get(where).content.decode()
    assert "sent to another e-mail address" in page
    assert "other@people.example" in page
    assert made.email not in page
    assert other.post(where, {"agree": "1", "consent": consent_of(here)}).status_code == 409
    assert not Share.objects.exists()


def test_old_used_and_forged_links_have_their_pages(here: Care, at_home: Client) -> None:
    made, where = invitation(here)
    assert at_home.get("/join/forged/").status_code == 404
    with time_machine.travel(NOW + timedelta(days=32), tick=False):
        late = browser(here.person)
        answer = late.get(where)
        assert answer.status_code == 409
        assert "Ask the clinic for a new one" in answer.content.decode()
    episodes.close(staff=here.staff, episode=made, why="not wanted", now=NOW)
    assert at_home.post(where, {"agree": "1", "consent": consent_of(here)}).status_code == 409


# --- /who-looked/ and one's own data ---------------------------------------------------------------------------------


def test_who_looked_stands_in_plain_words(here: Care, at_home: Client, episode: Episode) -> None:
    with audit.audited(staff=here.staff, deed=audit.READ, what="records", now=NOW, lifter=here.lifter, needs=TREAT):
        pass
    page = at_home.get(LOOKED).content.decode()
    for words in (
        "rivera-here",
        "therapist",
        "Here clinic",
        "Looked at:",
        "your story, answers and course",
        "Wrote or changed:",
    ):
        assert words in page


def test_many_looks_have_pages(here: Care, at_home: Client, episode: Episode) -> None:
    row = AuditRow.objects.get()
    for _ in range(60):
        row.pk = None
        row.save()
    first, second = (at_home.get(f"{LOOKED}?page={one}").content.decode() for one in (1, 2))
    assert "Page 1 of 2" in first
    assert "?page=2" in first
    assert second.count("<tr>") == 12
    for odd in ("0", "x", "²", "9" * 30):
        assert at_home.get(f"{LOOKED}?page={odd}").status_code == 200


def test_nobody_looked(at_home: Client) -> None:
    assert "Nobody has looked" in at_home.get(LOOKED).content.decode()


def test_my_data_counts_and_takes_home_what_clinics_have(here: Care, at_home: Client, episode: Episode) -> None:
    page = at_home.get("/my-data/").content.decode()
    assert "Requests to clinics" in page
    assert LOOKED in page
    answer = at_home.get("/my-data/export.zip")
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]  # it is a FileResponse
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        told = json.loads(archive.read("liftback.json"))
    assert told["requests"][0]["words"] == "my back hurts"
    assert told["shares"][0]["text"] == consents.FIRST[consents.RECORDS]
    assert told["who_looked"][0]["what"] == audit.WHAT["episode"]
    assert {"calls", "messages", "plan_edits", "episodes"} <= set(told)


def test_the_page_before_deleting_says_what_a_clinic_keeps(here: Care) -> None:
    client = signed_in_for_real(here.person)

    def page() -> str:
        return str(client.get("/my-data/delete/").content.decode())

    assert "keeps its own record" not in page()
    asked(here, lifter=here.lifter)
    assert "open requests are taken back" in page()
    patient(here)
    assert "Here clinic made you a patient" in page()
    client.post("/my-data/delete/", {"address": here.person.email})
    assert not Lifter.objects.exists()
    assert Episode.objects.get().lifter is None


def test_a_last_owner_reads_why_the_account_stays(here: Care) -> None:
    client = signed_in_for_real(here.boss.person)
    answer = client.post("/my-data/delete/", {"address": here.boss.person.email})
    assert answer.status_code == 409
    assert "only owner of Here clinic" in answer.content.decode()
