"""The addresses of the app without a network: worker, manifest, shell, queue, warning signs, and the sending."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from liftback.web.lifter.offline import sending, shell, signs, words
from liftback.web.lifter.offline.whose import person_key
from liftback.web.shared.limits import limited
from liftback.web.shared.visiting import LifterVisit, Visit, for_lifters

A_DAY = 24 * 60 * 60


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker, for the whole site; asked for anew each time."""
    response = HttpResponse(shell.worker_script(), content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Service-Worker-Allowed"] = "/"
    return response


@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    """What a phone needs to install the app."""
    said = {**words.said(words.MANIFEST), "language": get_language() or "en"}
    return JsonResponse(shell.manifest(said), content_type="application/manifest+json", headers={"Vary": "Cookie"})


@require_safe
def offline(request: Visit) -> HttpResponse:
    """What is shown in place of a page that is not on the device."""
    return render(request, "lifter/offline/offline.html")


@require_safe
def queue(request: Visit) -> HttpResponse:
    """What waits on this device, filled in by its script."""
    return render(request, "lifter/offline/queue.html", {"words": words.said(words.QUEUE)})


@require_safe
def signs_offline(request: Visit) -> HttpResponse:
    """The warning signs, gone through on the device alone."""
    values = {"rules": signs.rules(request), "words": words.said(words.SIGNS)}
    return render(request, "lifter/offline/signs.html", values)


@require_http_methods(["GET", "POST"])
@never_cache
@limited("sync", times=120, seconds=60)
def sync(request: Visit) -> JsonResponse:
    """GET says who is signed in, and the time; POST takes what a device sends, and says for each what became of it."""
    there = {"person": person_key(request.visitor.person), **_now(request)}
    if request.method == "GET":
        return JsonResponse({**there, "csrf": get_token(request)})
    if request.visitor.person is None:
        return JsonResponse(there, status=HTTPStatus.UNAUTHORIZED)
    try:
        found = _outcomes(request)
    except sending.UnreadableError as error:
        return JsonResponse({**there, "why": str(error)}, status=HTTPStatus.BAD_REQUEST)
    return JsonResponse({**there, "outcomes": found, "revision": request.lifter.revision})  # type: ignore[attr-defined]  # set by for_lifters


def _outcomes(request: Visit) -> Any:
    """What became of each entry; the lifter is made where there is none yet."""
    found: list[dict[str, str]] = []

    def keep(visit: LifterVisit) -> HttpResponse:
        found.extend(sending.outcomes(visit))
        return HttpResponse()

    for_lifters(keep)(request)
    return found


def _now(request: Visit) -> dict[str, str]:
    """Our time, and the day where the visitor is."""
    return {"now": request.visitor.now.isoformat(), "today": request.visitor.today.isoformat()}
