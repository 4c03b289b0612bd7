"""A made-up lifter of twelve weeks and an empty account, told through the same doors as anybody's records.

Nobody's data is in it: the story is written for it, and scores and sets come from fixed chance.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from importlib.resources import files
from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction

from liftback.plans.parts import Item, Plan
from liftback.records.models import Lifter, Person
from liftback.records.read.inputs import inputs_of
from liftback.records.working_out import plan_from, work_out
from liftback.records.write import NewEntry, import_file, keep_story, lifter_for, set_name, tell

DEMO, EMPTY = "demo@liftback.example", "try@liftback.example"
WEEKS, LOGGED_WEEKS, FIRST_DAYS = 12, 16, 3
DEVICE = "demo"
_SEED = 20261126
_START, _END, _NOISE = 5.0, 1.2, 0.7  # the level of pain on the first and the last day, and how single days swing
_FLARE, _FLARE_LENGTH, _FLARE_RISE = 31, 4, 2.5
_SKIPPED, _HIGHEST = 0.1, 10
_HEAD = "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,Workout Notes,RPE"
_SLEPT, _UP, _TRAINED = time(7, 30), time(8, 0), time(18, 30)
# Day of a week that begins on the weekday of today, so that today is one of training:
# (lift, sets, reps, weight in kg in the first week, kg more each week).
_USUAL: dict[int, tuple[tuple[str, int, int, float, float], ...]] = {
    0: (("Squat (Barbell)", 5, 5, 115.0, 1.25), ("Overhead Press (Barbell)", 4, 6, 50.0, 0.0)),
    2: (("Bench Press (Barbell)", 4, 6, 80.0, 0.0), ("Bent Over Row (Barbell)", 4, 8, 70.0, 0.0)),
    4: (("Deadlift (Barbell)", 4, 5, 140.0, 2.5), ("Lat Pulldown (Cable)", 3, 10, 60.0, 0.0)),
}


def make_demo(*, today: date, password: str) -> tuple[str, str]:
    """Make the demo lifter as of a day, and the empty account, where they are not there yet; their addresses.

    A demo of an earlier day is made anew, so that its twelve weeks end today.
    """
    now = _at(today, _UP)
    _person(EMPTY, "", password)
    person = _person(DEMO, "Sam", password)
    lifter = Lifter.objects.filter(person=person).first()
    begun = today - timedelta(weeks=WEEKS)
    if lifter is not None and lifter.plan_begun == begun:
        return DEMO, EMPTY
    with transaction.atomic():
        Lifter.objects.filter(person=person).delete()
        lifter = lifter_for(actor=person, now=_at(begun, _UP), zone="UTC")
        _begin(person, lifter, begun)
        chance = random.Random(_SEED)  # noqa: S311 - a made-up lifter, no secret
        for week in range(WEEKS):
            _live(person, lifter, begun + timedelta(weeks=week), chance, begun=begun)
    work_out(lifter, today=today, now=now)
    return DEMO, EMPTY


def person_of(email: str) -> Person:
    """The person with one of the demo's addresses."""
    return Person.objects.get(email=email)


def _person(email: str, name: str, password: str) -> Person:
    person = Person.objects.filter(email=email).first() or Person.objects.create_user(email, password)
    EmailAddress.objects.update_or_create(user=person, email=email, defaults={"verified": True, "primary": True})
    set_name(actor=person, name=name)
    return person


def _at(day: date, when: time) -> datetime:
    return datetime.combine(day, when, tzinfo=UTC)


def _begin(person: Person, lifter: Lifter, begun: date) -> None:
    """The story, and the log from before, as told on the first day."""
    now = _at(begun, _UP)
    onset = begun - timedelta(days=FIRST_DAYS)
    story = (files("liftback.records.demo") / "story.yaml").read_text(encoding="utf-8")
    keep_story(
        actor=person, lifter=lifter, document=story.replace("ONSET", onset.isoformat()), via="interview", now=now
    )
    rows = list(_logged(begun, onset))
    content = "\n".join([_HEAD, *rows]).encode()
    import_file(
        actor=person, lifter=lifter, name="strong.csv", content=content, format="strong", sets=len(rows), unit="kg",
        names={}, now=now,
    )  # fmt: skip


def _logged(begun: date, onset: date) -> Iterator[str]:
    """The sets of the weeks before, as Strong exports them; the last session is the one in which it went."""
    first = onset - timedelta(weeks=LOGGED_WEEKS)
    for place in range((onset - first).days + 1):
        day = first + timedelta(days=place)
        for lift, sets, reps, weight, more in _USUAL.get((day - begun).days % 7, ()):
            heavy = weight + more * (place // 7)
            for number in range(1, sets + 1):
                yield f"{day} 18:00:00,Evening,1h,{lift},{number},{heavy},{reps},0,0,,,"


def _live(person: Person, lifter: Lifter, first: date, chance: random.Random, *, begun: date) -> None:
    """A week: the plan as it is on its first day, what was done of it, and a check-in on most days."""
    plan = plan_from(inputs_of(lifter, today=first), today=first)
    level = _Level(begun, chance)
    entries = [*_trained(plan, level, chance), *_checked_in(first, level, chance)]
    entries.sort(key=lambda one: one.client_time)
    tell(actor=person, lifter=lifter, entries=entries, now=_at(first + timedelta(days=6), _TRAINED))


class _Level:
    """How much it hurts on a day."""

    def __init__(self, begun: date, chance: random.Random) -> None:
        self._begun, self._chance = begun, chance

    def flares(self, day: date) -> bool:
        """Whether a day lies in the flare."""
        return 0 <= (day - self._begun).days - _FLARE < _FLARE_LENGTH

    def on(self, day: date) -> int:
        """A score."""
        share = (day - self._begun).days / (WEEKS * 7)
        level = _START + (_END - _START) * share + (_FLARE_RISE if self.flares(day) else 0.0)
        return min(max(round(level + self._chance.gauss(0, _NOISE)), 0), _HIGHEST)


def _trained(plan: Plan | None, level: _Level, chance: random.Random) -> Iterator[NewEntry]:
    for day in plan.days if plan is not None else ():
        for item in (one for one in day.items if one.kind == "lift"):
            done = _entry("done", day.day, _TRAINED, _done(item, level.on(day.day)), chance)
            yield done
            morning = {"pain_after": level.on(day.day), "pain_next_morning": level.on(day.day + timedelta(days=1))}
            told = {"of": str(done.client_id), "told": {**morning, "settled": "same_day"}}
            yield _entry("after", day.day, time(23, 0), told, chance)


def _done(item: Item, pain: int) -> dict[str, Any]:
    told = {"pain_before": pain, "pain_during": pain, "how_it_felt": ["none"], "leg_after": "no"}
    return {
        "lift": item.lift,
        "exercise": item.exercise,
        "sets": item.dose.sets,
        "reps": item.dose.reps,
        "weight": None if item.load is None else item.load.weight,
        "unit": "kg" if item.load is None else item.load.unit,
        "told": told,
    }


def _checked_in(first: date, level: _Level, chance: random.Random) -> Iterator[NewEntry]:
    for day in (first + timedelta(days=place) for place in range(7)):
        if chance.random() < _SKIPPED:
            continue
        payload = {
            "pain": level.on(day),
            "sleep": chance.randint(4, 8),
            "stress": None,
            "lift_pain": None,
            "flare": level.flares(day),
            "event": False,
            "note": "",
        }
        yield _entry("check_in", day, _SLEPT, payload, chance)
    signs: dict[str, Any] = {"answers": {}}
    yield _entry("gates", first + timedelta(days=3), _SLEPT, signs, chance)


def _entry(kind: str, day: date, when: time, payload: dict[str, Any], chance: random.Random) -> NewEntry:
    return NewEntry(
        kind=kind,
        client_id=uuid.UUID(int=chance.getrandbits(128), version=4),
        device=DEVICE,
        day=day,
        client_time=_at(day, when),
        payload=payload,
    )
