"""What goes with a slower recovery: single items that hold, each with its effect in words and what helps.

Groups of people, never a verdict on one; nobody is blamed. The items and their thresholds are in knowledge.
"""

from __future__ import annotations

from dataclasses import dataclass

from liftback.facts.values import Facts
from liftback.knowledge.loader import Knowledge
from liftback.reasoning.findings import Reason, Said, open_questions, say_group, unique


@dataclass(frozen=True, slots=True, kw_only=True)
class SlowsRecovery:
    """The ids of the items that hold, and the items: `name` and `helps` are among the data of each.

    An empty `value` with open questions means not known, not that nothing slows this recovery.
    """

    value: tuple[str, ...]
    items: tuple[Said, ...]
    because: tuple[Reason, ...]
    undecided: tuple[str, ...]
    said: tuple[Said, ...]


def slows_recovery(facts: Facts, knowledge: Knowledge) -> SlowsRecovery:
    """The items that hold for this lifter, with help for a very low mood said first."""
    items = say_group("slows_recovery.items", facts, knowledge)
    help_first = say_group("slows_recovery.help", facts, knowledge)
    summary = say_group("slows_recovery.summary", facts, knowledge) if items else ()
    return SlowsRecovery(
        value=tuple(item.id.split(".")[1] for item in items),
        items=items,
        because=unique(reason for item in items for reason in item.because),
        undecided=open_questions(knowledge.group("slows_recovery.items"), facts, knowledge),
        said=(*help_first, *summary, *items),
    )
