"""What was told before an account stays with it; where there is a story already, one is asked."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from liftback.records import strangers, write
from liftback.records.models import Held, LogFile, Person, StoryVersion
from liftback.web.shared.visiting import HELD, TOLD
from tests.people import NOW, lifter_of, story
from tests.web.accounts.conftest import sign_in, tell

WAITING = "/kept-story/"
TOKEN = "a-token-of-a-session"  # noqa: S105 - not secret here


def hold(client: Client) -> None:
    content = b"Date,Workout Name\n"
    strangers.hold_file(
        token=TOKEN, name="a.csv", content=content, format="strong", sets=3, unit="lb", names={}, now=NOW
    )
    session = client.session
    session[HELD] = TOKEN
    session.save()


def test_a_new_account_takes_over_story_and_log(stranger: Client, sign_up: Callable[..., Client]) -> None:
    tell(stranger)
    hold(stranger)
    sign_up(stranger, "bob@people.example")
    (kept,) = StoryVersion.objects.all()
    assert kept.document == story()
    (file,) = LogFile.objects.all()
    assert (file.name, file.unit, file.sets) == ("a.csv", "lb", 3)
    assert not Held.objects.exists()
    assert TOLD not in stranger.session
    assert HELD not in stranger.session


def test_a_log_alone_is_taken_over_as_well(stranger: Client, sign_up: Callable[..., Client]) -> None:
    hold(stranger)
    sign_up(stranger, "bob@people.example")
    assert LogFile.objects.count() == 1
    assert not StoryVersion.objects.exists()


def test_an_account_without_a_story_takes_it_over_at_the_sign_in(stranger: Client, ann: Person) -> None:
    tell(stranger)
    assert sign_in(stranger, ann) == "/today/"
    assert StoryVersion.objects.get().lifter.person == ann


@pytest.fixture
def with_story(ann: Person) -> Person:
    write.keep_story(actor=ann, lifter=lifter_of(ann), document=story(), via="interview", now=NOW)
    return ann


@pytest.mark.parametrize(("answer", "versions"), [("keep", 2), ("leave", 1)])
def test_an_account_with_a_story_is_asked_which_one_counts(
    stranger: Client, with_story: Person, answer: str, versions: int
) -> None:
    tell(stranger, pain_now="6")
    hold(stranger)
    assert sign_in(stranger, with_story) == WAITING
    assert StoryVersion.objects.count() == 1
    page = stranger.get(WAITING).content.decode()
    assert "You told a new story just now" in page
    assert stranger.post(WAITING, {"answer": answer}).status_code == 302
    assert StoryVersion.objects.count() == versions
    assert LogFile.objects.count() == versions - 1
    assert TOLD not in stranger.session
    assert not Held.objects.exists()
    assert stranger.get(WAITING).status_code == 302


def test_no_answer_leaves_the_story_waiting(stranger: Client, with_story: Person) -> None:
    tell(stranger, pain_now="6")
    sign_in(stranger, with_story)
    stranger.post(WAITING, {"answer": "perhaps"})
    assert TOLD in stranger.session
    assert StoryVersion.objects.count() == 1


def test_an_emergency_told_just_now_is_shown_before_any_choice(stranger: Client, with_story: Person) -> None:
    tell(stranger, saddle_numbness="yes")
    sign_in(stranger, with_story)
    page = stranger.get(WAITING).content.decode()
    assert "What you told just now comes first" in page
    assert page.index("/emergency/", page.index("<main")) < page.index('value="keep"')


def test_a_story_that_cannot_be_read_any_more_hinders_no_sign_in(stranger: Client, ann: Person) -> None:
    session = stranger.session
    session[TOLD] = "answers: [this is none"
    session.save()
    assert sign_in(stranger, ann) == "/today/"
    assert not StoryVersion.objects.exists()


def test_a_sign_told_in_a_story_that_is_left_behind_is_not_forgotten(stranger: Client, with_story: Person) -> None:
    tell(stranger, saddle_numbness="new_numbness")
    sign_in(stranger, with_story)
    assert stranger.get("/today/").headers["Location"] == WAITING, "it comes first"
    stranger.post(WAITING, {"answer": "leave"})
    assert TOLD not in stranger.session
    newest = StoryVersion.objects.order_by("-pk")[0]
    assert newest.via == "contact"
    assert "new_numbness" not in newest.document, "it was not this account's story"
    page = stranger.get("/today/", follow=True).content.decode()
    assert "/signs/" in page
    assert "/plan/done/?lift" not in page, "nothing to train before the signs are gone through"


def test_a_sign_out_empties_the_cache_of_a_shared_device(stranger: Client, with_story: Person) -> None:
    sign_in(stranger, with_story)
    assert stranger.post("/account/logout/").headers["Clear-Site-Data"] == '"cache"'
    assert stranger.head("/").status_code == 200
