"""All that was found about one lifter, before it is put into answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from liftback.reasoning.findings import Reason, Said
from liftback.reasoning.triage import Triage


class Finding(Protocol):
    """What every topic gives: a value (or None), the reasons, the open questions, and what is said."""

    @property
    def because(self) -> tuple[Reason, ...]: ...  # noqa: D102
    @property
    def undecided(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def said(self) -> tuple[Said, ...]: ...  # noqa: D102


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """The conclusion of every topic. `training` and `talk` are None when no training log was given."""

    triage: Triage
    presentation: Finding
    pattern: Finding
    irritability: Finding
    category: Finding
    sensitivities: Finding
    slows_recovery: Finding
    foundations: Finding
    not_to_do: Finding
    imaging: Finding
    timeline: Finding
    training: object | None
    talk: object | None
