"""Who gets what at the addresses of the front door."""

from __future__ import annotations

from uuid import UUID

from liftback.records import consents
from liftback.records.models import Clinic, ConsultRequest
from liftback.records.signed import link_token
from tests.people import NOW, People
from tests.web.access_row import NO, Row, all_get

REQUEST = UUID("00000000-0000-4000-8000-0000000000b0")
TOKEN = link_token("asked", str(REQUEST))
_HERE, _TOKEN = ("this",), (TOKEN,)
ROWS: dict[str, Row] = {
    "clinic:consult": Row(get=all_get(200), post=NO, note="two clinics: a list"),
    "clinic:home": Row(get=all_get(200), post=NO, args=_HERE),
    "clinic:consult_form": Row(get=all_get(200), post=all_get(422), args=_HERE, note="an empty form comes back"),
    "clinic:colleagues": Row(get=all_get(200), post=NO, args=_HERE, query="?state=NJ"),
    "clinic:asked": Row(get=all_get(200), post=NO, args=_TOKEN, note="the link is the right"),
    "clinic:asked_place": Row(get=NO, post=all_get(422), args=_TOKEN, note="no state was chosen"),
    "clinic:introduce": Row(get=NO, post=all_get(422), args=_TOKEN, note="nobody was chosen"),
    "clinic:withdraw": Row(get=NO, post=all_get(f"302 /asked/{TOKEN}/"), args=_TOKEN),
}


def make(people: People) -> dict[str, str]:
    """A request of a stranger, under the number that the link is made for."""
    clinic = Clinic.objects.get(slug="this")
    ConsultRequest.objects.create(
        id=REQUEST,
        clinic=clinic,
        form_id=REQUEST,
        name="Rosa Stranger",
        phone="+12125550142",
        words="an achy back",
        consent=consents.current(clinic=clinic, kind=consents.CONSULT, now=NOW),
        consent_at=NOW,
        route=ConsultRequest.Route.NOBODY,
        received_at=NOW,
    )
    return {}
