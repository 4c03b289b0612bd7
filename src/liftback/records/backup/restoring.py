"""Bringing a backup back, and checking that every row of it is there."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from liftback.records.backup import container, counting, stores
from liftback.records.backup.container import BackupError
from liftback.records.backup.making import fingerprint

TOLD = ("records_person", "records_clinic", "records_consultrequest", "records_lifter")
"""A store with a row in one of these is in use."""
_NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What came back: rows and tables, when it was made, and whether the secret key is the one of then."""

    rows: int
    tables: int
    made_at: str
    same_key: bool


def restore_backup(source: Path, *, replace: bool) -> Restored:
    """Bring a backup back into the store. Raises BackupError; before anything is thrown away wherever that can be."""
    with tempfile.TemporaryDirectory(prefix=".liftback-", dir=settings.DATA) as folder:
        manifest, store = container.read(source, Path(folder))
        _check(manifest, replace=replace)
        if connection.vendor == "sqlite":
            stores.replace_sqlite(store)
        else:
            stores.replace_postgresql(store)
    found, expected = counting.held(connection), manifest["tables"]
    wrong = sorted(name for name in found.keys() | expected.keys() if found.get(name) != expected.get(name))
    if wrong:
        raise BackupError(f"These tables did not come back as they were: {', '.join(wrong)}. Take another backup.")
    call_command("migrate", verbosity=0, interactive=False)
    return Restored(
        rows=sum(one["rows"] for one in expected.values()),
        tables=len(expected),
        made_at=str(manifest["made_at"]),
        same_key=manifest["key"] == fingerprint(),
    )


def _check(manifest: dict[str, Any], *, replace: bool) -> None:
    """Raise BackupError where this backup cannot go into this store."""
    vendor = str(manifest.get("vendor"))
    if vendor != connection.vendor:
        raise BackupError(
            f"This backup is of {_NAMES.get(vendor, 'another store')}, and the database here is "
            f"{_NAMES.get(connection.vendor, connection.vendor)}. LIFTBACK_DATABASE_URL says which one is used."
        )
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    if set(manifest["migrations"]) - known:
        raise BackupError(
            f"This backup was made by Liftback {manifest['version']}, which is newer than this one. Install that "
            "version, then restore it."
        )
    if not replace and _is_used():
        raise BackupError(
            "There are people in this database already. Restore into an empty one, or add --replace to throw away "
            "what is in it now."
        )


def _is_used() -> bool:
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
        for name in TOLD:
            if name in there:
                cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(name)} LIMIT 1")  # noqa: S608 - a name of ours
                if cursor.fetchone():
                    return True
    return False
