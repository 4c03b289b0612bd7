"""Who gets what at the addresses of the free call."""

from __future__ import annotations

from datetime import time, timedelta

from liftback.records.mail.call_mails import BOOKED
from liftback.records.models import Booking, CallHours, Membership
from liftback.records.read.clinic import calls
from liftback.records.signed import link_token
from liftback.records.write.clinic import taking
from tests.people import NOW, People
from tests.web.access_row import NO, SIGN_IN, Row, all_get

CALL, HELD = "6d2c7a0e-5a3e-4b53-9d64-0c3f5a1e7b01", "6d2c7a0e-5a3e-4b53-9d64-0c3f5a1e7b02"
CALLED_OFF = f"302 /booked/{link_token(BOOKED, CALL)}/"
STAFF = ("therapist", "front_desk", "owner")


def of_this_clinic(answer: object) -> dict[str, object]:
    """A thing of this clinic: for whoever works elsewhere, or nowhere, it is not there."""
    return {**all_get(404), **dict.fromkeys(STAFF, answer), "nobody": SIGN_IN}


def of_any_clinic(answer: object) -> dict[str, object]:
    """A page for whoever works in a clinic, about their own."""
    return {**of_this_clinic(answer), "other_therapist": answer}


NOT_STAFF = {**NO, "nobody": 405}
ROWS: dict[str, Row] = {
    "clinic:call": Row(get=all_get(200), post=all_get(409), args=("clinic.slug",)),
    "clinic:call_confirm": Row(get=all_get(200), post=all_get(200), args=("clinic.hold",), note="by link alone"),
    "clinic:booked": Row(get=all_get(200), post=NO, args=("clinic.booked",), note="by link alone"),
    "clinic:booked_cancel": Row(get=all_get(200), post=all_get(CALLED_OFF), args=("clinic.cancel",)),
    "clinic:booked_move": Row(get=all_get(200), post=all_get(409), args=("clinic.move",)),
    "clinic:booked_invite": Row(get=all_get(200), post=NO, args=("clinic.booked",)),
    "clinic:calls_feed": Row(get=all_get(200), post=NO, args=("clinic.slug", "clinic.feed"), note="by secret alone"),
    "clinic:desk_calls": Row(get=of_any_clinic(200), post=NOT_STAFF),
    "clinic:desk_book": Row(get=of_any_clinic(200), post=of_any_clinic(200)),
    "clinic:desk_feed": Row(get=of_any_clinic(200), post=of_any_clinic("302 /desk/calls/feed/")),
    "clinic:desk_call": Row(get=of_this_clinic(200), post=NOT_STAFF, args=("clinic.call",)),
    **{
        f"clinic:desk_call_{deed}": Row(get=NOT_STAFF, post=of_this_clinic(answer), args=("clinic.call",))
        for deed, answer in (
            ("confirm", f"302 /desk/calls/{CALL}/"), ("decline", 409), ("done", 409), ("no_show", 409), ("move", 409),
            ("cancel", 409), ("give", 409),
        )
    },
}  # fmt: skip


def make(people: People) -> dict[str, str]:
    """Make what the addresses name; the parts of addresses by name, as `Row.args` write them."""
    member = Membership.objects.select_related("clinic").get(person=people.therapist)
    Membership.objects.filter(pk=member.pk).update(takes_calls=True, feed_token="the-secret-of-a-feed")  # noqa: S106
    CallHours.objects.bulk_create(
        CallHours(therapist=member, weekday=day, begins=time(9), ends=time(12)) for day in range(5)
    )
    calls_made = ((CALL, Booking.State.CONFIRMED, 1), (HELD, Booking.State.HELD, 2))
    for number, state, days in calls_made:
        made = Booking(pk=number, clinic=member.clinic, form_id=number, name="Vis Itor", zone="UTC", state=state)
        made.made_at = made.changed_at = NOW
        made.held_until = NOW + timedelta(minutes=10) if state == Booking.State.HELD else None
        assert taking.put_at(made, therapist=member.pk, starts_at=NOW + timedelta(days=days))
    return {
        "clinic.slug": member.clinic.slug,
        "clinic.hold": link_token(calls.HOLD, HELD),
        "clinic.booked": link_token(BOOKED, CALL),
        "clinic.cancel": link_token(calls.CANCEL, CALL),
        "clinic.move": link_token(calls.MOVE, CALL),
        "clinic.feed": "the-secret-of-a-feed",
        "clinic.call": CALL,
    }
