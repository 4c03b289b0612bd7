"""Seven days from the lifts' ways back: what is done on which day, with which weight, under the day's cap."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from liftback.knowledge.plan_entries import Dose
from liftback.knowledge.plans import PlanKnowledge
from liftback.plans.doses import lowest_of
from liftback.plans.loads import Plates, as_typed, in_unit, loadable
from liftback.plans.parts import Item, Limits, Load, OwnWeek, PlanDay, Rung, Track
from liftback.plans.progression import WAITING, takes
from liftback.plans.sorting import CAPPED, CONDITIONING, KEEPER, KEPT, LIFT, REHAB, WALK, decision_now
from liftback.plans.words import down_words, up_words, why_words, with_slots
from liftback.reasoning.findings import Said

DAYS_IN_WEEK = 7
HINGE = "hinge"
# Words of lifts whose weight is a pin in a stack or plates on a sled, and no bar.
_STACKS = (
    "machine",
    "cable",
    "leg press",
    "hack",
    "pulldown",
    "pushdown",
    "leg curl",
    "leg extension",
    "calf",
    "smith",
)
_ORDER = (REHAB, LIFT, KEEPER, CONDITIONING, WALK)
_ROUNDING = 3  # decimal places of a dose on the back


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a week is laid out in.

    `level_allowed`, `volume` and `lighter` give a day's highest level, its share of sets and what is taken off its
    loads (first days, flare). `plates`, `dumbbells` and `machines` are what weights are put together from. `made` keeps
    what was worked out for one day for the others.
    """

    first_day: date
    own: OwnWeek
    limits: Limits
    plates: Plates
    dumbbells: Plates
    machines: Plates
    level_allowed: Callable[[date], int]
    volume: Callable[[date], float]
    lighter: Callable[[date], float]
    plans: PlanKnowledge
    made: dict[tuple[str, str, Dose], Item] = field(default_factory=dict)


def week_days(tracks: Sequence[Track], setting: Setting) -> tuple[PlanDay, ...]:
    """The seven days from the first day on."""
    days = (setting.first_day + timedelta(days=offset) for offset in range(DAYS_IN_WEEK))
    more = _more_often(tracks, setting)
    made = tuple(_day(day, tracks, more.get(day.weekday(), ()), setting) for day in days)
    return hinges_bounded(made, setting)


def _day(day: date, tracks: Sequence[Track], more: Sequence[Track], setting: Setting) -> PlanDay:
    todo = [track for track in tracks if day.weekday() in track.usual.weekdays and takes(track)]
    todo = _once_each([*todo, *more])
    todo.sort(key=lambda track: _ORDER.index(track.kind))
    often = with_slots("reason_more_often", setting.plans)
    items = [
        replace(item, why=(*item.why, *often)) if track in more else item
        for track in todo
        for item in _items(track, day, setting)
    ]
    return _with_items(
        PlanDay(day=day, trains=day.weekday() in setting.own.weekdays, items=(), dose_on_back=0.0),
        _under_cap(_each_exercise_once(items), setting),
    )


def _with_items(day: PlanDay, items: Sequence[Item]) -> PlanDay:
    return replace(day, items=tuple(items), dose_on_back=round(sum(one.dose_on_back for one in items), _ROUNDING))


def _more_often(tracks: Sequence[Track], setting: Setting) -> dict[int, list[Track]]:
    """Stand-ins at the low levels on further training days, by weekday: light work comes more often than its lift.

    Never on a day next to one on which the same exercise is done.
    """
    highest = setting.plans.number("often_level")
    found: dict[int, list[Track]] = {}
    done: dict[str, set[int]] = {}
    light = [track for track in tracks if track.kind == LIFT and takes(track) and _is_light(track, highest)]
    for track in light:
        done.setdefault(_exercise(track), set()).update(track.usual.weekdays)
    for track in light:
        days = done[_exercise(track)]
        for weekday in sorted(setting.own.weekdays):
            if not {(weekday + step) % DAYS_IN_WEEK for step in (-1, 0, 1)} & days:
                days.add(weekday)
                found.setdefault(weekday, []).append(track)
    return found


def _is_light(track: Track, highest: float) -> bool:
    rung = track.now
    return rung is not None and not rung.own and rung.level <= highest


def _exercise(track: Track) -> str:
    return track.now.exercise if track.now is not None else ""


def _once_each(todo: Sequence[Track]) -> list[Track]:
    """Each stand-in once a day: where two lifts are on the same one, the stronger does it for both."""
    best: dict[str, Track] = {}
    for track in todo:
        if track.kind == LIFT and _exercise(track):
            before = best.get(_exercise(track))
            if before is None or (track.usual.single or 0.0) > (before.usual.single or 0.0):
                best[_exercise(track)] = track
    return [track for track in todo if track.kind != LIFT or not _exercise(track) or best[_exercise(track)] is track]


def _each_exercise_once(items: Sequence[Item]) -> list[Item]:
    """Work beside the lifts is left out on a day that has the same exercise for a lift already, or twice."""
    kept: list[Item] = []
    seen = {item.exercise for item in items if item.kind == LIFT and item.exercise}
    for item in items:
        if item.kind != LIFT and item.exercise in seen:
            continue
        if item.kind != LIFT:
            seen.add(item.exercise)
        kept.append(item)
    return kept


def _items(track: Track, day: date, setting: Setting) -> tuple[Item, ...]:
    rung = track.now
    if rung is None:
        return ()
    quiet = setting.plans.number("quiet_back_load")
    if rung.level > setting.level_allowed(day) and rung.back_load > quiet:
        return ()
    dose = _lighter(_less_volume(track.dose, setting.volume(day)), rung, setting.lighter(day), setting)
    made = setting.made.get((track.lift, track.kind, dose))
    if made is None:
        made = setting.made[track.lift, track.kind, dose] = item_of(_at(track, dose), setting)
    return (made,)


def _at(track: Track, dose: Dose) -> Track:
    return track if dose is track.dose else replace(track, dose=dose)


def _less_volume(dose: Dose, share: float) -> Dose:
    return dose if dose.sets is None or share >= 1 else replace(dose, sets=max(1, int(dose.sets * share)))


def _lighter(dose: Dose, rung: Rung, cut: float, setting: Setting) -> Dose:
    """A dose with its load cut for the day, where it asks something of the back."""
    if not cut or dose.share is None or rung.back_load <= setting.plans.number("quiet_back_load"):
        return dose
    return replace(dose, share=round(dose.share * (1 - cut), _ROUNDING))


def item_of(track: Track, setting: Setting) -> Item:
    """A track's next exposure with its weight and its words; a rung below where no bar is light enough."""
    plans = setting.plans
    rung = track.now
    if rung is None:
        raise ValueError(f"{track.lift} has no rung to do")
    extra: tuple[Said, ...] = ()
    load = load_of(track, rung, setting)
    if load is None and _wants_load(track, rung):
        lighter = [place for place in range(track.rung) if not track.path[place].loaded]
        extra = _no_bar(track, setting, bool(lighter))
        if lighter:
            place = lighter[-1]
            track = replace(track, rung=place, dose=lowest_of(track.path[place].top, track.dose))
            rung = track.path[place]
    exercise = plans.exercises.get(rung.exercise)
    return Item(
        kind=track.kind,
        lift=track.lift,
        pattern=track.pattern,
        exercise=rung.exercise,
        name=rung.name,
        decision=decision_now(track),
        dose=track.dose,
        load=load,
        level=rung.level,
        back_load=rung.back_load,
        dose_on_back=dose_on_back(rung, track.dose, setting),
        why=(*why_words(track, load, plans), *extra),
        up=up_words(track, plans),
        down=down_words(track, plans),
        tempo=exercise.tempo if exercise is not None else "",
        per_side=exercise.per_side if exercise is not None else False,
        rest_seconds=_rest(rung, plans),
    )


def _rest(rung: Rung, plans: PlanKnowledge) -> int:
    return int(plans.numbers("rest_seconds")[rung.level])


def _wants_load(track: Track, rung: Rung) -> bool:
    return rung.loaded and bool(track.usual.single) and track.dose.share is not None


def load_of(track: Track, rung: Rung, setting: Setting) -> Load | None:
    """The weight of a track's dose: the usual one where nothing was taken off, else what can be put together."""
    usual = track.usual
    if track.kind != LIFT or not usual.weight or usual.unit not in ("kg", "lb"):
        return None
    if rung.own and not rung.exercise and track.dose.share == rung.top.share:
        return as_typed(usual.weight, usual.unit, usual.single)
    if not _wants_load(track, rung):
        return None
    plates = plates_for(rung, track.lift, setting)
    single = in_unit(usual.single or 0.0, usual.unit, plates.unit)
    return loadable((track.dose.share or 0.0) * single, single, plates)


def plates_for(rung: Rung, lift: str, setting: Setting) -> Plates:
    """What the weight of a rung is put together from: a bar with plates, dumbbells, or a machine's stack."""
    exercise = setting.plans.exercises.get(rung.exercise)
    words = lift.lower()
    if exercise is not None:
        on_machine = "machines" in exercise.equipment or "belt_squat" in exercise.equipment
        return setting.machines if on_machine else setting.plates
    if "dumbbell" in words or "kettlebell" in words:
        return setting.dumbbells
    return setting.machines if any(word in words for word in _STACKS) else setting.plates


def _no_bar(track: Track, setting: Setting, below: bool) -> tuple[Said, ...]:
    single = in_unit(track.usual.single or 0.0, track.usual.unit, setting.plates.unit)
    wanted = f"{round((track.dose.share or 0.0) * single)} {setting.plates.unit}"
    bar = f"{setting.plates.bar:g} {setting.plates.unit}"
    return with_slots("reason_no_bar" if below else "reason_no_bar_at_all", setting.plans, wanted=wanted, bar=bar)


# --- the day's cap ---------------------------------------------------------------------------------------------------


def dose_on_back(rung: Rung, dose: Dose, setting: Setting) -> float:
    """What a dose asks of the back, in typical sessions; unloaded work asks nothing that a log would hold."""
    typical = setting.own.typical
    if not typical or rung.level <= 1:
        return 0.0
    share = dose.share
    if share is None and rung.exercise:
        share = setting.plans.numbers("level_shares")[rung.level]
    if share is None:
        share = setting.plans.known.number("exercises.unknown_intensity")
    return round(rung.back_load * share * (dose.sets or 1) / typical, _ROUNDING)


def _under_cap(items: list[Item], setting: Setting) -> list[Item]:
    """The items with sets taken off, heaviest on the back first, until the day is under its cap.

    When every item is down to one set, the heaviest is left out; a day is never over its cap.
    """
    cap = setting.limits.cap
    if cap is None or not setting.own.typical:
        return items
    kept = list(items)
    while sum(item.dose_on_back for item in kept) > cap:
        cuttable = [item for item in kept if (item.dose.sets or 1) > 1 and item.dose_on_back > 0]
        loaded = [item for item in kept if item.dose_on_back > 0]
        if cuttable:
            heaviest = max(cuttable, key=lambda item: item.dose_on_back)
            kept[kept.index(heaviest)] = _one_set_less(heaviest, setting)
        else:
            kept.remove(max(loaded, key=lambda item: item.dose_on_back))
    return kept


def _one_set_less(item: Item, setting: Setting) -> Item:
    return _sets_less(item, with_slots("reason_trimmed", setting.plans, cap_words=cap_words(setting.limits)))


def _sets_less(item: Item, words: tuple[Said, ...]) -> Item:
    """An item with one set less, and why."""
    sets = item.dose.sets or 1
    return replace(
        item,
        dose=replace(item.dose, sets=sets - 1),
        dose_on_back=round(item.dose_on_back * (sets - 1) / sets, _ROUNDING),
        decision=CAPPED if item.decision == KEPT else item.decision,
        why=item.why if words[0] in item.why else (*item.why, *words),
    )


def cap_words(limits: Limits) -> str:
    """The day's cap in words."""
    if limits.cap is None:
        return "no cap"
    return f"{limits.cap:.2g} of a typical session on the back"


def waiting(tracks: Sequence[Track]) -> tuple[Track, ...]:
    """The lifts that wait."""
    return tuple(track for track in tracks if track.kind == LIFT and track.state == WAITING)


# --- hinge sets of the week --------------------------------------------------------------------------------------


def hinges_bounded(days: tuple[PlanDay, ...], setting: Setting) -> tuple[PlanDay, ...]:
    """The week's hinges within the sets that it may hold: what comes more often goes first, then sets one by one.

    One set of each session that is usual stays.
    """
    allowed = setting.limits.hinge_sets
    found = list(days)
    while allowed is not None and sum(_hinge_sets(day, setting) for day in found) > allowed:
        cuts = [_one_hinge_less(day, setting) for day in found]
        places = [place for place, cut in enumerate(cuts) if cut is not None]
        if not places:
            break
        # The fullest day first, the later of two.
        place = max(places, key=lambda one: (_hinge_sets(found[one], setting), one))
        cut = cuts[place]
        if cut is not None:
            found[place] = cut
    return tuple(found)


def _counts(item: Item, setting: Setting) -> bool:
    if item.pattern != HINGE or item.kind != LIFT or item.decision == KEPT:
        return False
    return item.back_load > setting.plans.number("quiet_back_load")


def _hinge_sets(day: PlanDay, setting: Setting) -> int:
    return sum(item.dose.sets or 1 for item in day.items if _counts(item, setting))


def _one_hinge_less(day: PlanDay, setting: Setting) -> PlanDay | None:
    """A day with one hinge set less; None where nothing more can go."""
    often = with_slots("reason_more_often", setting.plans)[0]
    hinges = [item for item in day.items if _counts(item, setting)]
    extra = [item for item in hinges if often in item.why]
    if extra:
        return _with_items(day, [item for item in day.items if item is not extra[-1]])
    cuttable = [item for item in hinges if (item.dose.sets or 1) > 1]
    if not cuttable:
        return None
    most = max(cuttable, key=lambda item: item.dose.sets or 1)
    less = _sets_less(most, with_slots("reason_hinge_sets", setting.plans))
    return _with_items(day, [less if item is most else item for item in day.items])
