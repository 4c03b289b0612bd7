"""The verb for going through the warning signs without a network: everything a device needs, as values."""

from __future__ import annotations

from datetime import date
from typing import Any

from liftback.exchange import offline_rules as _values
from liftback.facts.story import Story
from liftback.knowledge.loader import Knowledge, load_knowledge
from liftback.operations.just_now import emergency_numbers

__all__ = ["offline_rules"]


def offline_rules(*, today: date, story: Story | None = None, knowledge: Knowledge | None = None) -> dict[str, Any]:
    """The gates, the rules over their answers, the advice of each level, and the emergency numbers, as JSON values.

    With a `story`, also what it says beside the gates (`known`, `words`). How the values are evaluated, so that
    nothing comes out lower than in `triage`, is written in `liftback.exchange.offline_rules`.
    """
    known = knowledge or load_knowledge()
    return {
        **_values.offline_rules(known, story, today=today),
        "numbers": [dict(one) for one in emergency_numbers(knowledge=known)],
    }
