"""What a stranger left in their session: kept for a day at most, and moved to the account they make."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from liftback.records.policies import check_file
from liftback.records.read.inputs import gathered
from liftback.records.tables.people import Lifter, Person
from liftback.records.tables.worked_out import Held
from liftback.records.working_out import page_with, pages_from
from liftback.records.write.files import QUICK, import_file
from liftback.records.write.storable import storable
from liftback.records.write.stories import keep_story

KEPT = timedelta(hours=24)
_NAME_MOST = 200


def hold_file(
    *,
    token: str,
    name: str,
    content: bytes,
    format: str,  # noqa: A002 - the word for it in the import's report
    sets: int,
    unit: str,
    names: Mapping[str, str],
    now: datetime,
) -> None:
    """Keep a stranger's log for their session; a newer one takes its place. Raises NotNowError."""
    check_file(size=len(content), name=name)
    Held.objects.filter(token=token).delete()
    Held.objects.create(
        token=token,
        name=storable(name[:_NAME_MOST]),
        content=gzip.compress(content, QUICK),
        format=format,
        sets=sets,
        unit=unit,
        names=dict(names),
        until=now + KEPT,
    )


def held_name(token: str, now: datetime) -> str:
    """The name of the log that is held for a session, empty without one."""
    found = Held.objects.filter(token=token, until__gt=now).values_list("name", flat=True).first()
    return found or ""


def page_of_stranger(*, name: str, document: str, token: str, today: date, now: datetime) -> Any:
    """A page (answers, plan, course) from a story and a held log; nothing of it is kept."""
    held = Held.objects.filter(token=token, until__gt=now)
    files = [(one.name, gzip.decompress(bytes(one.content)), one.unit, one.names) for one in held]
    inputs = gathered(document=document, files=files, today=today)
    return pages_from(inputs, today=today, names=(page_with(name),))[name]


def keep_for(*, actor: Person, lifter: Lifter, document: str, token: str, now: datetime) -> None:
    """Move what a stranger told, and the log they dropped, into the records of the account they made.

    An empty `document` stands for no story. All of it is moved, or nothing. Raises StoryError, NotNowError.
    """
    with transaction.atomic():
        if document:
            keep_story(actor=actor, lifter=lifter, document=document, via="interview", now=now)
        _import_held(actor=actor, lifter=lifter, token=token, now=now)


def _import_held(*, actor: Person, lifter: Lifter, token: str, now: datetime) -> None:
    for one in Held.objects.filter(token=token, until__gt=now):
        import_file(
            actor=actor,
            lifter=lifter,
            name=one.name,
            content=gzip.decompress(bytes(one.content)),
            format=one.format,
            sets=one.sets,
            unit=one.unit,
            names=one.names,
            now=now,
        )
        one.delete()


def forget(*, token: str) -> None:
    """Delete what is held for a session."""
    Held.objects.filter(token=token).delete()


def forget_old(*, now: datetime) -> int:
    """Delete what was held for longer than a day; how much it was."""
    return Held.objects.filter(until__lte=now).delete()[0]
