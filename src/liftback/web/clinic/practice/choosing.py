"""What can be chosen from on the pages of a clinic's own terms."""

from __future__ import annotations

from functools import cache

from liftback.records.days import zones

_FIRST = (
    "America/New_York", "America/Chicago", "America/Denver", "America/Phoenix", "America/Los_Angeles",
    "America/Anchorage", "Pacific/Honolulu",
)  # fmt: skip
_PLACES = ("Africa/", "America/", "Antarctica/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/")


@cache  # the list is the same for everybody
def _all() -> tuple[tuple[str, str], ...]:
    rest = sorted(one for one in zones() if one.startswith(_PLACES) and one not in _FIRST)
    return tuple((one, one.replace("_", " ")) for one in (*_FIRST, *rest, "UTC"))


def country_zones() -> list[tuple[str, str]]:
    """Time zones by place, those of the United States first."""
    return list(_all())
