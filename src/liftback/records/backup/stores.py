"""The store's own tools: SQLite's copying, and PostgreSQL's pg_dump, pg_restore and psql."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Sequence
from pathlib import Path

from django.db import connection

from liftback.records.backup.container import BackupError

_NAMES = {"dbname": "PGDATABASE", "user": "PGUSER", "password": "PGPASSWORD", "host": "PGHOST", "port": "PGPORT",
          "sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT", "service": "PGSERVICE"}  # fmt: skip


def copy_sqlite(target: Path) -> None:
    """A consistent copy of the store in use, written while others read and write. Raises BackupError."""
    connection.ensure_connection()
    with sqlite3.connect(target) as copy:
        connection.connection.backup(copy)
    copy.close()


def replace_sqlite(source: Path) -> None:
    """Make the store what the copy holds, in one transaction. Raises BackupError."""
    connection.ensure_connection()
    copy = sqlite3.connect(source)
    try:
        if copy.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise BackupError("The store in this backup is damaged. Take another backup.")
        copy.backup(connection.connection)
    except sqlite3.Error as error:
        raise BackupError(f"The store could not be replaced ({error}). Is the server still running?") from None
    finally:
        copy.close()
    connection.close()


def dump_postgresql(target: Path, *, snapshot: str) -> None:
    """All that the snapshot sees, in PostgreSQL's own format. Raises BackupError."""
    _run(["pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}", f"--file={target}"])


def replace_postgresql(source: Path) -> None:
    """Throw the schema away and bring the dump in, in one transaction. Raises BackupError."""
    script = source.with_suffix(".sql")
    _run(["pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(source)])
    fresh = "DROP SCHEMA public CASCADE; CREATE SCHEMA public"
    connection.close()  # our own hold on the tables must not be waited for
    _run([
        "psql", "--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1",
        f"--command={fresh}", f"--file={script}", "--output=/dev/null",
    ])  # fmt: skip
    script.unlink()


def _run(command: Sequence[str]) -> None:
    tool = shutil.which(command[0])
    if tool is None:
        raise BackupError(f"{command[0]} is not installed (apt install postgresql-client), and nothing was changed.")
    given = connection.get_connection_params()
    environment = {**os.environ, "PGOPTIONS": "-c client_min_messages=warning -c lock_timeout=10s"}
    environment |= {name: str(given[key]) for key, name in _NAMES.items() if given.get(key)}
    done = subprocess.run([tool, *command[1:]], check=False, capture_output=True, text=True, env=environment)  # noqa: S603 - our own command
    if done.returncode:
        words = (done.stderr.strip().splitlines() or ["it did not say why"])[0][:200]
        raise BackupError(f"{command[0]} did not do it: {words}")
