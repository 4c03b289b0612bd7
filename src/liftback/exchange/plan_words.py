"""How a plan is written down by people who lift: doses, weights, days, and a word and a sign for each decision.

Only names and labels are here. What is claimed of a back comes from the knowledge, already worded.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from liftback.exchange.report_outline import clean
from liftback.knowledge.loader import Knowledge
from liftback.knowledge.plan_entries import Dose
from liftback.plans.parts import Item, Limits

ADDED = "added"
# A word is never alone: a sign beside it tells the same to somebody who only glances, or sees no colours.
DECISION_SIGNS = {"kept": "=", "capped": "<", "swapped": "~", "parked": "x", ADDED: "+"}
LIGHT_SIGNS = {"green": "+", "amber": "~", "red": "!"}
NOT_JUDGED, _NOT_JUDGED_SIGN = "not judged yet", "?"
KINDS = {
    "keeper": "What keeps your strength meanwhile",
    "rehab": "Rehab work",
    "walk": "Walking",
    "conditioning": "Conditioning",
}
ACTIONS = {
    "open": "comes back",
    "park": "parked",
    "up": "one step up",
    "done": "back to the lift itself",
    "repeat": "the same again",
    "ease": "a little lighter",
    "lighter": "clearly lighter",
    "rung_down": "one rung down",
    "first_rung": "back to the first rung",
    "stop": "stopped",
    "asked": "may begin again",
}
_CAP_FROM = {
    "trajectory": "from your own diary and log",
    "ladder": "our starting point until your diary and log can tell",
}
GROUPS = {
    "kept": "Kept lifts",
    "capped": "Capped lifts",
    "swapped": "Swapped lifts",
    "keeper": "What keeps your strength",
    "rehab": "Rehab work",
    "walk": "Walking",
    "conditioning": "Conditioning",
}
ALL_LIFTS = "All lifts"
_TEMPOS = {"easy": "at an easy pace", "hold": ""}
_WEEK = ("every day", "no day")
_MINUTE = 60


def decision_sign(decision: str) -> str:
    """The sign beside the word of a decision."""
    return DECISION_SIGNS.get(decision, DECISION_SIGNS[ADDED])


def light_sign(light: str) -> str:
    """The sign beside the word of a traffic light."""
    return LIGHT_SIGNS.get(light, _NOT_JUDGED_SIGN)


def action_words(action: str) -> str:
    """What follows from an exposure, in words."""
    return ACTIONS.get(action, clean(action.replace("_", " ")))


def day_words(day: date) -> str:
    """A day with its weekday: "Wed 25 Nov"."""
    return f"{day:%a} {day.day} {day:%b}"


def days_words(days: Sequence[date], whole: int) -> str:
    """Some days of a week of `whole` days by their weekdays; all of them are "every day"."""
    if not days:
        return _WEEK[1]
    return _WEEK[0] if len(set(days)) == whole and whole > 1 else ", ".join(f"{day:%a}" for day in days)


def listed(names: Iterable[str]) -> str:
    """Names as in a sentence: "a, b and c"; with semicolons where a name has a comma of its own."""
    found = [name for name in names if name] or [""]
    if len(found) > 1 and any("," in name for name in found):
        return "; ".join(found)
    *first, last = found
    return f"{', '.join(first)} and {last}" if first else last


# --- doses -----------------------------------------------------------------------------------------------------------


def dose_words(item: Item) -> str:
    """How much to do, as it stands in a training diary: "3 x 5 at 60 kg, RPE 6 at most"."""
    dose = item.dose
    amount = amount_words(dose) + (" a side" if item.per_side else "")
    parts = [f"{amount}{_weight(item)}".strip()]
    if dose.times_a_day:
        parts.append(_times(dose.times_a_day))
    if dose.days_a_week:
        parts.append(f"{dose.days_a_week} {'day' if dose.days_a_week == 1 else 'days'} a week")
    if dose.effort is not None:
        parts.append(f"RPE {dose.effort:g} at most")
    return ", ".join(part for part in parts if part)


def dose_details(item: Item) -> str:
    """What goes on the bar, the tempo, and the rest between sets."""
    parts = [clean(item.load.made_of)] if item.load is not None and item.load.made_of else []
    if item.tempo:
        parts.append(_TEMPOS.get(item.tempo, f"tempo {clean(item.tempo)}"))
    if item.rest_seconds and (item.dose.sets or 0) > 1:
        minutes = item.rest_seconds / _MINUTE
        parts.append(f"rest {minutes:g} min" if minutes % 0.5 == 0 else f"rest {item.rest_seconds} s")
    return "; ".join(part for part in parts if part)


def amount_words(dose: Dose) -> str:
    """Sets with repetitions, seconds, minutes or metres; what does not apply is left out."""
    if dose.reps is not None and dose.seconds is not None:
        holds = f"{dose.reps} {'hold' if dose.reps == 1 else 'holds'} of {dose.seconds} s"
        return f"{dose.sets} x {holds}" if (dose.sets or 1) > 1 else holds
    one = next(
        (
            f"{number} {unit}".strip()
            for number, unit in ((dose.reps, ""), (dose.seconds, "s"), (dose.minutes, "min"), (dose.metres, "m"))
            if number is not None
        ),
        "",
    )
    if dose.sets is None:
        return f"{one} {'rep' if dose.reps == 1 else 'reps'}" if dose.reps is not None else one
    if not one:
        return f"{dose.sets} {'set' if dose.sets == 1 else 'sets'}"
    if dose.sets == 1:
        return f"1 set of {one}" if dose.reps is not None else one
    return f"{dose.sets} x {one}"


def _weight(item: Item) -> str:
    if item.load is not None:
        return f" at {item.load.weight:g} {item.load.unit}"
    if item.dose.share is not None:
        return f" at {100 * item.dose.share:.0f} % of your best single"
    if item.dose.body_share is not None:
        return f" with {100 * item.dose.body_share:.0f} % of your body weight"
    return ""


def _times(number: int) -> str:
    return {1: "once a day", 2: "twice a day"}.get(number, f"{number} times a day")


# --- limits ----------------------------------------------------------------------------------------------------------


def limit_words(limits: Limits, knowledge: Knowledge) -> tuple[tuple[str, str], ...]:
    """What bounds the plan, as pairs of a label and its value."""
    pairs = [
        ("Planned for", f"{clean(limits.grade)} irritability"),
        ("Spared for now", listed(_position(one, knowledge) for one in limits.spared) or "nothing"),
        ("Pain allowed during work", _pain(limits)),
    ]
    if limits.cap is not None:
        came = _CAP_FROM.get(limits.cap_from, clean(limits.cap_from))
        pairs.append(("Load on the back in a day", f"at most {limits.cap:.1f} of your typical session, {came}"))
    sets = "your usual ones are not known" if limits.hinge_sets is None else f"at most {limits.hinge_sets}"
    pairs.append(("Hinge sets this week", sets))
    return tuple(pairs)


def _position(name: str, knowledge: Knowledge) -> str:
    """A position as the sensitivities call it."""
    statement = knowledge.statements.get(f"sensitivities.{name}")
    return clean((statement.word("name") if statement else "") or name.replace("_", " "))


def _pain(limits: Limits) -> str:
    most = f"at most {limits.pain_most:g} of 10" if limits.pain_most else "none"
    return f"{most}; no amber is taken" if limits.strict else most
