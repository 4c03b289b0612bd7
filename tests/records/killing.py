"""Run as a program: writers that are killed at any moment, again and again, and a look at what is left.

It needs LIFTBACK_DATA (an empty folder) and LIFTBACK_SECRET_KEY, takes the kind (import or sync) and the number of
kills, and prints what it found as one line of JSON. A writer says "begun" before and "kept" after each write.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import random
import signal
import sys
import time
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "liftback.web.settings"
import django

django.setup()
from django.core.management import call_command  # noqa: E402 - the settings come first
from django.db import connection, connections  # noqa: E402

from liftback.records import write  # noqa: E402
from liftback.records.models import Entry, Lifter, LogFile, Person  # noqa: E402

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
BATCH, MOST_WRITES = 25, 1
Written = tuple[str, list[str]]


def entries(ids: list[str]) -> list[write.NewEntry]:
    """Check-ins, one a day, with these ids."""
    return [
        write.NewEntry(
            kind="check_in",
            client_id=uuid.UUID(one),
            device="killed",
            day=NOW.date() - timedelta(days=place),
            client_time=NOW,
            payload={"pain": place % 11, "note": "x" * 500},
        )
        for place, one in enumerate(ids)
    ]


def content_of(name: str) -> bytes:
    """A file of a few hundred kilobytes that does not pack well, always the same for its name."""
    return random.Random(name).randbytes(300_000)  # noqa: S311 - no secret


def write_one(kind: str, person: Person, lifter: Lifter, ids: list[str]) -> None:
    """One import of a file, or one sync of several entries."""
    if kind == "sync":
        write.tell(actor=person, lifter=lifter, entries=entries(ids), now=NOW)
        return
    given: dict[str, Any] = {"format": "strong", "sets": 1, "unit": "kg", "names": {"a": "b"}, "now": NOW}
    write.import_file(actor=person, lifter=lifter, name=ids[0], content=content_of(ids[0]), **given)


def live(kind: str, out: int) -> None:
    """Write until killed."""
    person = Person.objects.get()
    lifter = Lifter.objects.get()
    while True:
        ids = [str(uuid.uuid4()) for _ in range(BATCH if kind == "sync" else 1)]
        os.write(out, f"begun {' '.join(ids)}\n".encode())
        write_one(kind, person, lifter, ids)
        os.write(out, f"kept {' '.join(ids)}\n".encode())
        if kind == "import":
            LogFile.objects.exclude(name=ids[0]).delete()  # there is room for so many files only


def killed(kind: str, chance: random.Random, usual: float) -> list[Written]:
    """Kill a writer in the middle of a write or a moment after it, `usual` seconds being one write; what it said."""
    connections.close_all()
    into, out = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(into)
        live(kind, out)
    os.close(out)
    with os.fdopen(into) as said:
        lines = [said.readline() for _ in range(1 + 2 * chance.randint(0, MOST_WRITES))]
        time.sleep(chance.uniform(0.0, 1.3 * usual))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        lines += said.readlines()
    parts = [line.split() for line in lines if line.endswith("\n")]
    return [(words[0], words[1:]) for words in parts]


def look(kind: str, said: list[Written], found: dict[str, int]) -> None:
    """Count what must not be: lost though told kept, half kept, or twice."""
    kept = {one for word, ids in said if word == "kept" for one in ids}
    for word, ids in said:
        if word != "begun":
            continue
        there = [one for one in ids if count(kind, one)]
        found["kept"] += len(kept & set(ids)) // len(ids)
        found["half"] += 0 < len(there) < len(ids)
        found["lost"] += kind == "sync" and any(one in kept and one not in there for one in ids)
        found["twice"] += any(count(kind, one) > 1 for one in ids)
    if kind == "import":
        last = [ids[0] for word, ids in said if word == "kept"][-1:]
        found["lost"] += any(not count(kind, one) for one in last)
        found["half"] += sum(not whole(one) for one in LogFile.objects.all())


def again(kind: str, said: list[Written], found: dict[str, int]) -> float:
    """Send the last write once more, as a device does that got no answer: it has to be there once then.

    The seconds that the write took.
    """
    ids = [ids for word, ids in said if word == "begun"][-1]
    began = time.monotonic()
    write_one(kind, Person.objects.get(), Lifter.objects.get(), ids)
    took = time.monotonic() - began
    found["not once"] += any(count(kind, one) != 1 for one in ids)
    return took


def count(kind: str, one: str) -> int:
    """How often something is kept."""
    return Entry.objects.filter(client_id=one).count() if kind == "sync" else LogFile.objects.filter(name=one).count()


def whole(row: LogFile) -> bool:
    """Whether a file is what was given."""
    content = gzip.decompress(bytes(row.content))
    return content == content_of(row.name) and hashlib.sha256(content).hexdigest() == row.sha256


def main(kind: str, times: int) -> None:
    """Kill so many writers, and say what was found."""
    call_command("migrate", verbosity=0)
    person = Person.objects.create_user("a@people.example")
    lifter = write.lifter_for(actor=person, now=NOW)
    write_one(kind, person, lifter, [str(uuid.uuid4())])  # what is read once in a life is read before the first fork
    found = dict.fromkeys(("kills", "kept", "open", "half", "lost", "twice", "not once", "unsound"), 0)
    chance, usual = random.Random(7), 0.02  # noqa: S311 - no secret
    for _time in range(times):
        said = killed(kind, chance, usual)
        found["kills"] += 1
        found["open"] += len([word for word, _ in said if word == "begun"]) > len([w for w, _ in said if w == "kept"])
        look(kind, said, found)
        usual = (usual + again(kind, said, found)) / 2
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            found["unsound"] += cursor.fetchone()[0] != "ok"
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
