"""Messages as pages: nothing is lost, a warning sign leads to help, and everybody reads what they may."""

from __future__ import annotations

import re
import uuid
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from liftback.records.models import AuditRow, Clinic, Entry, Episode, ThreadMessage
from liftback.records.policies import LONGEST_NOTE
from liftback.records.write.clinic import episodes, shares
from liftback.records.write.clinic import threads as writing
from tests.people import NOW
from tests.records.clinic.treated import Care, care, patient
from tests.web.lifter_care.conftest import browser

MESSAGES = "/messages/"
EMERGENCY, DOUBT = "since this morning I can't feel when I wipe", "I have had a fever since yesterday and feel unwell"
CALM = "the <b>deadlift</b> went well"


def at_desk_of(episode: Episode) -> str:
    return reverse("clinic:patient_messages", args=[episode.pk])


def form(client: Client, where: str) -> dict[str, str]:
    """The hidden fields of the page's own form."""
    page = client.get(where).content.decode()
    inside = page[page.index("thread-form") :].partition("</form>")[0]
    return dict(re.findall(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)"', inside))


def send(client: Client, text: str, where: str = MESSAGES, **more: str) -> Any:
    return client.post(where, {**form(client, where), "text": text, **more})


# --- the lifter ------------------------------------------------------------------------------------------------------


def test_a_message_is_sent_and_stands_there(at_home: Client, episode: Episode) -> None:
    answer = send(at_home, CALM)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(MESSAGES)
    page = at_home.get(MESSAGES).content.decode()
    assert "the &lt;b&gt;deadlift&lt;/b&gt; went well" in page
    assert "Sent." in page


def test_the_way_to_help_stands_above_the_box(at_home: Client, episode: Episode) -> None:
    page = at_home.get(MESSAGES).content.decode()
    inside = page[page.index("thread-form") :]
    assert (
        0 < inside.index("Not for emergencies") < inside.index(reverse("lifter:emergency")) < inside.index("<textarea")
    )


def test_an_emergency_in_a_message_leads_to_the_emergency_page(at_home: Client, episode: Episode) -> None:
    answer = send(at_home, EMERGENCY)
    assert answer.headers["Location"] == reverse("lifter:emergency")
    assert ThreadMessage.objects.get().flagged
    page = at_home.get(reverse("lifter:emergency")).content.decode()
    assert "do not wait for an answer" in page
    assert "What you told that calls for it" in page, "it is their own emergency, not the page for anybody"
    assert at_home.get(reverse("lifter:today")).headers["Location"] == reverse("lifter:emergency")


def test_a_doubt_in_a_message_leads_to_the_signs(at_home: Client, episode: Episode) -> None:
    answer = send(at_home, DOUBT)
    assert answer.headers["Location"] == reverse("lifter:signs")
    assert ThreadMessage.objects.get().flagged


def test_words_that_cannot_be_read_are_not_taken_for_calm(at_home: Client, episode: Episode) -> None:
    send(at_home, "Muchas gracias!")
    assert "could not be read for warning signs" in at_home.get(MESSAGES).content.decode()
    send(at_home, "the deadlift went well")
    assert "could not be read for warning signs" not in at_home.get(MESSAGES).content.decode()


def test_a_sign_without_any_clinic_is_not_lost(here: Care, at_home: Client) -> None:
    answer = at_home.post(MESSAGES, {"text": EMERGENCY, "client_id": str(uuid.uuid4())})
    assert answer.headers["Location"] == reverse("lifter:emergency")
    assert Entry.objects.get().payload["note"] == EMERGENCY
    assert "did not reach the clinic" in at_home.get(reverse("lifter:emergency")).content.decode()


@pytest.mark.parametrize("text", ["", "x" * (LONGEST_NOTE + 1)])
def test_a_message_that_cannot_be_sent_comes_back_as_it_was(at_home: Client, episode: Episode, text: str) -> None:
    given = {**form(at_home, MESSAGES), "text": text}
    answer = at_home.post(MESSAGES, given)
    assert answer.status_code == 422
    assert f'value="{given["client_id"]}"' in answer.content.decode()
    assert f">{text}</textarea>" in answer.content.decode()


def test_a_double_tap_sends_once(at_home: Client, episode: Episode) -> None:
    given = {**form(at_home, MESSAGES), "text": CALM}
    for _ in range(2):
        assert at_home.post(MESSAGES, given).status_code == 302
    assert ThreadMessage.objects.count() == 1


@pytest.mark.parametrize("how", ["off", "stopped", "ended"])
def test_a_closed_thread_says_how_to_reach_the_clinic_and_gives_the_text_back(
    here: Care, at_home: Client, episode: Episode, how: str
) -> None:
    given = form(at_home, MESSAGES)
    if how == "off":
        Clinic.objects.update(modules_off=["messages"])
    elif how == "stopped":
        shares.stop(**here.own, clinic=here.clinic, now=NOW)
    else:
        episodes.close(staff=here.staff, episode=episode, why="done", now=NOW)
    page = at_home.get(MESSAGES).content.decode()
    assert "+1 212 555 0100" in page
    assert "thread-form" not in page
    answer = at_home.post(MESSAGES, {**given, "text": "words of mine"})
    assert answer.status_code == 422
    assert "words of mine</textarea>" in answer.content.decode()
    assert at_home.post(MESSAGES, {**given, "text": EMERGENCY}).headers["Location"] == reverse("lifter:emergency")
    assert not ThreadMessage.objects.exists()


def test_a_message_is_there_after_the_sign_in_ran_out(here: Care, at_home: Client, episode: Episode) -> None:
    given = {**form(at_home, MESSAGES), "text": "a long letter"}
    at_home.logout()
    answer = at_home.post(MESSAGES, given)
    assert answer.headers["Location"].startswith("/account/login/")
    session = dict(at_home.session)
    at_home.force_login(here.person, backend="allauth.account.auth_backends.AuthenticationBackend")
    kept = at_home.session
    kept.update({"waiting_form": session["waiting_form"]})
    kept.save()
    page = at_home.get(MESSAGES).content.decode()
    assert "a long letter</textarea>" in page
    assert "signed out before this was sent" in page


def test_an_emergency_does_not_wait_for_a_sign_in(here: Care, at_home: Client, episode: Episode) -> None:
    given = {**form(at_home, MESSAGES), "text": EMERGENCY}
    at_home.logout()
    assert at_home.post(MESSAGES, given).headers["Location"] == reverse("lifter:emergency")
    assert at_home.session["waiting_form"]["form"]["text"] == EMERGENCY


def test_a_thread_of_somebody_else_is_not_there(here: Care, at_home: Client, episode: Episode) -> None:
    other = browser(care("there").person)
    assert other.get(f"{MESSAGES}?with={episode.pk}").status_code == 404
    assert other.post(MESSAGES, {"with": str(episode.pk), "text": "x"}).status_code == 404
    assert other.get(f"{MESSAGES}?with=nonsense").status_code == 200


def test_two_clinics_are_two_threads(here: Care, at_home: Client, episode: Episode) -> None:
    second = patient(replace(care("there"), person=here.person, lifter=here.lifter))
    given = {"client_id": uuid.uuid4(), "now": NOW, "actor": here.person}
    writing.send(episode=second, text="only for there", **given)  # type: ignore[arg-type]  # each of its own kind
    page = at_home.get(f"{MESSAGES}?with={episode.pk}").content.decode()
    assert "only for there" not in page
    assert f"?with={second.pk}" in page


# --- the therapist ---------------------------------------------------------------------------------------------------


def test_a_therapist_reads_and_answers(here: Care, at_home: Client, at_desk: Client, episode: Episode) -> None:
    send(at_home, CALM)
    where = at_desk_of(episode)
    assert "deadlift" in at_desk.get(where).content.decode()
    assert "Read by Dr rivera-here" in at_home.get(MESSAGES).content.decode()
    assert send(at_desk, "well done", where).status_code == 302
    page = at_home.get(MESSAGES).content.decode()
    assert "well done" in page
    assert "Dr rivera-here" in page
    assert "Read by ann-here" in at_desk.get(where).content.decode()


def test_a_flag_is_told_in_words(at_home: Client, at_desk: Client, episode: Episode) -> None:
    send(at_home, EMERGENCY)
    assert "may tell of a warning sign" in at_desk.get(at_desk_of(episode)).content.decode()


def test_an_answer_waits_for_what_came_meanwhile(at_home: Client, at_desk: Client, episode: Episode) -> None:
    where = at_desk_of(episode)
    given = form(at_desk, where)
    send(at_home, EMERGENCY)
    answer = at_desk.post(where, {**given, "text": "see you next week"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "while you were writing" in page
    assert "see you next week</textarea>" in page
    assert "feel when I wipe" in page.replace("&#x27;", "'")
    assert ThreadMessage.objects.filter(from_lifter=False).count() == 0


def test_without_sharing_there_is_the_name_alone(
    here: Care, at_home: Client, at_desk: Client, episode: Episode
) -> None:
    send(at_home, CALM)
    given = form(at_desk, at_desk_of(episode))
    shares.stop(**here.own, clinic=here.clinic, now=NOW)
    before = AuditRow.objects.count()
    page = at_desk.get(at_desk_of(episode)).content.decode()
    assert "deadlift" not in page
    assert "Ann Other" in page
    answer = at_desk.post(at_desk_of(episode), {**given, "text": "please share again"})
    assert answer.status_code == 422
    assert "please share again</textarea>" in answer.content.decode()
    assert AuditRow.objects.count() == before, "nothing was seen, so nothing is noted"


def test_nobody_else_finds_a_thread(here: Care, episode: Episode) -> None:
    for staff in (here.desk, here.boss, care("there").staff):
        assert browser(staff.person).get(at_desk_of(episode)).status_code == 404
        assert browser(staff.person).post(at_desk_of(episode), {"text": "x"}).status_code == 404
    assert browser(here.person).get(at_desk_of(episode)).status_code == 404


def test_somebody_who_has_not_joined_has_no_thread(here: Care, at_desk: Client, episode: Episode) -> None:
    Episode.objects.update(lifter=None, joined_at=None)
    assert "has not taken up the invitation" in at_desk.get(at_desk_of(episode)).content.decode()


def test_today_and_more_say_that_a_message_waits(here: Care, at_home: Client, episode: Episode) -> None:
    today, more = reverse("lifter:today"), reverse("lifter:more")
    assert "from your clinic" not in at_home.get(today).content.decode()
    given = {"text": "hello", "client_id": uuid.uuid4(), "now": NOW}
    writing.reply(staff=here.staff, episode=episode, **given)  # type: ignore[arg-type]  # each of its own kind
    assert "1 message from your clinic" in at_home.get(today).content.decode()
    assert "1 new message" in at_home.get(more).content.decode()
    at_home.get(MESSAGES)
    assert "from your clinic" not in at_home.get(today).content.decode()


def test_a_sign_in_words_that_are_too_many_leads_to_help_and_they_are_there_again(
    at_home: Client, episode: Episode
) -> None:
    answer = send(at_home, "bla " * LONGEST_NOTE + EMERGENCY)
    assert answer.status_code == 422
    before, _, form_of = answer.content.decode().partition("thread-form")
    assert "Do not wait for anybody" in before
    assert reverse("lifter:emergency") in before
    assert EMERGENCY.replace("'", "&#x27;") in form_of
    assert "Do not wait for anybody" not in send(at_home, "bla " * LONGEST_NOTE).content.decode()


def test_a_sign_at_the_end_of_a_long_message_is_read_after_a_sign_in_that_ran_out(db: None) -> None:
    answer = Client().post(MESSAGES, {"text": "bla " * LONGEST_NOTE + EMERGENCY})
    assert answer.headers["Location"] == reverse("lifter:emergency")


def test_a_number_that_is_none_is_no_trouble(here: Care, episode: Episode) -> None:
    answer = browser(here.staff.person).post(at_desk_of(episode), {"text": "hello", "seen": "9" * 5_000})
    assert answer.status_code in (302, 422)
