"""When and on which device a form was filled in: said by the offline script, which may send it hours later."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from liftback.web.shared.visiting import Visit

AHEAD = timedelta(days=1)
"""How far a device's clock may be ahead before ours is taken instead."""


def told_at(request: Visit) -> datetime:
    """The device's time of a sent form; ours where it says none, or one that cannot be."""
    try:
        told = datetime.fromisoformat(request.POST.get("client_time", ""))
        if told.tzinfo is None or told.utcoffset() is None:
            return request.visitor.now
        told = told.astimezone(UTC)  # at the ends of the calendar there is no such time in UTC
    except (ValueError, OverflowError):
        return request.visitor.now
    return told if told <= request.visitor.now + AHEAD else request.visitor.now
