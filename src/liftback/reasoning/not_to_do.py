"""What not to do: of the nine, those that fit what this lifter does come first, each with what to do instead."""

from __future__ import annotations

from dataclasses import dataclass

from liftback.facts.values import Facts
from liftback.knowledge.loader import Knowledge
from liftback.reasoning.findings import Reason, Said, open_questions, say_group, unique
from liftback.reasoning.imaging import with_imaging

NINE = (
    "only_resting",
    "pills_without_change",
    "pushing_through",
    "poor_sleep",
    "poor_eating",
    "poor_stress",
    "heavy_drinking",
    "scans_first",
    "catastrophising",
)
_GENERAL = "_general"


@dataclass(frozen=True, slots=True, kw_only=True)
class NotToDo:
    """`value` holds the ids that fit, `items` what is said of them (`name` and `instead` among the data).

    `others` is the rest of the nine in short. Advice against scans and against resting is in neither while a
    warning sign is there or still open.
    """

    value: tuple[str, ...]
    items: tuple[Said, ...]
    others: tuple[Said, ...]
    because: tuple[Reason, ...]
    undecided: tuple[str, ...]
    said: tuple[Said, ...]


def not_to_do(facts: Facts, knowledge: Knowledge) -> NotToDo:
    """The nine, fitted to this lifter."""
    known = with_imaging(facts, knowledge)
    items = say_group("not_to_do.fits", known, knowledge)
    fits = tuple(_id(item) for item in items)
    general = say_group("not_to_do.general", known, knowledge)
    others = tuple(one for one in general if _id(one).removesuffix(_GENERAL) not in fits)
    return NotToDo(
        value=fits,
        items=items,
        others=others,
        because=unique(reason for item in items for reason in item.because),
        undecided=open_questions(knowledge.group("not_to_do.fits"), known, knowledge),
        said=(*say_group("not_to_do.first", known, knowledge), *items, *others),
    )


def _id(said: Said) -> str:
    return said.id.split(".")[1]
