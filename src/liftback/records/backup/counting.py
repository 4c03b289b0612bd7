"""What a store holds, so that it can be compared with what comes back: for each table its rows and their digest."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

Held = dict[str, dict[str, Any]]


def held(wire: BaseDatabaseWrapper) -> Held:
    """Rows and digest of every table. The order of rows does not count; columns are taken by name."""
    with wire.cursor() as cursor:
        names = sorted(wire.introspection.table_names(cursor))
    return {name: _table(wire, name) for name in names}


def migrations(wire: BaseDatabaseWrapper) -> list[str]:
    """What has been applied, as "app.name"."""
    with wire.cursor() as cursor:
        if "django_migrations" not in wire.introspection.table_names(cursor):
            return []
        cursor.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
        return [f"{app}.{name}" for app, name in cursor.fetchall()]


def _table(wire: BaseDatabaseWrapper, name: str) -> dict[str, Any]:
    quote = wire.ops.quote_name
    with wire.cursor() as cursor:
        columns = sorted(one.name for one in wire.introspection.get_table_description(cursor, name))
    wanted = ", ".join(quote(one) for one in columns)
    with wire.chunked_cursor() as cursor:
        cursor.execute(f"SELECT {wanted} FROM {quote(name)}")  # noqa: S608 - names of the store's own tables
        rows, digest = _digest(iter(lambda: cursor.fetchmany(2_000), []))
    return {"rows": rows, "digest": digest}


def _digest(batches: Iterable[list[tuple[Any, ...]]]) -> tuple[int, str]:
    count, total = 0, 0
    for batch in batches:
        for row in batch:
            plain = tuple(bytes(one) if isinstance(one, memoryview) else one for one in row)
            total = (total + int.from_bytes(hashlib.sha256(repr(plain).encode()).digest())) % 2**256
            count += 1
    return count, f"{total:064x}"
