"""Writing stories: a new version each time, the older ones stay."""

from __future__ import annotations

from datetime import datetime

from liftback import operations
from liftback.knowledge.loader import load_knowledge
from liftback.records.days import day_of
from liftback.records.tables.people import Lifter, Person
from liftback.records.tables.told import StoryVersion
from liftback.records.write.changing import changing, mark_stale
from liftback.records.write.storable import storable


def keep_story(*, actor: Person, lifter: Lifter, document: str, via: str, now: datetime) -> StoryVersion:
    """Keep a story file's text as the newest version. Raises StoryError for what is none, NotAllowedError.

    `via` says where it was told: interview, signs (warning signs gone through again), file.
    """
    operations.read_story(content=document.encode(), today=day_of(lifter, now))
    with changing(actor=actor, lifter=lifter, now=now, moves=False) as locked:
        row = StoryVersion.objects.create(
            lifter=locked, document=storable(document), via=via, knowledge_version=load_knowledge().version, told_at=now
        )
        if locked.plan_begun is None:
            locked.plan_begun = day_of(locked, now)
            Lifter.objects.filter(pk=locked.pk).update(plan_begun=locked.plan_begun)
        mark_stale(locked, now)
    lifter.plan_begun = locked.plan_begun
    return row
