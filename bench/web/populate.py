"""Ten thousand lifters of a year each: twenty lived through the product's own doors, the others copies of their rows.

The copies have rows of their own in every table, so that the database is as large and as mixed as that of ten thousand
lifters; only what stands in them repeats.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db import connection, transaction

from liftback.records import write
from liftback.records.demo import make_demo
from liftback.records.models import Lifter, Person
from liftback.records.read.inputs import inputs_of
from liftback.records.tables.told import StoryVersion
from liftback.records.working_out import plan_from, work_out
from liftback.records.write import NewEntry

ORIGINALS, DAYS, SESSIONS_A_WEEK = 20, 365, 3
_COPIED = {
    "records_storyversion": "document, via, knowledge_version, told_at",
    "records_logfile": "id, name, content, sha256, size, format, unit, names, sets, imported_at",
    "records_entry": "kind, client_id, device, day, client_time, received_at, payload",
    "records_snapshot": "name, as_of, revision, made_with, content, made_at",
    "records_coursestate": "day, before, content, made_with",
}


def populate(lifters: int, *, today: date, say: Any = print) -> None:
    """Fill an empty database with so many lifters."""
    say(f"bench: {ORIGINALS} lifters live through a year")
    for place in range(min(ORIGINALS, lifters)):
        _live(place, today)
    say(f"bench: {lifters - ORIGINALS:,} more are copied")
    _copy(lifters)


def _live(place: int, today: date) -> None:
    begun = today - timedelta(days=DAYS)
    chance = random.Random(place)
    person = Person.objects.create_user(f"lifter{place}@bench.example", None)
    lifter = write.lifter_for(actor=person, now=_at(begun))
    make_demo(today=today, password=f"{uuid.uuid4()}")
    told = StoryVersion.objects.get(lifter__person__email="demo@liftback.example")
    log = Lifter.objects.get(person__email="demo@liftback.example").log_files.get()
    onset = begun - timedelta(days=4)
    document = "\n".join(f"  onset: {onset}" if "onset:" in line else line for line in told.document.splitlines())
    write.keep_story(actor=person, lifter=lifter, document=document, via="interview", now=_at(begun))
    from liftback.records.read.own import content_of  # noqa: PLC0415

    write.import_file(
        actor=person, lifter=lifter, name="strong.csv", content=content_of(log) + b"\n" * place, format="strong",
        sets=log.sets, unit="kg", names={}, now=_at(begun),
    )  # fmt: skip
    plan = plan_from(inputs_of(lifter, today=begun), today=begun)
    lifts = [one.lift for one in plan.tracks if one.kind == "lift"] if plan is not None else []
    entries = [one for day in range(DAYS) for one in _day(begun + timedelta(days=day), day, lifts, chance)]
    for first in range(0, len(entries), 400):
        write.tell(actor=person, lifter=lifter, entries=entries[first : first + 400], now=_at(today))
    work_out(lifter, today=today, now=_at(today))


def _at(day: date, hour: int = 8) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=UTC)


def _day(day: date, place: int, lifts: list[str], chance: random.Random) -> Iterator[NewEntry]:
    pain = min(max(round(4.5 - 3.5 * place / DAYS + chance.gauss(0, 0.8)), 0), 10)
    if chance.random() > 0.1:
        yield _entry("check_in", day, 8, {"pain": pain, "sleep": chance.randint(4, 9), "note": ""}, chance)
    if day.weekday() in (0, 2, 4) and lifts:
        for lift in lifts[day.weekday() // 2 :: SESSIONS_A_WEEK]:
            quiet = {"pain_during": 1, "pain_after": 1, "pain_next_morning": 1}
            told = {**quiet, "how_it_felt": ["none"], "leg_after": "no", "settled": "at_once"}
            done = {"lift": lift, "sets": 3, "reps": 6, "weight": 60.0, "unit": "kg", "told": told}
            yield _entry("done", day, 18, done, chance)


def _entry(kind: str, day: date, hour: int, payload: dict[str, Any], chance: random.Random) -> NewEntry:
    return NewEntry(
        kind=kind,
        client_id=uuid.UUID(int=chance.getrandbits(128), version=4),
        device="bench",
        day=day,
        client_time=_at(day, hour),
        payload=payload,
    )


def _copy(lifters: int) -> None:
    originals = list(Lifter.objects.filter(person__email__endswith="@bench.example").order_by("pk"))
    people = Person.objects.bulk_create(
        [Person(email=f"copy{place}@bench.example") for place in range(lifters - len(originals))],
        batch_size=1000,
    )
    rows = [
        Lifter(person=person, zone="UTC", revision=of.revision, plan_begun=of.plan_begun, made_at=of.made_at)
        for place, person in enumerate(people)
        for of in [originals[place % len(originals)]]
    ]
    made = Lifter.objects.bulk_create(rows, batch_size=1000)
    pairs = [(one.pk, originals[place % len(originals)].pk) for place, one in enumerate(made)]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE copies (copy bigint, original bigint)")
        cursor.executemany("INSERT INTO copies VALUES (%s, %s)", pairs)
        for table, columns in _COPIED.items():
            source = columns.replace("id, name", f"{_new_id()}, name") if table == "records_logfile" else columns
            cursor.execute(
                f"INSERT INTO {table} (lifter_id, {columns}) "  # noqa: S608 - our own names
                f"SELECT copies.copy, {source} FROM copies JOIN {table} ON {table}.lifter_id = copies.original"
            )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _new_id() -> str:
    """A new row number for a file, in the database's own words."""
    return "gen_random_uuid()" if connection.vendor == "postgresql" else "lower(hex(randomblob(16)))"
