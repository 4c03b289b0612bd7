"""How many of the signs that stand in sentences are found, and how often one is raised that does not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from bench.words.labelled import GYM, POSITIVE, Sentence
from liftback.facts.words import read_words
from liftback.knowledge.entries import Level
from liftback.knowledge.loader import Knowledge


@dataclass(slots=True)
class Scores:
    """Counts by gate: `told` signs labelled present, `found` of them, `extra` raised where the label has none.

    `silent` are sentences that tell nothing, `raised` those of them that raised something; the same for gym notes.
    """

    told: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    extra: Counter[str] = field(default_factory=Counter)
    silent: int = 0
    raised: int = 0
    notes: int = 0
    notes_raised: int = 0
    missed: list[tuple[str, str]] = field(default_factory=list)

    def sensitivity(self, gates: Iterable[str] | None = None) -> float:
        """The share of told signs that were found, over some gates or all."""
        named = set(gates) if gates is not None else set(self.told)
        return sum(self.found[gate] for gate in named) / max(sum(self.told[gate] for gate in named), 1)

    @property
    def specificity(self) -> float:
        """The share of sentences without a sign that raised nothing."""
        return 1 - self.raised / max(self.silent, 1)

    @property
    def gym_talk(self) -> float:
        """The share of ordinary gym notes that raised something."""
        return self.notes_raised / max(self.notes, 1)


def score(sentences: Iterable[Sentence], knowledge: Knowledge) -> Scores:
    """Read every sentence and count. A sign counts as found when it is read as present or in doubt."""
    scores = Scores()
    for sentence in sentences:
        raised = {one.gate for one in read_words(sentence.text, knowledge) if one.counts}
        for gate, state in sentence.states.items():
            if state == "present":
                scores.told[gate] += 1
                scores.found[gate] += gate in raised
                scores.missed += [] if gate in raised else [(gate, sentence.text)]
        scores.extra.update(gate for gate in raised if sentence.states.get(gate) not in POSITIVE)
        if sentence.tells_nothing:
            scores.silent += 1
            scores.raised += bool(raised)
            scores.notes += sentence.file == GYM
            scores.notes_raised += sentence.file == GYM and bool(raised)
    return scores


def emergency_gates(knowledge: Knowledge) -> list[str]:
    """The gate questions that can be an emergency."""
    return [
        name
        for name in knowledge.gate_questions
        if any(choice.level is Level.emergency for choice in knowledge.questions[name].choices)
    ]
