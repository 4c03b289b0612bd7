"""What is measured of the clinic's side without a server: the worklist, free times, due times."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from datetime import time as wall

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.clinic.twins import slow_due
from liftback.records.models import Clinic, Person
from liftback.records.read.clinic import slots as offered
from liftback.records.scheduling import slots as pure
from liftback.records.scheduling.due import BUSINESS_DAY, CLOCK_HOURS, Terms, due_at
from liftback.records.scheduling.hours import by_weekday
from liftback.records.scheduling.public_holidays import holidays_between

TIMES, FEWER, SEARCHES, DUE, SAMPLE = 120, 30, 60, 100_000, 300
LISTS = ("/desk/", "/desk/?page=60", "/desk/?view=mine", "/desk/?view=unclaimed", "/desk/rows/")


def share(values: Sequence[float], part: float) -> float:
    """The value below which so large a part of the values lies."""
    return sorted(values)[min(int(len(values) * part), len(values) - 1)]


def machine() -> float:
    """Milliseconds for a sum of five million squares: how fast this machine is just now."""
    begun = time.perf_counter()
    sum(one * one for one in range(5_000_000))
    return (time.perf_counter() - begun) * 1e3


def timed(do: Callable[[], object], times: int) -> list[float]:
    """Milliseconds of each of so many runs, after three that do not count."""
    found = []
    for turn in range(times + 3):
        begun = time.perf_counter()
        do()
        found += [(time.perf_counter() - begun) * 1e3] if turn >= 3 else []
    return found


def client_of(person: Person) -> Client:
    """A client that is signed in."""
    client = Client()
    client.force_login(person)
    return client


def asked(client: Client, path: str) -> Callable[[], None]:
    """Ask for a page, which has to be there."""

    def do() -> None:
        status = client.get(path).status_code
        if status != 200:
            raise SystemExit(f"bench: {path} answered {status}")

    return do


def list_times(client: Client) -> dict[str, list[float]]:
    """Milliseconds of server time for the worklist: its first page, a later one, its views, and the list by itself."""
    return {path: timed(asked(client, path), FEWER if place else TIMES) for place, path in enumerate(LISTS)}


def list_queries(client: Client) -> int:
    """How many questions the worklist asks the database."""
    asked(client, "/desk/")()
    with CaptureQueriesContext(connection) as found:
        asked(client, "/desk/")()
    return len(found)


def slot_times(clinic: Clinic, now: datetime) -> dict[str, tuple[int, list[float]]]:
    """Milliseconds of the search over all therapists and days, how many times it found, and of its page."""
    wanted = offered.Wanted(clinic=clinic, now=now)
    offer = offered.offer_of(wanted)
    pure_count = len(pure.free_slots(offer=offer, now=now))
    client = Client()
    return {
        "search": (pure_count, timed(lambda: pure.free_starts(offer=offer, now=now), SEARCHES)),
        "rows": (len(offered.offered(wanted)), timed(lambda: offered.offered(wanted), SEARCHES)),
        "page": (1, timed(asked(client, f"/at/{clinic.slug}/call/"), FEWER)),
    }


def due_seconds(kind: str) -> float:
    """Seconds for a hundred thousand due times, after a sample agreed with the slow twin."""
    terms = replace(_TERMS, kind=kind, holidays=holidays_between(country="US", subdivision="NY", years=_YEARS).dates)
    chance = random.Random(5)
    begun = datetime(2026, 1, 1, tzinfo=UTC)
    moments = [begun + timedelta(minutes=chance.randrange(1_000_000)) for _ in range(DUE)]
    for moment in moments[:SAMPLE]:
        if due_at(received=moment, terms=terms).at != slow_due(moment, terms):
            raise SystemExit(f"bench: {moment} is due at another time by the slow twin")
    start = time.perf_counter()
    for moment in moments:
        due_at(received=moment, terms=terms)
    return time.perf_counter() - start


_YEARS = range(2026, 2029)
_BREAK = ((wall(9), wall(12)), (wall(13), wall(17)))
_TERMS = Terms(
    kind=BUSINESS_DAY,
    zone="America/New_York",
    opening=by_weekday([(day, *span) for day in range(5) for span in _BREAK]),
    closed=frozenset({date(2026, 12, 24), date(2026, 12, 28), date(2027, 8, 2)}),
)
KINDS = (BUSINESS_DAY, CLOCK_HOURS)
