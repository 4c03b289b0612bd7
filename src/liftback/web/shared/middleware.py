"""What happens around every request: who is looking, and what a person reads when something of ours is in trouble."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import cast

from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from liftback.records.permissions import NotAllowedError
from liftback.records.policies import NotNowError
from liftback.web.shared.visiting import Visit, Visitor

Answer = Callable[[HttpRequest], HttpResponse]
_log = logging.getLogger("liftback")


def visitor(get_response: Answer) -> Answer:
    """Put `visitor` on the request, and say that answers depend on HX-Request where a page is asked for.

    Times are shown in the visitor's zone, which `context.around` sets and which ends with the request.
    """

    def respond(request: HttpRequest) -> HttpResponse:
        cast("Visit", request).visitor = Visitor(request=request)
        with timezone.override(None):
            response = get_response(request)
        patch_vary_headers(response, ("HX-Request",))
        if response.get("Content-Type", "").startswith("text/html"):
            # Health data stays in the person's own browser, which asks again before it shows a page a second time.
            response.headers.setdefault("Cache-Control", "private, no-cache")
        if request.method == "POST" and request.path == reverse("account_logout"):
            response.headers["Clear-Site-Data"] = '"cache"'  # so that "back" on a shared device shows nothing
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()")
        return response

    return respond


class Trouble:
    """Turns trouble into a clear page: a full disk, a locked database, too much sent, what is not allowed."""

    def __init__(self, get_response: Answer) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request; trouble before any view (in the session, say) ends here too."""
        try:
            return self._get_response(request)
        except (DatabaseError, OSError) as error:
            return self.busy(request, error)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page for an exception of a view; None for what is none of ours."""
        if isinstance(exception, NotAllowedError):
            raise Http404(str(exception)) from None
        if isinstance(exception, RequestDataTooBig):
            return _page(request, 413, _("That is too much at once."), _("Nothing was kept of it. Send less, please."))
        if isinstance(exception, NotNowError):
            return _page(request, 409, _("That does not work now."), str(exception))
        if isinstance(exception, DatabaseError | OSError):
            return self.busy(request, exception)
        return None

    def busy(self, request: HttpRequest, error: Exception) -> HttpResponse:
        """What a person reads when nothing can be kept at the moment: nothing half-done, and what to do."""
        _log.warning("storage trouble: %s", type(error).__name__)
        told = (
            _("Somebody else is writing, or the store is full. What you sent was not kept, and nothing was half kept.")
            if isinstance(error, OperationalError | OSError)
            else _("Something in our store is not as it should be. What you sent was not kept.")
        )
        do = _("Wait a moment, go back, and send it again: what you typed is still there.")
        response = _page_without_store(request, _("Not kept yet."), f"{told} {do}")
        response.headers["Retry-After"] = "5"
        return response


def _page_without_store(request: HttpRequest, title: str, text: str) -> HttpResponse:
    """The page, even where who is looking cannot be read: then without anything of theirs."""
    try:
        return _page(request, 503, title, text)
    except (DatabaseError, OSError):
        plain = render_to_string("shared/trouble.html", {"title": title, "text": text, "bare": True})
        return HttpResponse(plain, status=503)


def _page(request: HttpRequest, status: int, title: str, text: str) -> HttpResponse:
    return render(request, "shared/trouble.html", {"title": title, "text": text, "bare": True}, status=status)
