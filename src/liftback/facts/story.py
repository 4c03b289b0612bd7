"""A lifter's story: validated answers, free words, and where their log and diary are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from liftback.facts.diary import Diary
from liftback.facts.values import Fact, Facts, Known, Unknown
from liftback.facts.words import Mention, read_words
from liftback.knowledge.entries import Level
from liftback.knowledge.loader import Knowledge

NO_DIARY = Diary()
LONGEST_WORDS = 20_000
"""Letters of a lifter's own words: ten pages, so that reading them stays quick."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What a lifter told us. `answers` holds facts by question id; `log` and `diary_file` are paths as written."""

    answers: Mapping[str, Fact]
    words: str = ""
    log: str | None = None
    diary_file: str | None = None
    diary: Diary = NO_DIARY


def facts_of(
    story: Story, knowledge: Knowledge, *, today: date, log_given: bool = False, diary_given: bool = False
) -> Facts:
    """All facts of a story: answers, what the words add, and what is computed from dates.

    Words may only raise: a sure mention counts where it is more urgent than the ticked choice, an unsure one
    makes a gate unresolved that was answered with no. They never clear anything.
    """
    facts = Facts(dict(story.answers))
    for mention in read_words(story.words, knowledge):
        facts = _with_mention(facts, mention, knowledge)
    derived: dict[str, Fact] = {
        "log_given": Known(value="yes" if log_given else "no", source="log"),
        "diary_given": Known(value="yes" if diary_given else "no", source="diary"),
    }
    onset = facts["onset"]
    if isinstance(onset, Known) and isinstance(onset.value, date):
        derived["days_since_onset"] = Known(value=float((today - onset.value).days), source=onset.source, when=today)
    else:
        derived["days_since_onset"] = Unknown(why="the day it began is not known")
    return facts.adding(derived)


def _with_mention(facts: Facts, mention: Mention, knowledge: Knowledge) -> Facts:
    if mention.polarity not in ("stated", "uncertain") or mention.gate not in knowledge.gates:
        return facts
    levels = {choice.id: choice.level for choice in knowledge.questions[mention.gate].choices}
    answered = facts[mention.gate]
    answered_level = levels.get(str(answered.value)) if isinstance(answered, Known) else None
    mentioned = levels.get(mention.choice) or Level.self_manage
    if answered_level is not None and answered_level >= mentioned:
        return facts
    if mention.sure and mention.polarity == "stated":
        return facts.adding({mention.gate: Known(value=mention.choice, source=f"your words: {mention.phrase!r}")})
    # A considered near miss ("weak only because it hurts") stands beside doubtful words; a plain no does not.
    if answered_level is None or facts.value(mention.gate) == "no":
        why = f"your words {mention.phrase!r} may mean this; please answer this question again"
        return facts.adding({mention.gate: Unknown(why=why)})
    return facts
