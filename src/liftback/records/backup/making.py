"""Making a backup while the server runs."""

from __future__ import annotations

import hashlib
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.backends.sqlite3.base import DatabaseWrapper

from liftback import __version__
from liftback.records.backup import container, counting, stores
from liftback.records.backup.container import BackupError
from liftback.records.scheduling.zones import tzdata_version

SUFFIX = ".liftback"


def make_backup(to: Path, *, now: datetime) -> Path:
    """Write everything into one file, in the folder `to` or under that name; where it is. Raises BackupError."""
    target = to / f"liftback-{now:%Y%m%d-%H%M%S}{SUFFIX}" if to.is_dir() else to
    if target.exists():
        raise BackupError(f"{target} is there already; name another file.")
    if not target.parent.is_dir():
        raise BackupError(f"There is no folder {target.parent}; make it first.")
    with tempfile.TemporaryDirectory(prefix=".liftback-", dir=target.parent) as folder:
        store = Path(folder) / container.STORE
        held = _sqlite(store) if connection.vendor == "sqlite" else _postgresql(store)
        container.write(target, store=store, manifest={**about(), "made_at": now.isoformat(), **held})
    return target


def about() -> dict[str, Any]:
    """What made a backup, and for which secret key: links in e-mails hold with that key only."""
    return {"version": __version__, "vendor": connection.vendor, "tzdata": tzdata_version(), "key": fingerprint()}


def fingerprint() -> str:
    """Tells one secret key from another, and nothing about it."""
    return hashlib.sha256(b"liftback.backup " + settings.SECRET_KEY.encode()).hexdigest()[:16]


def _sqlite(store: Path) -> dict[str, Any]:
    stores.copy_sqlite(store)
    given = {**connection.settings_dict, "NAME": str(store), "OPTIONS": {}}
    copy = DatabaseWrapper(given, alias=connection.alias)  # an alias of its own would have to be known to Django
    try:
        return {"migrations": counting.migrations(copy), "tables": counting.held(copy)}
    finally:
        copy.close()


def _postgresql(store: Path) -> dict[str, Any]:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            cursor.execute("SELECT pg_export_snapshot()")
            snapshot = str(cursor.fetchone()[0])
        stores.dump_postgresql(store, snapshot=snapshot)
        return {"migrations": counting.migrations(connection), "tables": counting.held(connection)}
