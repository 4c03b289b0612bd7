"""Run as a program: pages while the store is locked by somebody else, and while it is full; then as it is well again.

It needs LIFTBACK_DATA (an empty folder) and LIFTBACK_SECRET_KEY, works on SQLite, and prints what it saw as JSON.
"""

from __future__ import annotations

import json
import logging
import os
import random
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
import django
from django.conf import settings

FILE = Path(os.environ["LIFTBACK_DATA"]) / "liftback.sqlite3"
settings.DATABASES["default"]["OPTIONS"]["timeout"] = 0.2
django.setup()
logging.disable(logging.CRITICAL)
from django.core.cache import cache  # noqa: E402 - the settings come first
from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from liftback.records.models import Entry, Lifter, LogFile, Person  # noqa: E402
from tests.people import person  # noqa: E402

SAMPLE = Path(__file__).parents[1] / "samples" / "strong_comma.csv"
CHECK_INS = [{"client_id": str(uuid.UUID(int=place)), "pain": "3", "note": "n" * 1_900} for place in range(1, 6)]


@contextmanager
def locked() -> Iterator[None]:
    """Somebody else writes, and does not end."""
    other = sqlite3.connect(FILE, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.execute("ROLLBACK")
    other.close()


@contextmanager
def full() -> Iterator[None]:
    """The store may not grow by one page: what SQLite says then is what it says on a full disk."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0]}")
    yield
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA max_page_count = 1000000")


def deeds(client: Client) -> dict[str, Any]:
    """Send everything that is kept; the status and the heading of each answer."""
    import hashlib  # noqa: PLC0415 - of this function alone

    cache.clear()
    head, row = SAMPLE.read_text().splitlines()[:2]
    chance = random.Random(1)  # noqa: S311 - no secret
    lines = (row.rsplit(",", 3)[0] + f",{chance.randbytes(200).hex()},," for _ in range(500))
    content = "\n".join((head, *lines)).encode()
    file = SimpleUploadedFile("a.csv", content)
    log = {"file": file, "import": "1", "seen": hashlib.sha256(content).hexdigest(), "unit": "kg"}
    answers = {
        "import": client.post("/log/", log),
        **{f"check-in {place}": client.post("/check-in/", one) for place, one in enumerate(CHECK_INS)},
        "unit": client.post("/units/", {"unit": "lb"}),
        "reading": client.get("/my-data/"),
    }
    return {name: [one.status_code, b"<h1" in one.content] for name, one in answers.items()}


def rows() -> list[int]:
    """How much is kept."""
    return [
        Entry.objects.count(),
        LogFile.objects.count(),
        Lifter.objects.exclude(unit="").count(),
        Person.objects.count(),
    ]


def main() -> None:
    """See all of it, and print it."""
    call_command("migrate", verbosity=0)
    client = Client(raise_request_exception=False)
    client.force_login(person("ann"), backend="allauth.account.auth_backends.AuthenticationBackend")
    client.get("/my-data/")
    seen: dict[str, Any] = {}
    for name, trouble in (("locked", locked), ("full", full)):
        with trouble():
            seen[name] = {"answers": deeds(client), "rows": rows()}
    seen["well"] = {"answers": deeds(client), "rows": rows()}
    deeds(client)
    seen["again"] = {"rows": rows()}
    print(json.dumps(seen))


if __name__ == "__main__":
    main()
