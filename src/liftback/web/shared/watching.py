"""Watching the server: a line and a count for each request, `/health` and `/metrics` for whoever runs it."""

from __future__ import annotations

import hmac
import logging
import secrets
import time
from collections.abc import Callable
from dataclasses import asdict
from http import HTTPStatus
from typing import Any

import structlog
from django.conf import settings
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from liftback.records import health as store
from liftback.web.shared import metrics

METHODS = ("GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE")
LOOPBACK = ("127.0.0.1", "::1")
THROUGH = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_VIA")
"""Headers that tell of a proxy: a visitor from elsewhere, though the wire begins on this machine."""
_log = logging.getLogger("liftback.request")


def watched(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Write a line for each request: the name of its address, never the address itself, which may hold a secret."""

    def respond(request: HttpRequest) -> HttpResponse:
        number = secrets.token_hex(6)
        begun = time.monotonic()
        with structlog.contextvars.bound_contextvars(id=number):
            response = get_response(request)
            spent = time.monotonic() - begun
            method = request.method if request.method in METHODS else "other"
            told: dict[str, Any] = {"route": route_of(request), "method": method, "status": response.status_code}
            _log.info("request", extra={**told, "ms": round(spent * 1000)})
        metrics.count(**told, seconds=spent)
        response.headers["Request-Id"] = number
        return response

    return respond


def route_of(request: HttpRequest) -> str:
    """The name of the address that answered; "none" where there is no such address."""
    match = request.resolver_match
    return "none" if match is None else match.view_name or "unnamed"


def is_ours(request: HttpRequest) -> bool:
    """Whether whoever runs the server asks: with the token, or from this machine and through no proxy."""
    token = str(settings.METRICS_TOKEN)
    kind, _, given = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
    if token and kind.casefold() == "bearer" and hmac.compare_digest(given.strip().encode(), token.encode()):
        return True
    near = request.META.get("REMOTE_ADDR", "") in LOOPBACK
    return near and not any(name in request.META for name in THROUGH)


@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """How the server is: "ok", "degraded" with words, or "away" and a 503. With `?strict`, degraded is a 503 too.

    Whoever does not run the server learns that alone.
    """
    try:
        found = store.look(now=timezone.now())
    except DatabaseError:
        return JsonResponse({"status": "away", "store": "away"}, status=HTTPStatus.SERVICE_UNAVAILABLE)
    words = store.troubles(found)
    told: dict[str, Any] = {"status": "degraded" if words else "ok", "store": "ok"}
    if is_ours(request):
        told |= {"words": words, "about": store.facts(), **asdict(found)}
    strict = "strict" in request.GET and words
    return JsonResponse(told, status=HTTPStatus.SERVICE_UNAVAILABLE if strict else HTTPStatus.OK)


@require_safe
def numbers(request: HttpRequest) -> HttpResponse:
    """The numbers for Prometheus; not there for anybody who does not run the server."""
    if not is_ours(request):
        raise Http404
    return HttpResponse(metrics.written(store.look(now=timezone.now())), content_type=CONTENT_TYPE_LATEST)
