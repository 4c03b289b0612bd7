"""Who gets what at the addresses of the clinic's own terms."""

from __future__ import annotations

from typing import Any

from liftback.records.models import Colleague, Mail
from liftback.records.signed import link_token
from liftback.records.write.clinic import directory, team
from tests.people import NOW, People, licence, staff_of
from tests.web.access_row import NO, SIGN_IN, SIGNED_IN, Row


def only_owner(answer: Any) -> dict[str, Any]:
    """The clinic's own terms: for everybody but its owner they are not there."""
    return {**dict.fromkeys(SIGNED_IN, 404), "owner": answer, "nobody": SIGN_IN}


def staff_only(answer: Any, **more: Any) -> dict[str, Any]:
    """Whoever works in a clinic, the other one's people included: they get their own."""
    people = ("therapist", "other_therapist", "front_desk", "owner")
    return {**dict.fromkeys(SIGNED_IN, 404), **dict.fromkeys(people, answer), **more, "nobody": SIGN_IN}


DIRECTORY = "302 /desk/clinic/directory/"
_SIGNED_NO = {**NO, "nobody": 405}
ROWS: dict[str, Row] = {
    "clinic:practice": Row(get=only_owner(200), post=_SIGNED_NO),
    **{
        f"clinic:practice_{part}": Row(get=only_owner(200), post=only_owner(422))
        for part in ("contact", "hours", "promise", "booking", "states", "texts", "team")
    },
    "clinic:practice_modules": Row(get=only_owner(200), post=only_owner("302 /desk/clinic/modules/")),
    "clinic:team_join": Row(
        get={**dict.fromkeys(SIGNED_IN, 200), "nobody": SIGN_IN},
        post={**dict.fromkeys(SIGNED_IN, 200), "other_lifter": "302 /desk/", "nobody": SIGN_IN},
        args=("practice.invitation",),
        note="The link carries the right, together with the account of the address it was sent to.",
    ),
    "clinic:practice_directory": Row(get=only_owner(200), post=_SIGNED_NO),
    "clinic:practice_colleague_new": Row(get=only_owner(200), post=only_owner(422)),
    "clinic:practice_colleague": Row(get=only_owner(200), post=only_owner(422), args=("practice.colleague",)),
    "clinic:practice_colleague_active": Row(get=NO, post=only_owner(DIRECTORY), args=("practice.colleague",)),
    "clinic:practice_export": Row(get=only_owner(200), post=_SIGNED_NO),
    "clinic:practice_import": Row(get=only_owner(200), post=only_owner(422)),
    "clinic:practice_import_yes": Row(get=NO, post=only_owner(422)),
    "clinic:own_hours": Row(get=staff_only(200), post=staff_only(422)),
    "clinic:promises": Row(get=staff_only(200, front_desk=404), post=_SIGNED_NO),
    "clinic:audit": Row(get=only_owner(200), post=_SIGNED_NO),
}


def make(people: People) -> dict[str, str]:
    """Make what the addresses name; the parts of addresses by name, as `Row.args` write them."""
    owner = staff_of(people.owner)
    licence(people.therapist)
    team.invite(staff=owner, now=NOW, email=people.other_lifter.email, role="front_desk")
    directory.keep(staff=owner, now=NOW, told={"name": "Kim Example", "zip": "07302", "states": "NJ"})
    return {
        "practice.invitation": link_token(team.PURPOSE, Mail.objects.get(kind=team.KIND).key),
        "practice.colleague": str(Colleague.objects.get(name="Kim Example").pk),
    }
