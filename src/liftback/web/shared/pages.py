"""Pages that belong to no side: the living page of components, errors, language, theme."""

from __future__ import annotations

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from liftback.web.shared.context import THEMES

A_YEAR = 365 * 24 * 60 * 60


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Every component in every state, as it is in use."""
    return render(request, "shared/components.html")


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Keep the wished theme in a cookie, and go back."""
    wished = request.POST.get("theme", "")
    response = redirect(back(request))
    if wished in THEMES:
        response.set_cookie("theme", wished, max_age=A_YEAR, secure=settings.HTTPS, httponly=True, samesite="Lax")
    return response


def back(request: HttpRequest) -> str:
    """Where a form wants to go back to, if it is a place of ours; else the first page."""
    wanted = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if ours and wanted.startswith("/") else "/"  # a bare word would be taken for the name of a view


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that makes no sense."""
    return _page(
        request, HTTPStatus.BAD_REQUEST, _("That could not be read."), _("Go back, reload the page, and try again.")
    )


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that is not allowed."""
    return render(request, "403.html", {"bare": True}, status=HTTPStatus.FORBIDDEN)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose page was too old, or came from elsewhere."""
    return render(request, "403_csrf.html", {"bare": True}, status=HTTPStatus.FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Nothing here, or nothing for this person."""
    return render(request, "404.html", {"bare": True}, status=HTTPStatus.NOT_FOUND)


def server_error(request: HttpRequest) -> HttpResponse:
    """A fault of ours."""
    return render(request, "500.html", {"bare": True}, status=HTTPStatus.INTERNAL_SERVER_ERROR)


def _page(request: HttpRequest, status: int, title: str, text: str) -> HttpResponse:
    return render(request, "shared/trouble.html", {"title": title, "text": text, "bare": True}, status=status)
