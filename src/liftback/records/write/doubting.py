"""What opens the warning signs again, whichever way it came.

A yes or a doubt at the line "anything new?"; a leg that is new, worse or in doubt after a lift; and a sign that is
taken back, since what is taken back is open and never a no.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from liftback import operations
from liftback.records.alarms import taps_sign, tells_sign
from liftback.records.days import day_of
from liftback.records.tables.people import Lifter, Person
from liftback.records.tables.told import Entry, StoryVersion
from liftback.records.versions import knowledge_version
from liftback.records.write.changing import changing, mark_stale


def doubt_signs(locked: Lifter, rows: Sequence[Entry], *, now: datetime) -> None:
    """Keep a newer version of the story in which the signs are open, so that the plan waits until they are answered.

    All within the transaction that keeps the check-ins. A lifter without a story has nothing that could go on.
    """
    if any(taps_sign(one) for one in rows) or _takes_back(locked, rows):
        _open_again(locked, now)


def open_signs(*, actor: Person, lifter: Lifter, now: datetime) -> None:
    """Open the warning signs again, since one was told elsewhere and left behind. Raises NotAllowedError."""
    with changing(actor=actor, lifter=lifter, now=now, moves=False) as locked:
        _open_again(locked, now)


def _open_again(locked: Lifter, now: datetime) -> None:
    newest = StoryVersion.objects.filter(lifter=locked).order_by("-told_at", "-pk").first()
    if newest is None:
        return
    try:
        document = operations.signs_doubted(content=newest.document.encode(), today=day_of(locked, now))
    except operations.StoryError:
        return  # it is read nowhere either, so that no page goes on from it
    StoryVersion.objects.create(
        lifter=locked, document=document, via="contact", knowledge_version=knowledge_version(), told_at=now
    )
    mark_stale(locked, now)


def _takes_back(locked: Lifter, rows: Sequence[Entry]) -> bool:
    """Whether one of the entries replaces one that told of a sign."""
    replaced = [_as_id(one.payload["replaces"]) for one in rows if one.payload.get("replaces")]
    older = Entry.objects.filter(lifter=locked, client_id__in=[one for one in replaced if one is not None])
    return any(tells_sign(one) for one in older)


def _as_id(text: object) -> UUID | None:
    """A text as an id; None for what is none."""
    try:
        return UUID(str(text))
    except ValueError:
        return None
