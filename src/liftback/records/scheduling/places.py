"""Places in the United States: states, ZIP codes, and how far it is from one to another."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, Protocol, TypeVar

ZIP_DIGITS = 5
MILES_PER_KILOMETRE = 1 / 1.609344
EARTH_KILOMETRES = 6371.0088  # mean radius

STATES: tuple[tuple[str, str], ...] = (
    ("AL", "Alabama"), ("AK", "Alaska"), ("AZ", "Arizona"), ("AR", "Arkansas"), ("CA", "California"),
    ("CO", "Colorado"), ("CT", "Connecticut"), ("DE", "Delaware"), ("DC", "District of Columbia"), ("FL", "Florida"),
    ("GA", "Georgia"), ("HI", "Hawaii"), ("ID", "Idaho"), ("IL", "Illinois"), ("IN", "Indiana"), ("IA", "Iowa"),
    ("KS", "Kansas"), ("KY", "Kentucky"), ("LA", "Louisiana"), ("ME", "Maine"), ("MD", "Maryland"),
    ("MA", "Massachusetts"), ("MI", "Michigan"), ("MN", "Minnesota"), ("MS", "Mississippi"), ("MO", "Missouri"),
    ("MT", "Montana"), ("NE", "Nebraska"), ("NV", "Nevada"), ("NH", "New Hampshire"), ("NJ", "New Jersey"),
    ("NM", "New Mexico"), ("NY", "New York"), ("NC", "North Carolina"), ("ND", "North Dakota"), ("OH", "Ohio"),
    ("OK", "Oklahoma"), ("OR", "Oregon"), ("PA", "Pennsylvania"), ("RI", "Rhode Island"), ("SC", "South Carolina"),
    ("SD", "South Dakota"), ("TN", "Tennessee"), ("TX", "Texas"), ("UT", "Utah"), ("VT", "Vermont"),
    ("VA", "Virginia"), ("WA", "Washington"), ("WV", "West Virginia"), ("WI", "Wisconsin"), ("WY", "Wyoming"),
    ("AS", "American Samoa"), ("GU", "Guam"), ("MP", "Northern Mariana Islands"), ("PR", "Puerto Rico"),
    ("VI", "US Virgin Islands"),
)  # fmt: skip
STATE_NAMES = dict(STATES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A ZIP code with its city, state (two letters) and middle (degrees)."""

    zip: str
    city: str
    state: str
    latitude: float
    longitude: float


class Somebody(Protocol):
    """A colleague as `nearest` needs them; a row of the directory has these."""

    @property
    def states(self) -> Sequence[str]:
        """The states of their licences, two letters each."""

    @property
    def latitude(self) -> float | None:
        """Degrees north, empty where their ZIP code is not known."""

    @property
    def longitude(self) -> float | None:
        """Degrees east."""


Who = TypeVar("Who", bound=Somebody)


@dataclass(frozen=True, slots=True, kw_only=True)
class Distant(Generic[Who]):
    """Somebody, with how far away they are in kilometres; empty where either place is not known."""

    who: Who
    kilometres: float | None

    @property
    def miles(self) -> float | None:
        """The same in miles."""
        return None if self.kilometres is None else self.kilometres * MILES_PER_KILOMETRE


def is_zip(text: str) -> bool:
    """Whether it is written as a ZIP code: five digits and no less, since three of them are no place."""
    return len(text) == ZIP_DIGITS and text.isascii() and text.isdigit()


def place_of(zip5: str) -> Place | None:
    """The place of a five-digit ZIP code; None where it is not one, or nobody knows it. Any text may be asked about."""
    return _found(zip5) if is_zip(zip5) else None


@lru_cache(maxsize=4096)
def _found(zip5: str) -> Place | None:
    import zipcodes  # noqa: PLC0415 - reading its table takes a while, and most processes never need it

    rows = zipcodes.matching(zip5)  # type: ignore[no-untyped-call]  # it has no types
    if not rows:
        return None
    row = rows[0]
    return Place(
        zip=zip5, city=row["city"], state=row["state"], latitude=float(row["lat"]), longitude=float(row["long"])
    )


def state_matches(zip5: str, state: str) -> bool | None:
    """Whether a ZIP code lies in that state; None where the code is not known, which is no "no"."""
    place = place_of(zip5)
    return None if place is None else place.state == state.strip().upper()


def distance_km(*, of: tuple[float, float], to: tuple[float, float]) -> float:
    """Kilometres along the great circle between two points of (latitude, longitude) in degrees."""
    (lat_1, long_1), (lat_2, long_2) = ((math.radians(a), math.radians(b)) for a, b in (of, to))
    half = math.sin((lat_2 - lat_1) / 2) ** 2
    half += math.cos(lat_1) * math.cos(lat_2) * math.sin((long_2 - long_1) / 2) ** 2
    return 2 * EARTH_KILOMETRES * math.asin(math.sqrt(min(1.0, half)))


def nearest(*, colleagues: Iterable[Who], state: str, place: Place | None = None) -> tuple[Distant[Who], ...]:
    """Those who may practise in the state where the person is now, nearest first.

    Those whose distance is not known come after the others; where two are as near, the order stays as it was given.
    Nobody licensed there only because they live close by: the licence follows where the person is.
    """
    wanted = state.strip().upper()
    able = [Distant(who=who, kilometres=_away(who, place)) for who in colleagues if wanted and wanted in who.states]
    return tuple(sorted(able, key=lambda one: math.inf if one.kilometres is None else one.kilometres))


def _away(who: Somebody, place: Place | None) -> float | None:
    if place is None or who.latitude is None or who.longitude is None:
        return None
    return distance_km(of=(place.latitude, place.longitude), to=(who.latitude, who.longitude))
