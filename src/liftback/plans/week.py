"""Seven days from the lifts' ways back: what is done on which day, with which weight, under the day's cap."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from liftback.knowledge.plan_entries import Dose
from liftback.knowledge.plans import PlanKnowledge
from liftback.plans.loads import Plates, as_typed, in_unit, loadable
from liftback.plans.parts import Item, Limits, Load, OwnWeek, PlanDay, Rung, Track
from liftback.plans.progression import WAITING, takes
from liftback.plans.sorting import CONDITIONING, KEEPER, LIFT, REHAB, WALK, decision_now
from liftback.plans.words import down_words, up_words, why_words, with_slots
from liftback.reasoning.findings import Said

DAYS_IN_WEEK = 7
_ORDER = (REHAB, LIFT, KEEPER, CONDITIONING, WALK)
_ROUNDING = 3  # decimal places of a dose on the back


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a week is laid out in.

    `level_allowed` and `volume` give a day's highest level and share of sets (first days, flare); `steps` are the
    plates for bars, dumbbells and machines.
    """

    first_day: date
    own: OwnWeek
    limits: Limits
    plates: Plates
    dumbbells: Plates
    machines: Plates
    level_allowed: Callable[[date], int]
    volume: Callable[[date], float]
    plans: PlanKnowledge


def week_days(tracks: Sequence[Track], setting: Setting) -> tuple[PlanDay, ...]:
    """The seven days from the first day on."""
    days = (setting.first_day + timedelta(days=offset) for offset in range(DAYS_IN_WEEK))
    return tuple(_day(day, tracks, setting) for day in days)


def _day(day: date, tracks: Sequence[Track], setting: Setting) -> PlanDay:
    todo = [track for track in tracks if day.weekday() in track.usual.weekdays and takes(track)]
    todo = _once_each([*todo, *_more_often(tracks, todo, day, setting)])
    todo.sort(key=lambda track: _ORDER.index(track.kind))
    items = [item for track in todo for item in _items(track, day, setting)]
    items = _under_cap(items, setting)
    return PlanDay(
        day=day,
        trains=day.weekday() in setting.own.weekdays,
        items=tuple(items),
        dose_on_back=round(sum(item.dose_on_back for item in items), _ROUNDING),
    )


def _more_often(tracks: Sequence[Track], todo: Sequence[Track], day: date, setting: Setting) -> list[Track]:
    """Stand-ins at the low levels on further training days: light work comes more often than the lift it leads to.

    Never on a day next to one on which the same exercise is done.
    """
    if day.weekday() not in setting.own.weekdays:
        return []
    highest = setting.plans.number("often_level")
    near = {(day.weekday() + step) % DAYS_IN_WEEK for step in (-1, 0, 1)}
    found: list[Track] = []
    for track in tracks:
        rung = track.now
        often = track.kind == LIFT and rung is not None and not rung.own and rung.level <= highest
        if not often or track in todo or not takes(track):
            continue
        alike = [one for one in tracks if one.kind == LIFT and one.now == rung and takes(one)]
        if not any(near & set(one.usual.weekdays) for one in alike):
            found.append(track)
    return found


def _once_each(todo: Sequence[Track]) -> list[Track]:
    """Each stand-in once a day: where two lifts are on the same one, the first does it for both."""
    seen: set[tuple[str, Dose]] = set()
    found = []
    for track in todo:
        rung = track.now
        key = (rung.exercise, track.dose) if rung is not None else ("", track.dose)
        if rung is not None and track.kind == LIFT and rung.exercise and not rung.own:
            if key in seen:
                continue
            seen.add(key)
        found.append(track)
    return found


def _items(track: Track, day: date, setting: Setting) -> tuple[Item, ...]:
    rung = track.now
    if rung is None:
        return ()
    quiet = setting.plans.number("quiet_back_load")
    if rung.level > setting.level_allowed(day) and rung.back_load > quiet:
        return ()
    dose = _less_volume(track.dose, setting.volume(day))
    return (item_of(replace(track, dose=dose), setting),)


def _less_volume(dose: Dose, share: float) -> Dose:
    return dose if dose.sets is None or share >= 1 else replace(dose, sets=max(1, int(dose.sets * share)))


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
            track = replace(track, rung=place, dose=track.path[place].top)
            rung = track.path[place]
    exercise = plans.exercises.get(rung.exercise)
    return Item(
        kind=track.kind,
        lift=track.lift,
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
    return setting.machines if any(word in words for word in ("machine", "cable", "press machine")) else setting.plates


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
    sets = item.dose.sets or 1
    words = with_slots("reason_trimmed", setting.plans, cap_words=cap_words(setting.limits))
    return replace(
        item,
        dose=replace(item.dose, sets=sets - 1),
        dose_on_back=round(item.dose_on_back * (sets - 1) / sets, _ROUNDING),
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
