"""Category: muscle-type, joint-type, nerve-type or something else; a working group for planning, never a tissue.

No test, scan included, names the structure reliably. So the answers are weighed, each group gets its share of the
pointers, and one is named only when it leads by more than missing answers could take back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from liftback.facts.values import Facts, Known
from liftback.knowledge.loader import Knowledge
from liftback.reasoning.findings import Reason, Said, say_group, unique
from liftback.reasoning.votes import Tally, leader, parameter_reasons, rule_reason, still_open, tally

CATEGORIES = ("soft_tissue", "joint", "nerve", "other")


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryShare:
    """One group with its share of the pointers that stand (0 to 1) and how sure in words.

    `how_sure` is more likely, possible or little points to it.
    """

    id: str
    name: str
    share: float
    how_sure: str
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """The leading group, or None. `would_change` is what answers, course or examination would change it."""

    value: str | None
    name: str
    how_sure: str
    shares: tuple[CategoryShare, ...]
    would_change: tuple[Said, ...]
    because: tuple[Reason, ...]
    undecided: tuple[str, ...]
    said: tuple[Said, ...]


def category(facts: Facts, knowledge: Knowledge) -> Category:
    """Weigh the answers for each group; reads finding.pattern where it is there."""
    sides = [tally(name, knowledge.group(f"category.for_{name}"), facts, knowledge) for name in CATEGORIES]
    needed = knowledge.number("category.lead_needed")
    ahead = leader(sides, needed)
    value = ahead.id if ahead else None
    named = facts.adding({"finding.category": Known(value=value or "undecided", source="finding")})
    return Category(
        value=value,
        name=knowledge.statements[f"category.{value}"].text if value else "not clear yet",
        how_sure="more likely" if value else "undecided",
        shares=_shares(sides, value, knowledge),
        would_change=say_group("category.would_change", named, knowledge),
        because=unique(
            (
                *(reason for side in ([ahead] if ahead else sides) for reason in side.reasons),
                *parameter_reasons(["category.lead_needed"], knowledge),
                *rule_reason("category.lead_that_holds", facts, knowledge),
            )
        ),
        undecided=() if value else still_open(sides, needed),
        said=say_group("category.said", named, knowledge),
    )


def _shares(sides: Sequence[Tally], value: str | None, knowledge: Knowledge) -> tuple[CategoryShare, ...]:
    total = sum(side.sure for side in sides)
    shares = []
    for side in sides:
        share = side.sure / total if total else 0.0
        # Answers not given may still come to this group: not asked is not "little points to it".
        reachable = side.most / (total + side.still) if total + side.still else 0.0
        possible = reachable >= knowledge.number("category.share_possible")
        words = "more likely" if side.id == value else "possible" if possible else "little points to it"
        name = knowledge.statements[f"category.{side.id}"].text
        shares.append(CategoryShare(id=side.id, name=name, share=share, how_sure=words, said=side.said))
    return tuple(sorted(shares, key=lambda share: -share.share))
