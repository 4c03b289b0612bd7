"""Who is looking, and which day it is where they are: put on every request by the middleware."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import cached_property, wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django_htmx.middleware import HtmxDetails

from liftback.records import read, strangers, write
from liftback.records.days import day_in, day_of, zones
from liftback.records.models import Lifter, Person
from liftback.records.read.clinic import plan_view

P = ParamSpec("P")
INTERVIEW = "interview"
"""The key of the session under which the interview so far is kept (`operations.interview_stored`)."""
TOLD = "told"
"""The key under which a stranger's story is kept, as the text of a story file."""
BASE = "interview_of"
"""The key of the number of the kept story that the interview goes on from; None where there was none."""
WAITING = "story_waiting"
"""The key of the session that says that a story told before the sign-in waits for a yes."""
HELD = "held"
"""The key under which the token of a stranger's log is kept."""


class Visitor:
    """The person of a request. `lifter` is None for strangers, and for people who are no lifter yet."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.now: datetime = timezone.now()

    @cached_property
    def person(self) -> Person | None:
        """Who is signed in; None for a stranger."""
        user = getattr(self.request, "user", None)  # missing where trouble came before anybody was known
        return cast("Person", user) if user is not None and user.is_authenticated else None

    @cached_property
    def lifter(self) -> Lifter | None:
        """The lifter that is signed in."""
        return None if self.person is None else read.lifter_of(self.person)

    @property
    def zone(self) -> str:
        """The time zone: of the records, else of the browser, else of the settings."""
        if self.lifter is not None:
            return self.lifter.zone
        told = self.request.COOKIES.get("zone", "")
        return told if told in zones() else settings.TIME_ZONE

    @cached_property
    def today(self) -> date:
        """The day where the visitor is."""
        return day_of(self.lifter, self.now) if self.lifter is not None else day_in(self.zone, self.now)

    def page(self, name: str) -> Any:
        """The values of a page (answers, plan, course): of the records, else of the session; None without."""
        if self.person is not None and self.lifter is not None:
            values = read.page(actor=self.person, lifter=self.lifter, name=name, now=self.now)
            return plan_view.as_shown(self.lifter, values) if name == "plan" else values
        document = self.request.session.get(TOLD)
        if not document:
            return None
        held = self.request.session.get(HELD, "")
        return strangers.page_of_stranger(name=name, document=document, token=held, today=self.today, now=self.now)


class Visit(HttpRequest):
    """A request after the middleware, for types."""

    visitor: Visitor
    htmx: HtmxDetails


class LifterVisit(Visit):
    """A request of a signed-in lifter, for types."""

    person: Person
    lifter: Lifter


View = Callable[Concatenate[Any, P], HttpResponse]


def for_lifters(view: Callable[Concatenate[LifterVisit, P], HttpResponse]) -> Callable[..., HttpResponse]:
    """A view for signed-in people only; the lifter is made at the first need. Others are sent to the sign-in."""

    @wraps(view)
    def guarded(request: LifterVisit, *args: P.args, **given: P.kwargs) -> HttpResponse:
        person = request.visitor.person
        if person is None:
            raise TypeError("A view for lifters was reached without a sign-in.")
        lifter = request.visitor.lifter
        if lifter is None:
            lifter = write.lifter_for(actor=person, now=request.visitor.now, zone=request.visitor.zone)
            request.visitor.__dict__["lifter"] = lifter
        request.person, request.lifter = person, lifter
        return view(request, *args, **given)

    return cast("Callable[..., HttpResponse]", login_required(guarded))
