"""Reading log files: the file itself, whether one is there already, and what came before a new one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from uuid import UUID

from liftback.records import permissions
from liftback.records.bounded import MOST_EARLIER, Earlier
from liftback.records.read.own import content_of
from liftback.records.tables.people import Lifter, Person
from liftback.records.tables.told import LogFile


def file_of(*, actor: Person, lifter: Lifter, file: UUID) -> LogFile | None:
    """A log file with its content; None where the lifter has none of this number. Raises NotAllowedError."""
    permissions.check(actor, permissions.READ, lifter)
    return LogFile.objects.filter(lifter=lifter, pk=file).first()


def same_file(*, actor: Person, lifter: Lifter, content: bytes) -> LogFile | None:
    """The file with the same content that was imported before, if there is one. Raises NotAllowedError."""
    permissions.check(actor, permissions.READ, lifter)
    return LogFile.objects.filter(lifter=lifter, sha256=hashlib.sha256(content).hexdigest()).defer("content").first()


def earlier_logs(*, actor: Person, lifter: Lifter, content: bytes) -> tuple[Earlier, ...]:
    """What a new file is compared with: the newest logs, the same file left out, up to `MOST_EARLIER` bytes of them."""
    permissions.check(actor, permissions.READ, lifter)
    digest = hashlib.sha256(content).hexdigest()
    others = LogFile.objects.filter(lifter=lifter).exclude(sha256=digest).order_by("-imported_at")
    return tuple(_newest(others.iterator(1)))


def _newest(files: Iterator[LogFile]) -> Iterator[Earlier]:
    left = MOST_EARLIER
    for one in files:
        left -= one.size
        if left < 0:
            return
        yield Earlier(content=content_of(one), unit=one.unit)
