"""A story that may be sent along: of a lifter, who shares their records with it, or of a stranger's session."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from liftback.records import consents, read
from liftback.records.models import Clinic, ConsentText, StoryVersion
from liftback.records.write.clinic import shares
from liftback.records.write.clinic.requests import Attached
from liftback.web.shared.visiting import TOLD, Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What could be attached. `consent` is the text that a lifter agrees to; a stranger's story is sent as it is.

    `shared`: the clinic sees the lifter's records already. `level` is what the story's own answers call for.
    """

    level: str
    urgent: bool
    emergency: bool
    story: StoryVersion | None = None
    told_at: datetime | None = None
    consent: ConsentText | None = None
    shared: bool = False
    document: str = ""


def offer(request: Visit, clinic: Clinic) -> Offer | None:
    """What this visitor could attach; None for somebody who has told no story."""
    visitor = request.visitor
    page = visitor.page("answers")
    if page is None:
        return None
    advice = page["advice"]
    bare = Offer(level=str(advice["level"]), urgent=bool(advice["urgent"]), emergency=bool(advice["emergency"]))
    if visitor.person is None or visitor.lifter is None:
        return replace(bare, document=str(request.session.get(TOLD, "")))
    story = read.story_of(actor=visitor.person, lifter=visitor.lifter)
    return replace(
        bare,
        story=story,
        told_at=None if story is None else story.told_at,
        consent=consents.current(clinic=clinic, kind=consents.RECORDS, now=visitor.now, language=_language(request)),
        shared=shares.holds(lifter=visitor.lifter, clinic=clinic),
    )


def attached(request: Visit, found: Offer | None) -> Attached | None:
    """What the form sends along; None where nothing is, or nothing was to be."""
    if found is None or not request.POST.get("attach"):
        return None
    return Attached(
        level=found.level,
        lifter=request.visitor.lifter if found.story is not None else None,
        story=found.story,
        document=found.document,
        consent=found.consent,
    )


def changed(request: Visit, found: Offer | None) -> str:
    """A sentence where the text about records is another than the one that was shown; empty where all is well."""
    if found is None or not request.POST.get("attach") or found.consent is None or found.shared:
        return ""
    if request.POST.get("records_consent") == str(found.consent.pk):
        return ""
    return _("The text about your records has changed. Read it again, and tick the box once more.")


def _language(request: Visit) -> str:
    return str(getattr(request, "LANGUAGE_CODE", "en"))
