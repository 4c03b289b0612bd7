"""What the page of an emergency shows, and the way out of it for a wrong tap."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from liftback import operations
from liftback.web.lifter.front.countries import guessed_country
from liftback.web.lifter.front.telling import Telling, signs_now, told_now
from liftback.web.shared.visiting import Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """The words of the page. `back` is where a wrong tap is taken back.

    `mine`: the person's own answers call for it; otherwise it is the page for anybody.
    """

    words: Any
    mine: bool = False
    back: str = ""


def alarm(request: Visit) -> Alarm:
    """The emergency of what is being told now, else of what was kept, else what holds for anybody."""
    for one in _underway(request):
        if one.is_emergency:
            words = operations.emergency_page(triage=one.triage)
            back = reverse("lifter:signs_back" if one.again else "lifter:interview_back")
            return Alarm(words=words, mine=True, back=back)
    page = request.visitor.page("answers") or {}
    advice = page.get("advice") or {}
    if advice.get("emergency"):
        return Alarm(words=advice, mine=True)
    return Alarm(words=operations.emergency_page())


def _underway(request: Visit) -> list[Telling]:
    return [one for one in (signs_now(request), told_now(request)) if one is not None]


def numbers(request: Visit) -> dict[str, Any]:
    """The numbers of every country, and the code of the one that the visitor may be in or chose (`?country=`)."""
    listed = operations.emergency_numbers()
    lifter = request.visitor.lifter
    zone = lifter.zone if lifter is not None else request.COOKIES.get("zone", "")
    guess = guessed_country(zone=zone, languages=request.headers.get("Accept-Language", ""))
    codes = [one["country"] for one in listed]
    wanted = [one for one in (request.GET.get("country", ""), guess) if one in codes]
    return {"countries": listed, "country": wanted[0] if wanted else codes[-1]}
