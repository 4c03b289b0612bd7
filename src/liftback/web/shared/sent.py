"""When and on which device a form was filled in: said by the offline script, which may send it hours later."""

from __future__ import annotations

from datetime import datetime, timedelta

from liftback.web.shared.visiting import Visit

AHEAD = timedelta(days=1)
"""How far a device's clock may be ahead before ours is taken instead."""


def told_at(request: Visit) -> datetime:
    """The device's time of a sent form; ours where it says none, or one that cannot be."""
    try:
        told = datetime.fromisoformat(request.POST.get("client_time", ""))
    except ValueError:
        return request.visitor.now
    known = told.tzinfo is not None and told.utcoffset() is not None
    return told if known and told <= request.visitor.now + AHEAD else request.visitor.now
