"""Whose page an answer is, told to the browser's own store, so that one person's page is never shown to another."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from liftback.records.models import Person
from liftback.web.shared.visiting import Visit

HEADER = "Liftback-Person"
NOBODY = "nobody"
_LENGTH = 24


def person_key(person: Person | None) -> str:
    """A person as a device may know them: the same everywhere, and nothing of them in it; `nobody` for a stranger."""
    if person is None:
        return NOBODY
    return salted_hmac("liftback.device", str(person.pk)).hexdigest()[:_LENGTH]


def whose(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Say on every page whose it is."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        visitor = getattr(cast("Visit", request), "visitor", None)
        if visitor is not None and response.get("Content-Type", "").startswith("text/html"):
            response.headers[HEADER] = person_key(visitor.person)
        return response

    return respond
