"""What the front door shows to anybody: the clinics, what happens to a request, and colleagues elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf.locale import LANG_INFO

from liftback.records import call_times, modules, phones, signed
from liftback.records.permissions import NOT_YOURS, NotAllowedError
from liftback.records.scheduling.places import STATE_NAMES, place_of
from liftback.records.tables.mail import Mail
from liftback.records.tables.people import Clinic
from liftback.records.tables.requests import ConsultRequest, HandOver, RequestStep
from liftback.records.write.clinic.escalating import WAITS
from liftback.records.write.clinic.receipts import ASKED, first_name
from liftback.records.write.clinic.requests import WITHDRAWN
from liftback.records.write.clinic.routing import Near, colleagues_in

LINK_HOLDS = timedelta(days=90)
"""After this long the link to what happens next is an old one."""
MOST_SHOWN = 20
"""Colleagues on one page: the nearest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A colleague as anybody sees them. `miles` are whole ones, empty where the distance is not known."""

    id: UUID
    name: str
    practice: str
    city: str
    state: str
    miles: int | None
    in_person: bool
    telehealth: bool
    languages: tuple[str, ...]
    notes: str
    phone: str
    dial: str
    website: str
    can_introduce: bool
    introduced: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What happens to a request, for whoever sent it. `stage`: open, met, closed or withdrawn.

    `due` is the promised time on the clinic's clock and `due_here` on the visitor's, where theirs differs. `unread`:
    the words could not be read for warning signs. `told`: an e-mail about a warning sign was written to somebody.
    """

    request: ConsultRequest
    clinic: Clinic
    first_name: str
    stage: str
    state_name: str
    due: call_times.Said | None = None
    due_here: call_times.Said | None = None
    because: str = ""
    late: bool = False
    unread: bool = False
    told: bool = False
    colleagues: tuple[Listed, ...] = ()

    @property
    def place_known(self) -> bool:
        """Whether the person said where they are."""
        return bool(self.request.state or self.request.country)


def clinics() -> list[Clinic]:
    """All clinics of this server, by name."""
    return list(Clinic.objects.order_by("name", "pk"))


def any_clinic() -> bool:
    """Whether any clinic of this server takes forms."""
    return any(modules.CONSULT not in off for off in Clinic.objects.values_list("modules_off", flat=True))


def clinic_at(slug: str) -> Clinic:
    """The clinic of that address. Raises NotAllowedError where there is none."""
    found = Clinic.objects.filter(slug=slug).first()
    if found is None:
        raise NotAllowedError(NOT_YOURS)
    return found


def asked_request(token: str, now: datetime) -> ConsultRequest | None:
    """The request that a link stands for; None for a link that is forged, cut short, or old."""
    value = signed.value_of(ASKED, token)
    try:
        pk = UUID(value or "")
    except ValueError:
        return None
    found = ConsultRequest.objects.select_related("clinic").filter(pk=pk, received_at__gt=now - LINK_HOLDS)
    return found.first()


def asked(request: ConsultRequest, *, zone: str, now: datetime) -> Asked:
    """What happens to a request next. `zone` is the visitor's."""
    clinic, due = request.clinic, request.due_at
    shows_due = due is not None and not request.flagged
    here = call_times.said(due, zone) if shows_due and due is not None else None
    there = call_times.said(due, clinic.zone) if shows_due and due is not None else None
    return Asked(
        request=request,
        clinic=clinic,
        first_name=first_name(request),
        stage=_stage(request),
        state_name=STATE_NAMES.get(request.state, ""),
        due=there,
        due_here=None if here is None or there is None or (here.day, here.clock) == (there.day, there.clock) else here,
        because=str(request.due_terms.get("because", "")),
        late=due is not None and now > due and request.met_at is None,
        unread=bool(request.words) and RequestStep.objects.filter(request=request, kind="unreadable").exists(),
        told=request.flagged and Mail.objects.filter(request=request, kind=WAITS).exists(),
        colleagues=_elsewhere(request),
    )


def _stage(request: ConsultRequest) -> str:
    if request.closed_at is not None:
        return WITHDRAWN if request.closed_why == WITHDRAWN else "closed"
    return "open" if request.met_at is None else "met"


def _elsewhere(request: ConsultRequest) -> tuple[Listed, ...]:
    """The colleagues for a request that the clinic itself may not treat; none beside a warning sign."""
    if request.route != ConsultRequest.Route.DIRECTORY or request.flagged or request.closed_at is not None:
        return ()
    found = colleagues_in(clinic=request.clinic, state=request.state, zip_code=request.zip)
    told = set(HandOver.objects.filter(request=request).values_list("colleague", flat=True))
    return tuple(_listed(one, request.clinic, introduced=one.colleague.pk in told) for one in found[:MOST_SHOWN])


def colleagues(*, clinic: Clinic, state: str, zip_code: str) -> tuple[Listed, ...]:
    """Colleagues of a clinic who may practise in a state, nearest first, for anybody who looks for one."""
    found = colleagues_in(clinic=clinic, state=state, zip_code=zip_code)
    return tuple(_listed(one, clinic) for one in found[:MOST_SHOWN])


def _listed(one: Near, clinic: Clinic, *, introduced: bool = False) -> Listed:
    who = one.colleague
    return Listed(
        id=who.pk,
        name=who.name,
        practice=who.practice,
        city=who.city,
        state=who.state,
        miles=None if one.miles is None else round(one.miles),
        in_person=who.in_person,
        telehealth=who.telehealth,
        languages=_languages(who.languages),
        notes=who.lifter_notes,
        phone=phones.shown(who.phone, clinic.country),
        dial=phones.dialled(who.phone) if who.phone else "",
        website=who.website,
        can_introduce=bool(who.email),
        introduced=introduced,
    )


def _languages(codes: Sequence[str]) -> tuple[str, ...]:
    """Languages by their own name; a code that nobody knows as it is."""
    return tuple(str(LANG_INFO.get(str(one), {}).get("name_local", one)).capitalize() for one in codes)


def attached_document(request: ConsultRequest) -> str:
    """The story that was sent along, as a story file's text; empty without one. For use inside an audited look."""
    if request.story is not None:
        return str(request.story.document)
    step = RequestStep.objects.filter(request=request, kind="story").first()
    return "" if step is None else str(step.details.get("document", ""))


def zip_problem(zip_code: str, state: str) -> str:
    """The state in which a ZIP code lies where it is another than `state`; "unknown" for a code that nobody knows."""
    place = place_of(zip_code)
    if place is None:
        return "unknown"
    return "" if not state or place.state == state else place.state


def is_offered(clinic: Clinic, name: str) -> bool:
    """Whether a clinic offers a part of the front door (`records.modules`)."""
    if name == modules.BOOKING and clinic.booking == Clinic.BookingTerms.OFF:
        return False
    return modules.is_on(clinic, name)
