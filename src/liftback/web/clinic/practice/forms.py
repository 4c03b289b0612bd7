"""What can be filled in on the pages of a clinic's own terms; what is allowed is judged by the records."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from liftback.records.models import Clinic, Licence, Membership
from liftback.records.scheduling.places import STATES
from liftback.web.clinic.practice.choosing import country_zones

KINDS = [
    (Clinic.Promise.CLOCK_HOURS, _("Clock hours: so many hours later, nights and weekends too")),
    (Clinic.Promise.BUSINESS_DAY, _("One business day: the same time on the next day you are open")),
]
BOOKING = [
    (Clinic.BookingTerms.INSTANT, _("At once: people choose a free time, and it is theirs")),
    (Clinic.BookingTerms.REQUEST, _("On request: people ask for a time, and you confirm it")),
    (Clinic.BookingTerms.OFF, _("Not at all")),
]
ROLES = [
    (Membership.Role.FRONT_DESK, _("Front desk")),
    (Membership.Role.THERAPIST, _("Therapist")),
    (Membership.Role.OWNER, _("Owner")),
]
LICENCES = [
    (Licence.Kind.LICENCE, _("Licence of that state")),
    (Licence.Kind.COMPACT_PRIVILEGE, _("Privilege under the PT Compact")),
]
LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]
_CHOOSE = [("", _("Choose"))]
_NUMBER = {"required": _("Write a number."), "invalid": _("Write a whole number.")}
_DAY = {"required": _("Choose a day."), "invalid": _("Write a day like 2026-11-23.")}


def text(label: Any, hint: Any = "", *, needed: bool = False, area: bool = False) -> forms.CharField:
    """A line (or several) of text; how long it may be is judged by the records."""
    widget = forms.Textarea() if area else forms.TextInput()
    return forms.CharField(required=needed, label=label, help_text=hint, widget=widget)


def number(label: Any, hint: Any = "") -> forms.IntegerField:
    """A whole number."""
    return forms.IntegerField(label=label, help_text=hint, error_messages=_NUMBER)


def day(label: Any, hint: Any = "", *, needed: bool = False) -> forms.DateField:
    """A day."""
    return forms.DateField(required=needed, label=label, help_text=hint, error_messages=_DAY)


def choice(label: Any, choices: Any, hint: Any = "") -> forms.ChoiceField:
    """One of a list."""
    wrong = {"required": _("Choose one."), "invalid_choice": _("Choose one of the list.")}
    return forms.ChoiceField(label=label, choices=choices, help_text=hint, error_messages=wrong)


def row() -> forms.IntegerField:
    """The number of the row that a form belongs to."""
    return forms.IntegerField(widget=forms.HiddenInput())


class ContactForm(forms.Form):
    """Who the clinic is and where."""

    name = text(_("Name"), _("People read it on every page and in every e-mail."), needed=True)
    phone = text(_("Phone"), _("As people should dial it."))
    email = text(_("E-mail"), _("Answers to our e-mails go there."))
    address = text(_("Address"))
    zone = choice(_("Time zone"), country_zones, _("Hours and the promise are counted on its clock."))
    country = text(_("Country"), _("Two letters, such as US. It says which public holidays count."), needed=True)
    subdivision = text(_("State or part of the country"), _("Such as NY. Its own holidays count too."))


class PromiseForm(forms.Form):
    """What is promised."""

    promise_kind = choice(_("We answer within"), KINDS)
    promise_hours = number(_("Clock hours"), _("Used when the promise is counted in clock hours."))
    keeps_days = number(_("Days a closed request is kept"), _("Then it is deleted, unless it became a patient."))


class BookingForm(forms.Form):
    """How the free call is booked."""

    booking = choice(_("How people book"), BOOKING)
    call_minutes = number(_("Minutes of a call"))
    buffer_minutes = number(_("Minutes between two calls"))
    notice_minutes = number(_("Notice, in minutes"), _("Nobody can book a call that begins sooner."))
    horizon_days = number(_("Days ahead"), _("How far ahead people can book."))
    daily_cap = number(_("Calls a day"), _("The most for one therapist on one day."))
    hold_minutes = number(_("Minutes a chosen time is held"), _("While somebody fills in their name."))


class CloseForm(forms.Form):
    """Closed days, or a holiday taken back."""

    first = day(_("First day"), needed=True)
    last = day(_("Last day"), _("Leave it out for one day."))
    name = text(_("Why"), _("For your own list, such as “stocktaking”."))
    open_anyway = forms.BooleanField(
        required=False, label=_("It is a public holiday, and we are open"), help_text=_("Takes a holiday back.")
    )


class OpenForm(forms.Form):
    """A closed day taken back."""

    closed = row()


class LicenceForm(forms.Form):
    """A licence or compact privilege of one therapist."""

    membership = row()
    state = choice(_("State"), [*_CHOOSE, *STATES])
    kind = choice(_("What it is"), LICENCES)
    number = text(_("Number"), needed=True)
    valid_from = day(_("From"), needed=True)
    valid_until = day(_("Last day"), _("Leave it out where none is stated."))
    looked_up_on = day(_("Looked up on"), _("The day somebody looked at the board's own list. Needed for a privilege."))


class EndForm(forms.Form):
    """The last day of a licence."""

    licence = row()
    valid_until = day(_("Last day"), _("Leave it out where none is stated."))
    looked_up_on = day(_("Looked up on"))


class RemoveForm(forms.Form):
    """A licence that was a slip."""

    licence = row()


class StateForm(forms.Form):
    """Care by phone in a state."""

    state = choice(_("State"), [*_CHOOSE, *STATES])
    care_by_phone = forms.BooleanField(required=False, label=_("Care by phone is allowed there"))
    note = text(_("Who says so, and when"), _("Such as your counsel's name and the day. Needed for a yes."))


class InviteForm(forms.Form):
    """Somebody to ask."""

    email = text(_("Their e-mail address"), needed=True)
    role = choice(_("As"), ROLES)


class MailForm(forms.Form):
    """An invitation to take back."""

    mail = row()


class MemberForm(forms.Form):
    """What somebody does here."""

    membership = row()
    role = choice(_("Role"), ROLES)
    title = text(_("Title"), _("Such as Dr. It stands before the name."))
    takes_calls = forms.BooleanField(required=False, label=_("Takes free calls"))


class WhoForm(forms.Form):
    """Somebody who leaves, or comes back."""

    membership = row()


class TextForm(forms.Form):
    """One of the clinic's own texts."""

    name = forms.CharField(widget=forms.HiddenInput())
    text = text(_("Your words"), area=True)


class ConsentForm(forms.Form):
    """One of the texts that people agree to."""

    kind = forms.CharField(widget=forms.HiddenInput())
    language = forms.ChoiceField(choices=LANGUAGES, widget=forms.HiddenInput())
    text = text(_("The text"), needed=True, area=True)


class ColleagueForm(forms.Form):
    """A colleague, by the columns of a directory file."""

    name = text(_("Name"), needed=True)
    practice = text(_("Practice"))
    email = text(_("E-mail"), _("A hand-over is sent there. Without one, people get the phone number."))
    phone = text(_("Phone"))
    website = text(_("Website"))
    zip = text(_("ZIP code"), _("Five digits; it says how far away they are."))
    city = text(_("City"), _("Leave it out where the ZIP code says it."))
    state = text(_("State of the practice"), _("Two letters, such as NJ."))
    states = text(_("Licensed in"), _("States, such as NJ NY PA."))
    languages = text(_("Languages"), _("Such as en, es."))
    telehealth = forms.BooleanField(required=False, label=_("By video"))
    in_person = forms.BooleanField(required=False, label=_("In person"))
    notes = text(_("Good for lifters because"), area=True)
