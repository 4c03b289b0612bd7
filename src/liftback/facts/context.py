"""The words around a phrase: whether they state, deny, doubt or imagine it, or place it long ago or with another.

The cues are data (`knowledge/words/en/around.yaml`). What is ours here is which way a cue reaches and where its reach
ends: at words like "but", at a new subject, and at the end of the sentence.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import NamedTuple

from liftback.facts.lexicon import CUES, Lexicon
from liftback.facts.patterns import Places
from liftback.facts.tokens import Sentence

PRESENT, ABSENT, UNSURE, PAST = "present", "absent", "unsure", "past"
OTHER_PERSON, HYPOTHETICAL = "other_person", "hypothetical"
STATES = (ABSENT, OTHER_PERSON, PAST, HYPOTHETICAL, UNSURE, PRESENT)
"""From what says least of the lifter's back today to what says most."""

_ONE_REACH = 6  # words between a no and what it denies
_ITEM = 4  # words of one item of a list that a no stands before
_LONGEST_LIST = 12
_DOUBT_REACH = 8
_AFTER_REACH = 4
_REAL_REACH = 6
_OPENING = 3  # words among which a question begins
_SEPARATES = frozenset((",", "/", "and", "or", "nor", "&"))
_CLOSES = frozenset((",", "and", "-", "/"))
_DASHES = frozenset((",", "and", "-", ":", "so", "then"))


class Span(NamedTuple):
    """Tokens from `start` up to, not including, `end`."""

    start: int
    end: int


# Cues that count for nothing inside one that only looks like them: "no idea" is no denial, "since days ago" no past.
_SHADOWS = {
    "denies_before": "no_denial",
    "past": "no_past",
    "hypothetical": "no_imagining",
    "other_person": "no_other",
    "bare_person": "no_other",
    "other_person_after": "no_other",
    "still": "no_still",
    "returned": "no_still",
}


def _inside(one: Span, shadows: list[Span]) -> bool:
    return any(shadow.start <= one.start and one.end <= shadow.end for shadow in shadows)


class Around:
    """One sentence with its cues, and how the next one begins."""

    def __init__(self, sentence: Sentence, places: Places, lexicon: Lexicon, following: Sentence | None) -> None:
        """Find the cues of a sentence, and whether the next one says that it came back."""
        self.words = [token.word for token in sentence.tokens]
        self.asked = sentence.asked
        self.following = following
        self.lists = lexicon.lists
        self._lexicon = lexicon
        self.cues: dict[str, list[Span]] = defaultdict(list)
        for start, end, _, cue in lexicon.cues.find(places):
            self.cues[CUES[cue]].append(Span(start, end))
        for spans in self.cues.values():
            spans.sort()
        for name, shadow in _SHADOWS.items():
            self.cues[name] = [one for one in self.cues[name] if not _inside(one, self.cues[shadow])]

    @cached_property
    def subjects(self) -> list[int]:
        """Places at which a new subject begins: "..., my foot", "and both legs"."""
        return [one.start for one in self.cues["subject"] if one.start and self.words[one.start - 1] in _DASHES]

    @cached_property
    def turns(self) -> list[int]:
        """Places right behind words like "but"."""
        return [one.end for one in self.cues["shifts"]]

    @cached_property
    def boundaries(self) -> list[int]:
        """Places at which the reach of a cue ends: behind words like "but" and "because", and at a new subject."""
        return sorted({*(one.end for one in self.cues["ends_reach"]), *self.subjects})

    @cached_property
    def _next(self) -> Around | None:
        if self.following is None:
            return None
        places = Places(self.following, self._lexicon.classes, self._lexicon.longer)
        return Around(self.following, places, self._lexicon, None)

    def next_says(self, name: str) -> bool:
        """Whether the next sentence holds a cue of a kind: that it is there again, or that it is over."""
        return self._next is not None and bool(self._next.cues[name])

    def clause_start(self, place: int) -> int:
        """Where the clause that holds a place begins."""
        return max((one for one in self.boundaries if one <= place), default=0)

    def clause_end(self, place: int) -> int:
        """Where the clause that holds a place ends; a word that ends it is left out."""
        starts = [one.start for one in self.cues["ends_reach"] if one.start >= place]
        starts += [one for one in self.boundaries if one > place]
        return min(starts, default=len(self.words))

    def within(self, name: str, start: int, end: int) -> list[Span]:
        """The cues of a kind that lie wholly between two places."""
        return [one for one in self.cues[name] if start <= one.start and one.end <= end]

    def after_by(self, name: str, place: int, reach: int) -> bool:
        """Whether a cue of a kind begins at a place or up to `reach` words behind it."""
        return any(place <= one.start <= place + reach for one in self.cues[name])


def state_of(around: Around, match: Span, *, history: bool, effort: bool) -> str:
    """How a phrase is meant: one of STATES.

    `history`: having had it once is enough, so that the past counts as present. `effort`: known for years and
    unchanged is no news, so that it counts as past.
    """
    other = _of_other(around, match)
    if other is True:
        return OTHER_PERSON
    if _affirmed(around, match):
        return PRESENT
    if _imagined(around, match):
        return HYPOTHETICAL
    denied = _denied(around, match)
    if denied is True or _denied_after(around, match):
        return ABSENT
    past = False if history else _long_past(around, match, effort=effort)
    if past is True:
        return PAST
    return UNSURE if None in (other, denied, past) or _in_doubt(around, match) else PRESENT


def _of_other(around: Around, match: Span) -> bool | None:
    """Whether it is somebody else's: a person before the phrase, or behind it, and nobody speaking of themselves.

    None where a comma parts the two: "numb groin, my wife has flu".
    """
    if around.within("oneself", match.start, match.end) or around.within("me_too", match.end, len(around.words)):
        return False
    if around.within("third_person", match.start, match.end):
        return True
    if around.after_by("other_person_after", match.end, 1):
        return None if around.words[match.end] == "," else True
    # What another "has with his back", "since he fell" is still his: only a new subject or a "but" ends it.
    opens = max((one for one in (*around.subjects, *around.turns) if one <= match.start), default=0)
    people = [one for one in around.cues["other_person"] if opens <= one.start < match.start]
    # "Dad takes warfarin": a person that opens the sentence, with nothing before to say whose.
    people += [one for one in around.cues["bare_person"] if one.start == 0 < match.start]
    if not people:
        return False
    # "My coach says my foot drags", "they said brittle bones": what another says is about oneself.
    first = people[0]
    said = [one for one in around.cues["has_said"] if first.end <= one.start <= first.end + 2]
    if said and not [one for one in people if one.start >= said[0].end]:
        return False
    return not around.within("oneself", min(max(one.end for one in people), match.start), match.end)


def _affirmed(around: Around, match: Span) -> bool:
    """Whether a yes stands right behind it, as on a form: "chest pain: yes"."""
    behind = [word for word in around.words[match.end : match.end + 2] if word != ":"]
    return bool(behind) and behind[0] in around.lists["plain_yes"]


def _imagined(around: Around, match: Span) -> bool:
    """Whether it is asked about, feared or read about, and not said to be there."""
    opens = around.clause_start(match.start)
    before = [one for one in around.cues["hypothetical"] if opens <= one.start < match.start]
    if around.next_says("me_too") or around.within("me_too", match.end, len(around.words)):
        return False
    if before or around.within("hypothetical_after", match.end, len(around.words)):
        last = before[-1].end if before else match.start
        real = around.within("real", last, match.end)
        return not (real or around.within("real", match.end, match.end + _REAL_REACH))
    if not around.asked or _answered(around, "says_yes") or _answered(around, "says_no"):
        return False
    bare = match.start == 0 and match.end == len(around.words)
    # "Can discs make your feet numb?" asks in general; "why is my foot numb?" has it.
    asks = around.lists["asking"].intersection(around.words[:_OPENING])
    general = asks and not around.cues["speaks_of_self"]
    return bare or bool(general)


def _answered(around: Around, name: str) -> bool:
    """Whether the next sentence begins with a word of a list."""
    following = [token.word for token in around.following.tokens[:2]] if around.following is not None else [""]
    # "Not only when I sit" is no answer.
    return following[0] in around.lists[name] and following[-1] not in around.lists["no_answer"]


def _denied(around: Around, match: Span) -> bool | None:
    """Whether a no before the phrase reaches it; None when a list leaves that open."""
    cues = around.within("denies_before", around.clause_start(match.start), match.start)
    if not cues or around.within("excepts", match.start, match.end):
        return False
    reached = around.words[cues[-1].end : match.start]
    whole = around.lists["all"]
    if _begins_anew(around, cues[-1].end, match):
        return None
    if ":" in reached:
        said = reached[: reached.index(":")]
        return True if whole & set(said) else None if not said else False
    return True if whole & set(reached[:2]) else _denied_in_list(around, match, reached)


def _begins_anew(around: Around, no: int, match: Span) -> bool:
    """Whether what is told begins anew behind what a no denies, with nothing written in between.

    "No fever no weight loss I cannot pee", "no insurance my foot drags", "not diabetic both feet are numb": it is
    asked about, and not taken as denied. `no` is where the words begin that the no may deny.
    """
    lists, reached = around.lists, around.words[no : match.start]
    if not lists["thinks"].isdisjoint(reached):
        return False
    if reached and not lists["clause_verbs"].isdisjoint(around.words[match.start : match.end]):
        return True
    before_a_name = around.words[no - 1] in lists["no_names"]
    if "i" in reached:
        return before_a_name or around.words[no - 1] in lists["no_verbs"]
    return any(_new_subject(around, place, no, before_a_name=before_a_name) for place in range(no + 1, match.start + 1))


def _new_subject(around: Around, place: int, no: int, *, before_a_name: bool) -> bool:
    """Whether a "my" or "both" opens something new, and is not what the words before it speak of."""
    lists, before = around.lists, around.words[place - 1]
    if around.words[place] not in lists["own"] or before in lists["leads_on"] | _SEPARATES:
        return False
    if before_a_name or not lists["articles"].isdisjoint(around.words[no:place]):
        return True
    return place > no + 1 and before not in lists["past_verbs"] and not before.endswith("ed")


def _denied_in_list(around: Around, match: Span, reached: list[str]) -> bool | None:
    """Whether a no reaches over the items between it and the phrase."""
    items = _items(reached)
    if _SEPARATES.isdisjoint(reached):
        return len(reached) <= _ONE_REACH
    if len(items) > _LONGEST_LIST or any(len(item) > _ITEM for item in items):
        return False
    rest = around.words[match.end : around.clause_end(match.end)]
    same_list = all(len(item) <= _ITEM for item in _items(rest))
    noun = around.words[match.end - 1] in around.lists["nouns"]
    listed = _has_or(reached) or (same_list and _has_or([*around.words[match.start : match.end], *rest]))
    # "No fever, chills, weight loss": a list that goes on with plain nouns.
    # But "no meds, chest pain" begins with what is no sign.
    no = around.words[match.start - len(reached) - 1]
    signs = no != "no" or all(item and item[-1] in around.lists["nouns"] for item in items)
    plain = noun and signs and all(len(item) < _ITEM for item in items)
    return True if listed or plain else None


def _has_or(words: list[str]) -> bool:
    return any(word in ("or", "nor", "/") for word in words)


def _items(words: list[str]) -> list[list[str]]:
    items: list[list[str]] = [[]]
    for word in words:
        if word in _SEPARATES:
            items.append([])
        else:
            items[-1].append(word)
    return [item for item in items if item] or [[]]


def _denied_after(around: Around, match: Span) -> bool:
    whole = len(around.words)
    if around.within("me_too", match.end, whole):
        return False
    last = [one for one in around.cues["denies_last"] if (one.start, one.end) >= (match.end, whole)]
    if around.after_by("denies_after", match.end, 0) or [one for one in last if one.start == match.end]:
        return True
    # "Testicle pain or lump: none": a no behind a colon, at the end.
    colons = [place for place in range(match.end, whole - 1) if around.words[place] == ":"]
    if len(colons) == 1 and whole - colons[-1] <= _ITEM and around.words[colons[-1] + 1] in around.lists["says_no"]:
        return True
    # "Bladder no, bowels no": a no that closes its item.
    behind = around.words[match.end : match.end + 2]
    if behind and behind[0] in around.lists["says_no"] and (len(behind) == 1 or behind[1] in _CLOSES):
        return True
    return around.asked and _answered(around, "says_no")


def _long_past(around: Around, match: Span, *, effort: bool) -> bool | None:
    """Whether the phrase is long past; None when only another part of its sentence is, or it came back."""
    start = max((one.end for one in around.cues["shifts"] if one.end <= match.start), default=0)
    end = min((one.start for one in around.cues["shifts"] if one.start >= match.end), default=len(around.words))
    if around.within("still", start, end):
        return False
    if around.next_says("over_now") and not around.next_says("returned") and not around.cues["is_now"]:
        return True
    past = around.within("past", start, end)
    past = [one for one in past if not _inside(one, [match]) or _is_dated(around, one)]
    lasting = around.within("lasting", start, end)
    if not (past or lasting):
        return False
    return (
        True
        if around.within("settled", start, end)
        else _over(around, match, Span(start, end), past, lasting if effort else [])
    )


def _over(around: Around, match: Span, part: Span, past: list[Span], known: list[Span]) -> bool | None:
    """Whether what lies in the past, or is `known` for long, is the phrase's own, and did not come back."""
    opens, closes = _own_piece(around, match, part.start, part.end)
    own = [one for one in (*past, *known) if opens <= one.start <= closes]
    returned = around.within("still", part.end, len(around.words)) or around.next_says("returned")
    return True if own and not returned else None


def _is_dated(around: Around, cue: Span) -> bool:
    """Whether a cue names a year or says "ago"; other cues inside a phrase are part of the sign: "has disappeared"."""
    words = around.words[cue.start : cue.end]
    return "ago" in words or "used" in words or any(word.isdecimal() for word in words)


def _own_piece(around: Around, match: Span, start: int, end: int) -> tuple[int, int]:
    """The part of the sentence that holds the phrase: from the comma or "and" before it, to an "and" with a subject."""
    words, subjects = around.words, set(around.subjects)
    before = [place + 1 for place in range(start, match.start) if words[place] == "," or _parts(around, place)]
    after = [place for place in range(match.end, end) if words[place] == "and" and place + 1 in subjects]
    opens = max(before, default=start)
    # "Many years ago, numb feet": what stands before the sentence is said of all of it.
    timed = {place for one in around.cues["past"] for place in range(one.start, one.end)}
    if all(place in timed or words[place] in _SEPARATES for place in range(start, opens)):
        opens = start
    return opens, min(after, default=end)


def _parts(around: Around, place: int) -> bool:
    """Whether an "and" begins something of its own: not before a verb of the past, "was hit and bruised my back"."""
    if around.words[place] != "and":
        return False
    following = around.words[place + 1] if place + 1 < len(around.words) else ""
    return not (following.endswith("ed") or following in around.lists["past_verbs"])


def _in_doubt(around: Around, match: Span) -> bool:
    start = max(around.clause_start(match.start), match.start - _DOUBT_REACH)
    if around.within("unsure_before", start, match.end):
        return True
    end = min(around.clause_end(match.end), match.end + _AFTER_REACH)
    return bool(around.within("unsure_before", match.end, end)) or around.after_by("unsure_after", match.end, 1)
