"""What state a call is in, and what can still be done with it."""

from __future__ import annotations

from datetime import datetime, timedelta

from liftback.records.tables.bookings import Booking

State = Booking.State
COMING = (State.REQUESTED, State.CONFIRMED)
"""A call that is to be, sure or asked for."""
GONE = (State.CANCELLED, State.EXPIRED)
"""A booking that takes no time."""
LINKS_HOLD = timedelta(hours=12)
"""How long after a call's beginning its links still work, for those who missed it."""


def is_over(booking: Booking, now: datetime) -> bool:
    """Whether the links of a call have ended."""
    return now >= booking.starts_at + LINKS_HOLD


def is_movable(booking: Booking, now: datetime) -> bool:
    """Whether a call can get another time: one that is to be, or one that was missed, until its links end."""
    return booking.state in (*COMING, State.NO_SHOW) and not is_over(booking, now)


def is_cancellable(booking: Booking, now: datetime) -> bool:
    """Whether a call can be taken back: until it begins."""
    return booking.state in COMING and booking.starts_at > now
