"""Score a questionnaire from its data, and say whether a change is more than the noise.

A score needs its items: what was not answered is missing, and never counts as nothing. The parts of a questionnaire
are read as soon as their own items are there, so that a call for help never waits for the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from liftback.knowledge.plan_entries import Band, Form, FormItem

NOT_SURE = "not_sure"
VERDICTS = ("better", "worse", "within_noise", "unknown")
# Thirds do not add up exactly; far below any point of any scale.
_HAIR = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class PartScore:
    """The points of one part, None while one of its items is missing, and the bands that they reach."""

    id: str
    value: float | None
    missing: tuple[str, ...]
    bands: tuple[Band, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What a questionnaire came to.

    `value` is None while too many items are missing, and for a form whose items stand alone. `points` are the items
    answered. `said` and `help` are the words of the bands reached, those of parts included, each once.
    """

    form: str
    value: float | None
    points: tuple[tuple[str, float], ...]
    missing: tuple[str, ...]
    parts: tuple[PartScore, ...]
    bands: tuple[Band, ...]
    said: tuple[str, ...]
    help: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemChange:
    """How one item changed; `value` is one of VERDICTS."""

    item: str
    value: str
    difference: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """How a score changed: `value` is one of VERDICTS, with why.

    `difference` is now less before, `needed` the smallest change that matters from there. `no_room`: the earlier
    score was so good that an improvement of that size could not show.
    """

    value: str
    difference: float | None
    needed: float | None
    no_room: bool
    why: str
    items: tuple[ItemChange, ...] = ()


def score(form: Form, answers: Mapping[str, float | str]) -> Score:
    """Score the answers: for each item the label of a choice, or a number. Raises ValueError for what is neither."""
    points = {item.id: _points(item, answers[item.id]) for item in form.items if item.id in answers}
    told = {name: value for name, value in points.items() if value is not None}
    missing = tuple(item.id for item in form.items if item.id not in told)
    value = _value(form, told, missing)
    parts = tuple(_part(form, name, members, told) for name, members in form.parts)
    bands = _bands(form, "", value)
    reached = (*bands, *(band for part in parts for band in part.bands))
    return Score(
        form=form.id,
        value=value,
        points=tuple(told.items()),
        missing=missing,
        parts=parts,
        bands=bands,
        said=tuple(dict.fromkeys(band.text for band in reached)),
        help=tuple(dict.fromkeys(band.help for band in reached if band.help)),
    )


def _points(item: FormItem, answer: float | str) -> float | None:
    if isinstance(answer, str):
        if answer == NOT_SURE:
            return None
        chosen = dict(item.choices)
        if answer not in chosen:
            raise ValueError(f"{item.id}: {answer!r} is none of {sorted(chosen)}")
        return chosen[answer]
    allowed = [points for _, points in item.choices]
    inside = (
        answer in allowed
        if allowed
        else (item.minimum is None or answer >= item.minimum) and (item.maximum is None or answer <= item.maximum)
    )
    if isinstance(answer, bool) or not inside:
        raise ValueError(f"{item.id}: {answer} is no answer to it")
    return float(answer)


def _value(form: Form, told: Mapping[str, float], missing: tuple[str, ...]) -> float | None:
    if form.score == "each" or not told or len(missing) > form.most_missing:
        return None
    mean = sum(told.values()) / len(told)
    if form.score == "mean":
        return mean
    return sum(told.values()) if not missing else mean * len(form.items)


def _part(form: Form, name: str, members: tuple[str, ...], told: Mapping[str, float]) -> PartScore:
    missing = tuple(member for member in members if member not in told)
    value = None if missing else sum(told[member] for member in members)
    return PartScore(id=name, value=value, missing=missing, bands=_bands(form, name, value))


def _bands(form: Form, part: str, value: float | None) -> tuple[Band, ...]:
    if value is None:
        return ()
    return tuple(band for band in form.bands if band.part == part and band.least <= value <= band.most)


def change(form: Form, before: Score, now: Score) -> Change:
    """Whether the score changed by more than the smallest that matters. Raises ValueError for another form's score."""
    if {before.form, now.form} != {form.id}:
        raise ValueError(f"scores of {before.form} and {now.form} are not scores of {form.id}")
    items = _item_changes(form, before, now)
    needed = None if before.value is None else _needed(form, before.value)
    if before.value is None or now.value is None:
        why = "one of the two has no score, because items are missing"
        return Change(value="unknown", difference=None, needed=needed, no_room=False, why=why, items=items)
    difference = now.value - before.value
    if needed is None:
        why = "no smallest change that matters is known for it"
        return Change(value="unknown", difference=difference, needed=None, no_room=False, why=why, items=items)
    verdict = _verdict(form, difference, needed)
    room = before.value - form.lowest if form.better == "lower" else form.highest - before.value
    return Change(
        value=verdict,
        difference=difference,
        needed=needed,
        no_room=room < needed - _HAIR,
        why=_why(verdict, needed, room),
        items=items,
    )


def _needed(form: Form, before: float) -> float | None:
    sizes = [size for size in (form.smallest_change, form.floor) if size is not None]
    if form.smallest_share is not None:
        sizes.append(form.smallest_share * before)
    known = form.smallest_change is not None or form.smallest_share is not None
    return max(sizes) if known else None


def _verdict(form: Form, difference: float, needed: float) -> str:
    if abs(difference) < needed - _HAIR:
        return "within_noise"
    return "better" if (difference < 0) is (form.better == "lower") else "worse"


def _why(verdict: str, needed: float, room: float) -> str:
    if verdict != "within_noise":
        return f"it changed by at least {needed:g}, the smallest change that matters from there"
    tail = "; from the earlier score an improvement that large could not show" if room < needed - _HAIR else ""
    return f"it changed by less than {needed:g}, the smallest change that matters from there{tail}"


def _item_changes(form: Form, before: Score, now: Score) -> tuple[ItemChange, ...]:
    if form.smallest_item_change is None:
        return ()
    earlier = dict(before.points)
    changed = [(item, points - earlier[item]) for item, points in now.points if item in earlier]
    return tuple(
        ItemChange(item=item, value=_verdict(form, difference, form.smallest_item_change), difference=difference)
        for item, difference in changed
    )
