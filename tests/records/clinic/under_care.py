"""A patient with a plan to train by: the injured sample lifter with a log, who shares with the clinic."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from liftback.records import read, write
from liftback.records.models import Episode
from liftback.records.write.clinic import plan_edits
from liftback.records.write.clinic.plan_edits import NewEdit
from tests.people import entry
from tests.records.clinic.treated import Care, care, patient
from tests.web.training.conftest import NOW, injured

LOG = Path(__file__).resolve().parents[3] / "examples" / "strong.csv"
LIFT, WEIGHTED = "Squat (Barbell)", "Leg Press"


@dataclass(frozen=True, slots=True, kw_only=True)
class Treated:
    """The people, and the episode."""

    care: Care
    episode: Episode

    def page(self, name: str = "plan", now: datetime = NOW) -> Any:
        """A page of the lifter's, as they see it."""
        self.care.lifter.refresh_from_db()
        return read.page(actor=self.care.person, lifter=self.care.lifter, name=name, now=now)

    def tell(self, kind: str, now: datetime = NOW, **payload: Any) -> None:
        """The lifter tells something."""
        self.care.lifter.refresh_from_db()
        (outcome,) = write.tell(**self.care.own, entries=[entry(kind, now.date(), at=now, **payload)], now=now)
        assert outcome.state == "kept", outcome.why

    def edit(self, kind: str, lift: str = LIFT, *, why: str = "It flared", now: datetime = NOW, **values: Any) -> Any:
        """The therapist changes the plan."""
        new = NewEdit(client_id=uuid4(), kind=kind, lift=lift, values=values, why=why)
        return plan_edits.add(staff=self.care.staff, episode=self.fresh(), edit=new, now=now)

    def fresh(self) -> Episode:
        """The episode as it is now."""
        return Episode.objects.select_related("clinic", "lifter__person", "request").get(pk=self.episode.pk)


def treated(slug: str = "here", document: str | None = None, **terms: Any) -> Treated:
    """A patient whose plan began two days ago."""
    of = care(slug, **terms)
    begun = NOW - timedelta(days=2)
    write.keep_story(**of.own, document=injured() if document is None else document, via="interview", now=begun)
    write.import_file(
        **of.own, name="strong.csv", content=LOG.read_bytes(), format="strong", sets=1, unit="kg", names={}, now=begun
    )
    of.lifter.refresh_from_db()
    return Treated(care=of, episode=patient(of, at=begun))


def told_alarm(of: Treated, now: datetime = NOW) -> None:
    """The lifter taps a doubt at the line "anything new?" of a check-in."""
    of.tell("check_in", now, pain=3, signs="yes")
