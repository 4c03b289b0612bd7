"""When what runs by itself last did, and whose turn it is: rows, so that any number of workers agree."""

from __future__ import annotations

from datetime import datetime, timedelta

from liftback.records.tables.beats import Heartbeat

TICK = "tick"
"""A whole tick that came to its end. A step of it that did has `tick.<step>`."""
TURN = "tick turn"
"""When a worker last began a tick."""


def beat(name: str, now: datetime) -> None:
    """Note that something ran just now."""
    if not Heartbeat.objects.filter(name=name).update(at=now):
        Heartbeat.objects.bulk_create([Heartbeat(name=name, at=now)], ignore_conflicts=True)


def last(name: str) -> datetime | None:
    """When something last ran; None where it never did."""
    return Heartbeat.objects.filter(name=name).values_list("at", flat=True).first()


def take_turn(name: str, now: datetime, *, every: timedelta) -> bool:
    """Whether it is ours to do something that is done once in a while, whoever else asks at the same time.

    A turn that lies in the future was taken by a clock that was wrong, and does not hold others up.
    """
    seen = last(name)
    if seen is None:
        Heartbeat.objects.bulk_create([Heartbeat(name=name, at=now)], ignore_conflicts=True)
        return Heartbeat.objects.filter(name=name, at=now).exists()
    if abs(now - seen) < every:
        return False
    return bool(Heartbeat.objects.filter(name=name, at=seen).update(at=now))
