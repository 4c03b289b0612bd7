"""The places behind "More", in groups."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

Words = str | Promise


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A page with its name, its icon and what it is for."""

    page: str
    name: Words
    icon: str
    hint: Words

    @property
    def url(self) -> str:
        """Its address."""
        return reverse(self.page)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Places that belong together."""

    title: Words
    places: tuple[Place, ...]


_BACK = (
    Place(page="lifter:signs", name=_("Warning signs"), icon="flag", hint=_("Go through them again")),
    Place(page="lifter:flare", name=_("A flare"), icon="flare", hint=_("It is worse than usual: what to do now")),
    Place(page="lifter:first_hours", name=_("The first 72 hours"), icon="hurt", hint=_("I just hurt it")),
    Place(page="lifter:interview", name=_("Your story"), icon="edit", hint=_("Tell what has changed")),
)
_TRAINING = (
    Place(page="lifter:weekly", name=_("Weekly questions"), icon="report", hint=_("Once a week, a minute and a half")),
    Place(page="lifter:clearance", name=_("Clearance"), icon="clearance", hint=_("What is met, and what is not yet")),
    Place(page="lifter:plates", name=_("Plates"), icon="plate", hint=_("What goes on the bar")),
    Place(page="lifter:log", name=_("Training log"), icon="log", hint=_("Bring in what you lifted")),
)
_AWAY = (
    Place(page="lifter:report", name=_("Report"), icon="print", hint=_("The seven answers as a PDF, for a clinician")),
    Place(page="lifter:calendar", name=_("Calendar"), icon="waiting", hint=_("The plan in your own calendar")),
    Place(page="lifter:queue", name=_("Waiting to be sent"), icon="send", hint=_("What this device has not sent yet")),
)
_CLINIC = (
    Place(page="lifter:messages", name=_("Messages"), icon="send", hint=_("With the clinic that treats you")),
    Place(page="lifter:my_clinic", name=_("Your clinic"), icon="clinician", hint=_("What you share, and how to stop")),
    Place(
        page="lifter:who_looked", name=_("Who looked"), icon="list", hint=_("Each look at your records, with its time")
    ),
)
_OWN = (
    Place(page="lifter:my_data", name=_("Your data"), icon="lock", hint=_("See it, download it, delete it")),
    Place(page="lifter:settings", name=_("Settings"), icon="settings", hint=_("Name, units, time zone, signing in")),
    Place(page="account_logout", name=_("Sign out"), icon="out", hint=_("On this device")),
)


def groups(*, unread: int = 0) -> tuple[Group, ...]:
    """All groups in the order of the page; `unread` messages stand beside their place."""
    return (
        Group(title=_("Your back"), places=_BACK),
        Group(title=_("Training"), places=_TRAINING),
        Group(title=_("To take along"), places=_AWAY),
        Group(title=_("You and your clinic"), places=_clinic(unread)),
        Group(title=_("You"), places=_OWN),
    )


def _clinic(unread: int) -> tuple[Place, ...]:
    if not unread:
        return _CLINIC
    hint = ngettext("%(count)s new message", "%(count)s new messages", unread) % {"count": unread}
    return tuple(replace(one, hint=hint) if one.page == "lifter:messages" else one for one in _CLINIC)
