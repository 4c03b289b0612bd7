"""Reading a lifter's own records as they were told."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from datetime import date

from liftback.records import permissions
from liftback.records.alarms import tells_sign
from liftback.records.tables.people import Lifter, Person
from liftback.records.tables.told import Entry, LogFile, StoryVersion


def lifter_of(person: Person) -> Lifter | None:
    """The lifter that a person is, if they are one."""
    return Lifter.objects.filter(person=person).select_related("person").first() if person.is_authenticated else None


def calendar_lifter(token: str) -> Lifter | None:
    """The lifter whose calendar has this secret address; None for an empty or unknown one."""
    known = Lifter.objects.select_related("person")
    return known.filter(calendar_token=token).first() if token and token.isprintable() else None


def story_of(*, actor: Person, lifter: Lifter) -> StoryVersion | None:
    """The newest story. Raises NotAllowedError."""
    permissions.check(actor, permissions.READ, lifter)
    return StoryVersion.objects.filter(lifter=lifter).order_by("-told_at", "-pk").first()


def sign_told(*, actor: Person, lifter: Lifter) -> bool:
    """Whether any entry tells of a warning sign; for somebody without a story, where nothing else would ask about it.

    Raises NotAllowedError.
    """
    return any(tells_sign(one) for one in entries_of(actor=actor, lifter=lifter))


def files_of(*, actor: Person, lifter: Lifter) -> Sequence[LogFile]:
    """The log files without their content, newest first. Raises NotAllowedError."""
    permissions.check(actor, permissions.READ, lifter)
    return list(LogFile.objects.filter(lifter=lifter).defer("content").order_by("-imported_at"))


def content_of(file: LogFile) -> bytes:
    """The file as it was given."""
    return gzip.decompress(bytes(file.content))


def entries_of(
    *, actor: Person, lifter: Lifter, day: date | None = None, kinds: Sequence[str] = (), most: int | None = None
) -> Sequence[Entry]:
    """Entries in the order they were told, of one day or of all, of some kinds or of all; the newest `most` of them.

    Raises NotAllowedError.
    """
    permissions.check(actor, permissions.READ, lifter)
    found = Entry.objects.filter(lifter=lifter)
    found = found.filter(day=day) if day is not None else found
    found = found.filter(kind__in=kinds) if kinds else found
    newest = found.order_by("-client_time", "-pk")
    return list(reversed(newest[:most] if most is not None else newest))
