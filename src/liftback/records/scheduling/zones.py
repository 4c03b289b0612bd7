"""Time zones by name, all from one pinned table, whose version is kept beside every time computed from it."""

from __future__ import annotations

import zoneinfo
from datetime import UTC, tzinfo
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

import tzdata  # type: ignore[import-untyped]  # it ships data, and no types


def pin() -> None:
    """Take every zone from the `tzdata` package from now on, never from the machine, so that all parts agree.

    To be called once at start, before any zone is made; zones made before keep their old rules.
    """
    zoneinfo.reset_tzpath(to=())
    ZoneInfo.clear_cache()


def tzdata_version() -> str:
    """The version of the time zone table, such as "2026b"."""
    return str(tzdata.IANA_VERSION)


@cache
def names() -> frozenset[str]:
    """Every zone that can be chosen: places and UTC, without the old abbreviations."""
    return frozenset(name for name in _every() if "/" in name and not name.startswith(("Etc/", "SystemV/"))) | {"UTC"}


@cache
def _every() -> frozenset[str]:
    # The package lists its own; asking `zoneinfo` would open every file there is.
    return frozenset(files("tzdata").joinpath("zones").read_text("ascii").split())


def is_known(name: str) -> bool:
    """Whether there is such a zone; any text may be asked about."""
    return name in _every()


def zone(name: str) -> tzinfo:
    """The zone of a name that was stored; UTC where there is none of that name, so that no page falls over it."""
    return ZoneInfo(name) if is_known(name) else UTC
