"""What a yes, or a doubt, at the line "anything new?" does: the warning signs are open again, whichever way it came."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from liftback import operations
from liftback.records.days import day_of
from liftback.records.tables.people import Lifter
from liftback.records.tables.told import Entry, StoryVersion
from liftback.records.versions import knowledge_version
from liftback.records.write.changing import mark_stale

DOUBTS = frozenset(("yes", "not_sure"))


def doubt_signs(locked: Lifter, rows: Sequence[Entry], *, now: datetime) -> None:
    """Keep a newer version of the story in which the signs are open, so that the plan waits until they are answered.

    All within the transaction that keeps the check-ins. A lifter without a story has nothing that could go on.
    """
    if not any(one.kind == "check_in" and one.payload.get("signs") in DOUBTS for one in rows):
        return
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
