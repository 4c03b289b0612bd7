"""What holds for all tests: SQLite's guard of the audit is taken away, since tests clear every table between them."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """The database of the tests. `tests/records/test_audit.py` puts the guard back for what it proves."""
    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("DROP TRIGGER IF EXISTS audit_is_kept")
