"""How accounts behave: a sign-in lasts a month, and what was told before it is kept with it."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import LoginForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from liftback import operations
from liftback.records import read, strangers, write
from liftback.records.models import Person
from liftback.records.policies import NotNowError
from liftback.records.staff import staff_of
from liftback.web.shared.limits import address
from liftback.web.shared.visiting import BASE, HELD, INTERVIEW, TOLD, WAITING, Visit, Visitor

_log = logging.getLogger("liftback")
SIGNED_IN_FOR = 30 * 24 * 60 * 60
"""Seconds."""
UNTIL_CLOSED = 0
"""What Django takes for "until the browser is closed"."""
STAY = "stay"
"""The key of the session that carries the choice to stay signed in past the second step of a sign-in."""


class SignInForm(LoginForm):  # type: ignore[misc]  # allauth ships no types for its forms
    """allauth's form; the choice to stay signed in is on, since a phone in a gym is one's own more often than not."""

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        remember = self.fields["remember"]
        remember.initial, remember.label = True, _("Stay signed in on this device for 30 days")

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        """Sign in, or go on to the second step; a session that is not signed in yet keeps its one day."""
        stay = bool(self.cleaned_data["remember"])
        request.session[STAY] = stay
        response = super().login(request, redirect_url=redirect_url)
        request.session.set_expiry(_lasting(stay=stay) if request.user.is_authenticated else None)
        return cast("HttpResponse", response)


class AddPasskeyForm(AddWebAuthnForm):  # type: ignore[misc]  # allauth ships no types for its forms
    """allauth's form; a passkey that signs in alone is what nearly everybody wants."""

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        alone = self.fields["passwordless"]
        alone.initial, alone.label = True, _("Sign in with it alone, without the password")
        alone.help_text = _("Without this it is a second step after the password.")


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """allauth's own behaviour, and ours after a sign-in."""

    def post_login(self, request: HttpRequest, user: Any, **given: Any) -> HttpResponse:
        """Take over what the stranger told where the account has no story yet; else go and ask first (`WAITING`)."""
        request.session.set_expiry(_lasting(stay=bool(request.session.pop(STAY, True))))
        take_over(request, user)
        response = super().post_login(request, user, **given)
        return redirect("lifter:waiting") if WAITING in request.session else cast("HttpResponse", response)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Whoever works in a clinic and has no story of their own goes to the desk; others where they always go."""
        person = cast("Person", request.user)
        if staff_of(person) is None or _has_story(person):
            return str(super().get_login_redirect_url(request))
        return reverse("clinic:desk")

    def get_client_ip(self, request: HttpRequest) -> str:
        """The visitor's address, the same everywhere."""
        return address(request)


def _has_story(person: Person) -> bool:
    lifter = read.lifter_of(person)
    return lifter is not None and read.story_of(actor=person, lifter=lifter) is not None


def _lasting(*, stay: bool) -> int:
    return SIGNED_IN_FOR if stay else UNTIL_CLOSED


def shown_name(person: Person) -> str:
    """What a signed-in person reads of themselves; never part of a log."""
    return person.name or person.email


def who_signs_in(request: HttpRequest, credentials: Mapping[str, Any] | None = None) -> str:
    """The address that somebody tries to sign in with, for counting what fails."""
    given = (credentials or {}).get("email") or request.POST.get("login", "")
    return str(given).strip().casefold()


def take_over(request: HttpRequest, person: Person) -> None:
    """Move the session's story and log into the records of an account; a story waits where the account has one."""
    visitor = getattr(cast("Visit", request), "visitor", None) or Visitor(request=request)
    _told_half_way(request, visitor)
    document, token = request.session.get(TOLD, ""), request.session.get(HELD, "")
    if not document and not token:
        return
    lifter = write.lifter_for(actor=person, now=visitor.now, zone=visitor.zone)
    if document and read.story_of(actor=person, lifter=lifter) is not None:
        request.session[WAITING] = True
        return
    try:
        keep(request, person)
    except (operations.StoryError, NotNowError):
        _log.warning("what a stranger told could not be taken over")  # it stays in the session; the sign-in goes on


def _told_half_way(request: HttpRequest, visitor: Visitor) -> None:
    """Let a sign count that was told before the interview could be judged: it must not be left behind."""
    stored = request.session.get(INTERVIEW)
    if stored is None or request.session.get(TOLD):
        return
    try:
        interview = operations.interview_restored(values=stored, today=visitor.today)
    except operations.StoryError:
        return
    triage = operations.interview_triage(interview=interview, today=visitor.today)
    if any(not one.unknown for one in triage.fired):
        request.session[TOLD] = operations.interview_file(interview=interview)


def keep(request: HttpRequest, person: Person) -> None:
    """Keep the session's story and log with the account, and forget them in the session."""
    visitor = getattr(cast("Visit", request), "visitor", None) or Visitor(request=request)
    lifter = write.lifter_for(actor=person, now=visitor.now, zone=visitor.zone)
    strangers.keep_for(
        actor=person,
        lifter=lifter,
        document=request.session.get(TOLD, ""),
        token=request.session.get(HELD, ""),
        now=visitor.now,
    )
    forget(request)


def forget(request: HttpRequest) -> None:
    """Forget the story in the session, and the log that is held for it."""
    strangers.forget(token=request.session.get(HELD, ""))
    for key in (TOLD, INTERVIEW, BASE, WAITING, HELD):
        request.session.pop(key, None)
