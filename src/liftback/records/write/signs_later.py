"""Writing warning signs that were gone through without a network: the entry and the new story together, or neither."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction

from liftback import operations
from liftback.records.days import day_of
from liftback.records.policies import NotNowError
from liftback.records.tables.people import Lifter, Person
from liftback.records.tables.told import StoryVersion
from liftback.records.write.changing import changing
from liftback.records.write.entries import NewEntry, Outcome, tell
from liftback.records.write.stories import keep_story

CLOCKS_DIFFER = timedelta(minutes=5)


def tell_signs(*, actor: Person, lifter: Lifter, entry: NewEntry, now: Any) -> Outcome:
    """Keep an entry of the kind `gates` and the story that its answers make, once.

    What was told before the newest story may only raise it; what was left open changes nothing. Answers that cannot be
    read are refused with a sentence. Raises NotAllowedError.
    """
    with transaction.atomic(), changing(actor=actor, lifter=lifter, now=now, moves=False) as locked:
        (outcome,) = tell(actor=actor, lifter=locked, entries=[entry], now=now)
        if outcome.state == "kept":
            try:
                document = _document(locked, entry, now)
            except operations.AnswerError as error:
                transaction.set_rollback(True)
                return Outcome(client_id=entry.client_id, state="refused", why=str(error))
            keep_story(actor=actor, lifter=locked, document=document, via="signs", now=now)
    lifter.revision, lifter.stale_since, lifter.plan_begun = locked.revision, locked.stale_since, locked.plan_begun
    return outcome


def _document(lifter: Lifter, entry: NewEntry, now: Any) -> str:
    today = day_of(lifter, now)
    newest = StoryVersion.objects.filter(lifter=lifter).order_by("-told_at", "-pk").first()
    content = None if newest is None else newest.document.encode()
    answers = entry.payload.get("answers")
    if not isinstance(answers, Mapping) or not answers:
        raise operations.AnswerError("There is no answer in it. Go through the warning signs again, please.")
    try:
        interview = operations.signs_given(
            content=content,
            answers=answers,
            told_on=min(entry.day, today),
            today=today,
            # A clock that is ahead of ours cannot say what was told first.
            may_lower=newest is None or newest.told_at <= entry.client_time <= now + CLOCKS_DIFFER,
        )
        days = operations.read_story(content=content, today=today).diary if content is not None else None
    except operations.StoryError as error:
        raise NotNowError(f"Your story could not be read, so the answers wait: {error}") from None
    return operations.interview_file(interview=interview, days=days)
