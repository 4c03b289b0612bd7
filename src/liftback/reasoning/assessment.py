"""All that was found about one lifter, before it is put into answers."""

from __future__ import annotations

from dataclasses import dataclass, replace

from liftback.knowledge.entries import Level
from liftback.reasoning.category import Category
from liftback.reasoning.foundations import Foundations
from liftback.reasoning.imaging import Imaging
from liftback.reasoning.irritability import Irritability
from liftback.reasoning.not_to_do import NotToDo
from liftback.reasoning.presentation import Presentation
from liftback.reasoning.programming_talk import ProgrammingTalk
from liftback.reasoning.response_pattern import ResponsePattern
from liftback.reasoning.sensitivities import Sensitivities
from liftback.reasoning.slows_recovery import SlowsRecovery
from liftback.reasoning.timeline import Timeline
from liftback.reasoning.trajectory_parts import Trajectory
from liftback.reasoning.triage import Triage
from liftback.training.summary import TrainingSummary


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """The conclusion of every topic, in the order they are reached.

    No log: `training` and `talk` are None. No diary with a score: `trajectory` is None.
    """

    triage: Triage
    presentation: Presentation
    pattern: ResponsePattern
    irritability: Irritability
    category: Category
    sensitivities: Sensitivities
    slows_recovery: SlowsRecovery
    foundations: Foundations
    not_to_do: NotToDo
    imaging: Imaging
    timeline: Timeline
    training: TrainingSummary | None
    talk: ProgrammingTalk | None
    trajectory: Trajectory | None


def held_back(findings: Findings) -> Findings:
    """The findings with their advice on training left out while something must be checked now or today.

    What was found stays, for whoever examines the lifter; nobody can read from it that they should train on.
    """
    if findings.triage.level < Level.same_day:
        return findings
    return replace(
        findings,
        irritability=replace(findings.irritability, said=()),
        sensitivities=replace(findings.sensitivities, said=()),
        foundations=replace(findings.foundations, worth_most=(), said=()),
        talk=None,
        trajectory=None,
    )
