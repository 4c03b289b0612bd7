"""Messages: kept once, read in order, told of without a word; and a warning sign in one is never left behind."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest

from liftback.records import read, write
from liftback.records.models import (
    AuditRow,
    Clinic,
    Entry,
    Episode,
    Lifter,
    Mail,
    Membership,
    ThreadMessage,
    ThreadRead,
)
from liftback.records.permissions import NotAllowedError
from liftback.records.policies import NotNowError
from liftback.records.read.clinic import threads
from liftback.records.write.clinic import episodes, shares
from liftback.records.write.clinic import threads as writing
from tests.people import NOW, story
from tests.records.clinic.treated import Care, at_work, care, patient

pytestmark = pytest.mark.django_db
SIGN = "since this morning I can't feel when I wipe"
CALM = "the deadlift went well"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def here(db: None) -> Care:
    """A clinic and a lifter with a calm story."""
    made = care()
    write.keep_story(**made.own, document=story(), via="interview", now=NOW)
    return made


@pytest.fixture
def episode(here: Care) -> Episode:
    """The lifter as a patient."""
    return patient(here)


def send(here: Care, episode: Episode, text: str, minutes: int = 0, **more: Any) -> writing.Sent:
    """A message of the lifter."""
    given = {"client_id": uuid.uuid4(), **more}
    return writing.send(actor=here.person, episode=episode, text=text, now=NOW + minutes * MINUTE, **given)


def reply(here: Care, episode: Episode, text: str, minutes: int = 0, **more: Any) -> ThreadMessage:
    """A message of the therapist."""
    given = {"client_id": uuid.uuid4(), "staff": here.staff, **more}
    return writing.reply(episode=episode, text=text, now=NOW + minutes * MINUTE, **given)


def page(here: Care, name: str) -> Any:
    """A page of the lifter's, as the next request reads it."""
    return read.page(actor=here.person, lifter=Lifter.objects.get(pk=here.lifter.pk), name=name, now=NOW)


def waiting(episode: Episode) -> threads.Waiting:
    return threads.waiting([episode])[episode.pk]


# --- warning signs ---------------------------------------------------------------------------------------------------


def test_a_sign_in_a_message_holds_the_plan(here: Care, episode: Episode) -> None:
    assert not page(here, "plan")["held"]
    sent = send(here, episode, SIGN)
    assert sent.signs
    assert sent.message is not None
    assert sent.message.flagged
    assert page(here, "plan")["held"], "the plan must not go on past a sign that was told in a message"
    assert page(here, "answers")["advice"]["emergency"]
    assert read.sign_told(**here.own)


def test_a_message_without_a_sign_adds_nothing_to_the_records(here: Care, episode: Episode) -> None:
    assert not send(here, episode, CALM).signs
    assert not send(here, episode, "no numbness, no trouble with the bladder").signs
    assert not Entry.objects.exists()


def test_a_sign_sent_twice_is_kept_once(here: Care, episode: Episode) -> None:
    again = uuid.uuid4()
    for _ in range(2):
        assert send(here, episode, SIGN, client_id=again).signs
    assert ThreadMessage.objects.count() == 1
    assert Entry.objects.count() == 1
    assert Mail.objects.filter(kind=writing.URGENT).count() == 2


def test_a_sign_is_told_to_therapist_and_clinic_each_time_and_without_a_word(here: Care, episode: Episode) -> None:
    send(here, episode, CALM)
    send(here, episode, SIGN, 1)
    send(here, episode, SIGN, 2)
    mails = Mail.objects.filter(kind=writing.URGENT)
    assert sorted(mails.values_list("to", flat=True)) == sorted(2 * [here.staff.person.email, here.clinic.email])
    for one in mails:
        assert str(episode.pk) in one.body
        for word in ("feel", "wipe", "sign", "numb", "back", "Ann"):
            assert word not in one.subject + one.body


@pytest.mark.parametrize("how", ["off", "stopped", "ended"])
def test_a_sign_is_kept_even_where_the_clinic_gets_no_message(here: Care, episode: Episode, how: str) -> None:
    if how == "off":
        Clinic.objects.update(modules_off=["messages"])
    elif how == "stopped":
        shares.stop(**here.own, clinic=here.clinic, now=NOW)
    else:
        episodes.close(staff=here.staff, episode=episode, why="done", now=NOW)
    sent = send(here, episode, SIGN)
    assert sent.message is None
    assert sent.signs
    assert "+1 212 555 0100" in sent.closed
    assert not ThreadMessage.objects.exists()
    assert page(here, "plan")["held"]
    assert send(here, episode, CALM).closed


def test_a_sign_calls_for_attention_until_it_is_answered_and_not_only_read(here: Care, episode: Episode) -> None:
    send(here, episode, SIGN, 1)
    send(here, episode, CALM, 2)
    assert waiting(episode) == threads.Waiting(unread=2, since=NOW + MINUTE, flagged_at=NOW + MINUTE)
    threads.opened(staff=here.staff, episode=episode, now=NOW + 3 * MINUTE)
    assert waiting(episode) == threads.Waiting(unread=0, since=None, flagged_at=NOW + MINUTE)
    reply(here, episode, "go to the emergency department now", 4)
    assert waiting(episode).flagged_at is None
    send(here, episode, SIGN, 5)
    assert waiting(episode).flagged_at == NOW + 5 * MINUTE


def test_an_answer_that_was_written_before_the_sign_came_does_not_pass(here: Care, episode: Episode) -> None:
    seen = send(here, episode, CALM, 1).message
    assert seen is not None
    send(here, episode, SIGN, 2)
    with pytest.raises(NotNowError, match="while you were writing"):
        reply(here, episode, "well done!", 3, seen=seen.pk)
    assert waiting(episode).flagged_at == NOW + 2 * MINUTE
    assert not ThreadMessage.objects.filter(from_lifter=False).exists()


# --- what is kept, and what is read -----------------------------------------------------------------------------------


def test_messages_stand_in_order_with_who_and_when(here: Care, episode: Episode) -> None:
    send(here, episode, CALM, 1)
    reply(here, episode, "good to hear", 2)
    lines = threads.thread_of(actor=here.person, episode=episode).lines
    assert [(one.message.author_name, one.message.text, one.mine) for one in lines] == [
        ("ann-here", CALM, True),
        ("Dr rivera-here", "good to hear", False),
    ]


def test_a_message_says_who_has_read_it_and_when(here: Care, episode: Episode) -> None:
    send(here, episode, CALM, 1)
    threads.opened(staff=here.staff, episode=episode, now=NOW + 5 * MINUTE)
    send(here, episode, "one more thing", 6)
    mine = threads.thread_of(actor=here.person, episode=episode).lines
    assert [[(one.name, one.at) for one in line.readers] for line in mine] == [
        [("Dr rivera-here", NOW + 5 * MINUTE)],
        [],
    ]
    reply(here, episode, "tell me", 7)
    writing.mark_read(actor=here.person, episode=episode, now=NOW + 8 * MINUTE)
    theirs = threads.opened(staff=here.staff, episode=episode, now=NOW + 9 * MINUTE).lines
    assert [(one.name, one.at) for one in theirs[-1].readers] == [("ann-here", NOW + 8 * MINUTE)]


def test_writing_is_not_reading(here: Care, episode: Episode) -> None:
    reply(here, episode, "how are you?", 1)
    send(here, episode, CALM, 2)
    assert threads.unread_of(here.lifter) == 1
    reply(here, episode, "fine", 3)
    assert waiting(episode).unread == 1, "what the lifter wrote was not looked at"
    writing.mark_read(actor=here.person, episode=episode, now=NOW + 4 * MINUTE)
    assert threads.unread_of(here.lifter) == 0


def test_the_mark_never_moves_back(here: Care, episode: Episode) -> None:
    reply(here, episode, "one", 1)
    writing.mark_read(actor=here.person, episode=episode, now=NOW + 2 * MINUTE)
    before = ThreadRead.objects.get()
    writing.mark_read(actor=here.person, episode=episode, now=NOW + 3 * MINUTE)
    assert ThreadRead.objects.get().at == before.at


def test_sent_twice_is_kept_once(here: Care, episode: Episode) -> None:
    again = uuid.uuid4()
    for _ in range(2):
        send(here, episode, CALM, client_id=again)
    told = uuid.uuid4()
    for _ in range(2):
        reply(here, episode, "good", client_id=told, seen=10**9)
    assert ThreadMessage.objects.count() == 2


@pytest.mark.parametrize("text", ["", "  \n ", "x" * 2_001])
def test_no_words_or_too_many_say_so(here: Care, episode: Episode, text: str) -> None:
    for do in (send, reply):
        with pytest.raises(NotNowError):
            do(here, episode, text)
    assert not ThreadMessage.objects.exists()


def test_signs_that_no_database_can_hold_do_not_stop_a_message(here: Care, episode: Episode) -> None:
    sent = send(here, episode, "a\0b \ud800 ok")
    assert sent.message is not None
    assert sent.message.text.endswith("ok")


def test_one_mail_until_it_is_read(here: Care, episode: Episode) -> None:
    for minute in range(3):
        send(here, episode, CALM, minute)
    assert Mail.objects.filter(kind=writing.WAITS, to=here.staff.person.email).count() == 1
    threads.opened(staff=here.staff, episode=episode, now=NOW + 4 * MINUTE)
    send(here, episode, CALM, 5)
    assert Mail.objects.filter(kind=writing.WAITS, to=here.staff.person.email).count() == 2
    for minute in range(3):
        reply(here, episode, "words of mine", 6 + minute)
    (mail,) = Mail.objects.filter(to=here.person.email, kind=writing.WAITS)
    assert "words of mine" not in mail.body
    assert "/messages/" in mail.body


def test_nobodys_patient_is_told_to_the_clinic(here: Care) -> None:
    episode = patient(here)
    episodes.assign(staff=here.staff, episode=episode, therapist=None, now=NOW)
    episode.refresh_from_db()
    send(here, episode, CALM)
    assert Mail.objects.get(kind=writing.WAITS).to == here.clinic.email


def test_a_sign_always_finds_somebody(here: Care, episode: Episode) -> None:
    """Even where the therapist has left and the clinic has no address of its own."""
    second = at_work("second", here.clinic)
    Membership.objects.filter(pk=here.staff.membership.pk).update(active=False)
    Clinic.objects.update(email="")
    send(here, episode, SIGN)
    assert Mail.objects.get(kind=writing.URGENT).to == second.person.email


# --- who may ---------------------------------------------------------------------------------------------------------


def test_everybody_else_is_refused(here: Care, episode: Episode) -> None:
    send(here, episode, CALM)
    there = care("there")
    for staff in (here.desk, here.boss, there.staff):
        with pytest.raises(NotAllowedError):
            threads.opened(staff=staff, episode=episode, now=NOW)
        with pytest.raises(NotAllowedError):
            reply(here, episode, "hello", staff=staff)
        with pytest.raises(NotAllowedError):
            threads.episode_here(staff=staff, number=episode.pk)
    for who in (there.person, here.staff.person):
        with pytest.raises(NotAllowedError):
            writing.send(actor=who, episode=episode, text="x", client_id=uuid.uuid4(), now=NOW)
        with pytest.raises(NotAllowedError):
            threads.thread_of(actor=who, episode=episode)
    with pytest.raises(NotAllowedError):
        threads.episode_of(actor=there.person, lifter=there.lifter, number=episode.pk)
    with pytest.raises(NotAllowedError):
        writing.read_by_staff(staff=here.staff, episode=episode, upto=9, now=NOW)


def test_each_look_and_each_answer_is_noted(here: Care, episode: Episode) -> None:
    before = AuditRow.objects.count()
    threads.opened(staff=here.staff, episode=episode, now=NOW)
    reply(here, episode, "hello")
    rows = AuditRow.objects.order_by("pk").values_list("deed", "what", "lifter")
    assert list(rows[before:]) == [("read", "thread", here.lifter.pk), ("write", "thread", here.lifter.pk)]


def test_a_colleague_sees_what_a_colleague_wrote(here: Care, episode: Episode) -> None:
    reply(here, episode, "hello")
    second = at_work("second", here.clinic)
    thread = threads.opened(staff=second, episode=episode, now=NOW)
    assert [one.mine for one in thread.lines] == [False]


def test_waiting_takes_two_queries_for_any_number(here: Care, django_assert_num_queries: Any) -> None:
    rows = [Episode(clinic=here.clinic, name=f"n{one}", opened_at=NOW) for one in range(30)]
    Episode.objects.bulk_create(rows)
    with django_assert_num_queries(2):
        assert threads.waiting(rows) == {}


def test_the_same_page_sent_with_other_words_is_another_message(here: Care, episode: Episode) -> None:
    page_of = uuid.uuid4()  # as the back button gives it
    send(here, episode, CALM, client_id=page_of)
    for _ in range(2):
        sent = send(here, episode, SIGN, 1, client_id=page_of)
        assert sent.message is not None
        assert (sent.message.text, sent.message.flagged) == (SIGN, True)
    assert ThreadMessage.objects.count() == 2
    assert Mail.objects.filter(kind=writing.URGENT).exists()
    answers = {reply(here, episode, text, 2, client_id=page_of).pk for text in ("Call me", "Call me now", "Call me")}
    assert len(answers) == 2


@pytest.mark.parametrize("before", [0, 1_990, 30_000])
def test_a_sign_in_words_that_are_too_many_is_kept_all_the_same(here: Care, episode: Episode, before: int) -> None:
    with pytest.raises(NotNowError):
        send(here, episode, f"{'it is sore. ' * 4_000}"[:before] + f". {SIGN}. " + "bla " * writing.LONGEST)
    assert not ThreadMessage.objects.exists()
    assert page(here, "plan")["held"]
    assert all(len(one.payload["note"]) <= writing.LONGEST for one in Entry.objects.all())
