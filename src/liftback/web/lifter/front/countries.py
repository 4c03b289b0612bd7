"""In which country a visitor may be: guessed from the browser's time zone and language, and never more than a guess."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

_REGION = re.compile(r"^[A-Za-z]{2,3}(?:-[A-Za-z]{4})?-([A-Za-z]{2})(?:-|$)")
_LINK = re.compile(r"^L (\S+) (\S+)$", re.MULTILINE)


def guessed_country(*, zone: str, languages: str) -> str:
    """The code of a country (ISO 3166), empty where nothing tells one.

    `zone` is where the device's clock is, and so says more than `languages`, the header Accept-Language.
    """
    return countries_by_zone().get(zone, "") or _region_of(languages)


def _region_of(languages: str) -> str:
    """The country of the first language that names one: en-GB means Great Britain."""
    for one in languages.split(","):
        found = _REGION.match(one.split(";")[0].strip())
        if found:
            return found.group(1).upper()
    return ""


@cache  # two small tables of the time zone database
def countries_by_zone() -> Mapping[str, str]:
    """The country of every time zone, older names included."""
    tables = files("tzdata.zoneinfo")
    lines = (line.split("\t") for line in tables.joinpath("zone.tab").read_text(encoding="utf-8").splitlines())
    found = {parts[2]: parts[0] for parts in lines if not parts[0].startswith("#")}
    for target, alias in _LINK.findall(tables.joinpath("tzdata.zi").read_text(encoding="utf-8")):
        if target in found:
            found.setdefault(alias, found[target])
    return found
