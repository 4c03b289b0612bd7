"""How often one visitor may send a form: counted in the shared cache; a page says when to try again."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

P = ParamSpec("P")


def limited(
    name: str, *, times: int, seconds: int, methods: tuple[str, ...] = ("POST",)
) -> Callable[..., Callable[..., HttpResponse]]:
    """Let a visitor send to a view so many times in so many seconds; a page with status 429 after that.

    `methods` are those that count: forms, unless a page itself is dear to make.
    """

    def guard(view: Callable[Concatenate[HttpRequest, P], HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **given: P.kwargs) -> HttpResponse:
            if request.method in methods and _too_often(f"{name}:{_who(request)}", times, seconds):
                return too_often(request, seconds)
            return view(request, *args, **given)

        return guarded

    return guard


def too_often(request: HttpRequest, seconds: int) -> HttpResponse:
    """The page for too many forms in too short a time."""
    text = _("Wait a minute, then send it again. What you typed is still there when you go back.")
    values = {"title": _("That was quick: too many at once."), "text": text, "bare": True}
    response = render(request, "shared/trouble.html", values, status=429)
    response.headers["Retry-After"] = str(seconds)
    return response


def _too_often(key: str, times: int, seconds: int) -> bool:
    window = f"limit:{key.replace(' ', '-')}:{int(time.time()) // seconds}"
    cache.add(window, 0, timeout=seconds)
    try:
        return int(cache.incr(window)) > times
    except ValueError:  # it ran out between the two
        return False


def _who(request: HttpRequest) -> str:
    if request.user.is_authenticated:
        return f"person-{request.user.pk}"
    return address(request)


def address(request: HttpRequest) -> str:
    """The visitor's address; behind our own proxy the one it tells."""
    told = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.PROXIED else ""
    return told.rsplit(",", 1)[-1].strip() or str(request.META.get("REMOTE_ADDR", ""))
