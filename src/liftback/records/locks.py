"""One at a time over all machines, for work that need not be done twice; what must not be has a guard of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

PAGES = 7_301
"""The kind of work, as PostgreSQL's advisory locks number it: the pages of one lifter."""


@contextmanager
def alone(kind: int, number: int) -> Iterator[bool]:
    """Whether nobody else does this kind of work on this thing now; with SQLite there is one worker, and it is."""
    if connection.vendor != "postgresql":
        yield True
        return
    if not _asked("SELECT pg_try_advisory_lock(%s, %s)", kind, number):
        yield False
        return
    try:
        yield True
    finally:
        _asked("SELECT pg_advisory_unlock(%s, %s)", kind, number)


def _asked(question: str, kind: int, number: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(question, [kind, number % 2**31])
        return bool(cursor.fetchone()[0])
