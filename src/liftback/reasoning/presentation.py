"""Achy or injured: soreness that follows training, or a moment when it went.

The two kinds, and what each needs, are the practice's own. The points are our starting points.
"""

from __future__ import annotations

from dataclasses import dataclass

from liftback.facts.values import Facts
from liftback.knowledge.loader import Knowledge
from liftback.reasoning.findings import Reason, Said, say_group, unique
from liftback.reasoning.votes import lead, leader, parameter_reasons, rule_reason, still_open, tally

SIDES = ("achy", "injured")


@dataclass(frozen=True, slots=True, kw_only=True)
class Presentation:
    """Achy, injured, or None for undecided. `how_sure` is likely, leaning or undecided.

    `for_achy` and `for_injured` are what speaks for each side, whichever leads.
    """

    value: str | None
    how_sure: str
    for_achy: tuple[Said, ...]
    for_injured: tuple[Said, ...]
    because: tuple[Reason, ...]
    undecided: tuple[str, ...]
    said: tuple[Said, ...]


def presentation(facts: Facts, knowledge: Knowledge) -> Presentation:
    """Sort the story into achy or injured; None while missing answers could still change it."""
    sides = [tally(side, knowledge.group(f"presentation.for_{side}"), facts, knowledge) for side in SIDES]
    needed = knowledge.number("presentation.lead_leaning")
    ahead = leader(sides, needed)
    value = ahead.id if ahead else None
    likely = ahead is not None and lead(ahead, sides) >= knowledge.number("presentation.lead_likely")
    shown = ["presentation.lead_leaning", "presentation.lead_likely"]
    return Presentation(
        value=value,
        how_sure="likely" if likely else "leaning" if value else "undecided",
        for_achy=sides[0].said,
        for_injured=sides[1].said,
        because=unique(
            (
                *(reason for side in ([ahead] if ahead else sides) for reason in side.reasons),
                *parameter_reasons(shown, knowledge),
                *rule_reason("presentation.lead_that_holds", facts, knowledge),
            )
        ),
        undecided=() if value else still_open(sides, needed),
        said=say_group(f"presentation.{value or 'undecided'}", facts, knowledge),
    )
