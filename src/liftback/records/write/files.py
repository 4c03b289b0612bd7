"""Writing log files: kept as they were given, once each."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from liftback.records import permissions
from liftback.records.policies import check_file, check_room
from liftback.records.tables.people import Lifter, Person
from liftback.records.tables.told import LogFile
from liftback.records.write.changing import changing, mark_stale
from liftback.records.write.storable import storable

_NAME_MOST = 200
QUICK = 1
"""A pack level of gzip that takes a tenth of the time for nearly the size."""


def import_file(
    *,
    actor: Person,
    lifter: Lifter,
    name: str,
    content: bytes,
    format: str,  # noqa: A002 - the word for it in the import's report
    sets: int,
    unit: str,
    names: Mapping[str, str],
    now: datetime,
) -> tuple[LogFile, bool]:
    """Keep a file that was read; the row, and whether it is new. Raises NotNowError, NotAllowedError.

    The same file again changes only how it is read (`unit`, `names`).
    """
    check_file(size=len(content), name=name)
    digest = hashlib.sha256(content).hexdigest()
    read_as = {"unit": unit, "names": dict(names), "format": format, "sets": sets}
    with changing(actor=actor, lifter=lifter, now=now, moves=False) as locked:
        there = LogFile.objects.filter(lifter=locked, sha256=digest).first()
        if there is None:
            check_room(locked)
        row, new = LogFile.objects.update_or_create(
            lifter=locked,
            sha256=digest,
            defaults=read_as,
            create_defaults={
                **read_as,
                "name": storable(name[:_NAME_MOST]),
                "content": gzip.compress(content, QUICK),
                "size": len(content),
                "imported_at": now,
            },
        )
        mark_stale(locked, now)
    return row, new


def remove_file(*, actor: Person, lifter: Lifter, file: UUID, now: datetime) -> bool:
    """Delete a log file; whether there was one. Raises NotAllowedError."""
    with changing(actor=actor, lifter=lifter, now=now, deed=permissions.DELETE) as locked:
        gone, _ = LogFile.objects.filter(lifter=locked, pk=file).delete()
    return bool(gone)
