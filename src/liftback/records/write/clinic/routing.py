"""Where a request goes: to the clinic where one of its therapists may practise, else to a colleague, else a clear word.

Where nobody is known to be allowed, nobody is: a place that is not known never leads into the queue with its promise,
and neither does a licence that has ended.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from liftback.records import modules
from liftback.records.scheduling.licences import LicenceRow, until_when, who_may
from liftback.records.scheduling.places import nearest, place_of
from liftback.records.tables.people import Clinic
from liftback.records.tables.practice import Colleague, Licence
from liftback.records.tables.requests import ConsultRequest

SOON = 30
"""Days before its end in which a licence is warned of."""
HOME, ABROAD = "US", "ZZ"
"""The country of a request with a state, and of one from elsewhere; empty where the place is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """A colleague, and how far away in miles; empty where either place is not known."""

    colleague: Colleague
    miles: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Point:
    """A colleague as `places.nearest` needs them. States that cannot be read are none."""

    colleague: Colleague
    states: tuple[str, ...]
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Routed:
    """Where a request goes, and why.

    `therapists` are the memberships of those who may practise there today. `ends` is the last day on which one of them
    may, where that is near. `colleagues` are those elsewhere who may, nearest first. `place_known` is whether it was
    said where the person is.
    """

    route: str
    therapists: tuple[int, ...] = ()
    ends: date | None = None
    colleagues: tuple[Near, ...] = ()
    place_known: bool = True


def route(*, clinic: Clinic, state: str, country: str, day: date, zip_code: str = "") -> Routed:
    """Where a request of somebody in this state goes, on this day of the clinic's calendar."""
    if not state:
        return Routed(route=ConsultRequest.Route.NOBODY, place_known=bool(country))
    rows = licence_rows(clinic, state=state)
    able = who_may(rows=rows, state=state, day=day)
    if able:
        return Routed(route=ConsultRequest.Route.QUEUE, therapists=able, ends=_ends(rows, able, state, day))
    found = colleagues_in(clinic=clinic, state=state, zip_code=zip_code)
    return Routed(route=ConsultRequest.Route.DIRECTORY if found else ConsultRequest.Route.NOBODY, colleagues=found)


def licence_rows(clinic: Clinic, *, state: str = "") -> tuple[LicenceRow, ...]:
    """The licences of those who work in a clinic, of one state or of all."""
    found = Licence.objects.filter(therapist__clinic=clinic, therapist__active=True, therapist__person__is_active=True)
    found = found.filter(state=state) if state else found
    return tuple(
        LicenceRow(therapist=therapist, state=of, kind=kind, valid_from=begins, valid_until=ends)
        for therapist, of, kind, begins, ends in found.order_by("pk").values_list(
            "therapist", "state", "kind", "valid_from", "valid_until"
        )
    )


def colleagues_in(*, clinic: Clinic, state: str, zip_code: str = "") -> tuple[Near, ...]:
    """The clinic's colleagues who may practise in a state, nearest first; none where the directory is switched off."""
    if not state or not modules.is_on(clinic, modules.DIRECTORY):
        return ()
    every = Colleague.objects.filter(clinic=clinic, active=True).order_by("name", "pk")
    found = nearest(colleagues=map(_point, every), state=state, place=place_of(zip_code))
    return tuple(Near(colleague=one.who.colleague, miles=one.miles) for one in found)


def _point(one: Colleague) -> _Point:
    states = tuple(map(str, one.states)) if isinstance(one.states, list) else ()
    return _Point(colleague=one, states=states, latitude=one.latitude, longitude=one.longitude)


def _ends(rows: Sequence[LicenceRow], able: Sequence[int], state: str, day: date) -> date | None:
    """The last day on which anybody may practise there, where it is near; None where somebody may for long."""
    ends = [until_when(rows=rows, therapist=one, state=state, day=day) for one in able]
    if None in ends:
        return None
    last = max(one for one in ends if one is not None)
    return last if (last - day).days <= SOON else None
