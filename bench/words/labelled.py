"""Our own sentences with what a clinician reads in them, split once into those we tuned on and those we did not.

A line is `sentence | question state; question state`, or `sentence | -` where it tells nothing of any warning sign.
`nerves`, `body`, `gym` and `outside` were written by people who never saw the lexicon (`outside` by one who saw none of
the other files either) and are split by a hash of the sentence. `plain` was written last, in ordinary language, and is
held out whole. The `more_*` files are for tuning only.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "sentences"
SPLIT, PLAIN, GYM = ("nerves", "body", "gym", "outside"), "plain", "gym"
POSITIVE = frozenset(("present", "unsure"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence with the state of each warning sign that it mentions, and the file it stands in."""

    text: str
    states: Mapping[str, str]
    file: str

    @property
    def tells_nothing(self) -> bool:
        """Whether no sign is present or in doubt."""
        return POSITIVE.isdisjoint(self.states.values())


def read_file(name: str) -> Iterator[Sentence]:
    """The sentences of one file. Raises ValueError naming a line that cannot be read."""
    for line in (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        text, found, labels = line.rpartition(" | ")
        if not found:
            raise ValueError(f"{name}: {line!r} has no label")
        states = {} if labels.strip() == "-" else dict(label.split() for label in labels.split(";"))
        yield Sentence(text=text.strip(), states=states, file=name)


def is_held_out(sentence: Sentence) -> bool:
    """Whether a sentence of the split files is in the half that nobody tuned on."""
    return int(hashlib.sha256(sentence.text.encode()).hexdigest(), 16) % 2 == 0


def tuning() -> list[Sentence]:
    """The sentences that the lexicon was tuned on."""
    more = [one for path in sorted(FOLDER.glob("more_*.txt")) for one in read_file(path.stem)]
    split = [one for name in SPLIT for one in read_file(name) if not is_held_out(one)]
    unseen = {one.text for one in held_out()}
    return [one for one in (*split, *more) if one.text not in unseen]


def held_out() -> list[Sentence]:
    """The sentences that nobody tuned on."""
    return [*(one for name in SPLIT for one in read_file(name) if is_held_out(one)), *read_file(PLAIN)]
