"""The exercises of the ladders for pages: a card with all that is known of one, and its drawing as a file."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from liftback.exchange.demonstration_svg import HEIGHT, WIDTH, demonstration_svg
from liftback.exchange.explanation import UnknownNameError
from liftback.exchange.plan_words import amount_words, listed
from liftback.exchange.report_outline import address, certainty_words, clean
from liftback.exchange.stand_in_values import FLOOR
from liftback.knowledge.plan_entries import Dose, LadderedExercise
from liftback.knowledge.plans import PlanKnowledge, demonstrations

_REMEMBERED = 512  # drawings kept in memory, more than there are
_SHOWN = 60  # letters of a name that is none
# In an image no page's colours reach the drawing, so it brings its own, for light and for dark.
_OWN_COLOURS = (
    "<style>svg{--ink:#1d2023;--paper:#fbfaf7;--muted:#555d66;--line:#d8d3c9;--range:#1f5f86}"
    "@media (prefers-color-scheme:dark){"
    "svg{--ink:#ece8e1;--paper:#202327;--muted:#a9b0b8;--line:#454b53;--range:#7fb9dd}}</style>"
)
_PAPER = f'<rect width="{WIDTH}" height="{HEIGHT}" rx="10" style="fill:var(--paper)"/>'


def exercise_named(name: str, plans: PlanKnowledge) -> LadderedExercise:
    """An exercise of the ladders by its id. Raises UnknownNameError."""
    exercise = plans.exercises.get(name)
    if exercise is None:
        raise UnknownNameError(f"There is no exercise {clean(name)[:_SHOWN]!r} on any ladder.")
    return exercise


@lru_cache(maxsize=_REMEMBERED)
def demonstration_picture(name: str, plans: PlanKnowledge, *, still: bool = False) -> str:
    """The drawing of an exercise as a whole SVG file for an image, on paper of its own; `still` does not move.

    It is dark where the reader's screen is, and does not move for who wants no motion. Raises UnknownNameError.
    """
    drawn = demonstrations(plans.known)[exercise_named(name, plans).demonstration]
    svg = demonstration_svg(drawn, still=still)
    head, _, rest = svg.partition(">")
    return f'{head} width="{WIDTH}" height="{HEIGHT}">{_OWN_COLOURS}{_with_paper(rest)}'


def _with_paper(body: str) -> str:
    """The drawing on its paper, which lies below everything else."""
    before, ends, after = body.partition("</defs>")
    return f"{before}{ends}{_PAPER}{after}"


def exercise_card(name: str, plans: PlanKnowledge) -> dict[str, Any]:
    """All that a page shows of an exercise: cues, faults, when to begin and to leave it, its place, and sources.

    Raises UnknownNameError.
    """
    exercise = exercise_named(name, plans)
    ladder = plans.ladders[exercise.ladder]
    return {
        "id": exercise.id,
        "name": clean(exercise.name),
        "shows": clean(demonstrations(plans.known)[exercise.demonstration].says),
        "cues": [clean(one) for one in exercise.cues],
        "faults": [clean(one) for one in exercise.faults],
        "entry": clean(exercise.entry),
        "leave": clean(exercise.exit),
        "tempo": clean(exercise.tempo),
        "per_side": exercise.per_side,
        "note": clean(exercise.note),
        "needs": listed(one.replace("_", " ") for one in exercise.equipment) or FLOOR,
        "begins_with": _dose(exercise.start, exercise),
        "ends_with": _dose(exercise.top, exercise),
        "levels": list(exercise.levels),
        "back_load": exercise.back_load,
        "loads": list(exercise.loads),
        "suits": list(exercise.suits),
        "ladder": {
            "id": ladder.id,
            "name": clean(ladder.name),
            "about": clean(ladder.about),
            "rung": exercise.rung,
            "rungs": [
                {"id": one.id, "name": clean(one.name), "rung": one.rung, "here": one.id == exercise.id}
                for one in plans.on_ladder(exercise.ladder)
            ],
        },
        "sources": _sources(exercise, plans),
    }


def _dose(dose: Dose, exercise: LadderedExercise) -> str:
    amount = amount_words(dose) + (" a side" if exercise.per_side else "")
    effort = "" if dose.effort is None else f"RPE {dose.effort:g} at most"
    return ", ".join(part for part in (amount, effort) if part)


def _sources(exercise: LadderedExercise, plans: PlanKnowledge) -> list[dict[str, Any]]:
    """Where dose, place and note are from, each source once."""
    own = exercise.provenance
    cited = {own.source: own.locator, exercise.back_load_source: exercise.back_load_locator}
    cited |= {name: "" for name in exercise.sources if name not in cited}
    found = ((plans.known.references[name], locator) for name, locator in cited.items())
    return [
        {
            "title": clean(one.title),
            "year": one.year,
            "url": address(one.url),
            "locator": clean(locator),
            "how_sure": certainty_words(own.certainty) if one.id == own.source else "",
        }
        for one, locator in found
    ]


def exercises(plans: PlanKnowledge) -> list[dict[str, Any]]:
    """Every exercise of the ladders, ladder by ladder from the lowest rung on."""
    return [
        {"id": one.id, "name": clean(one.name), "ladder": clean(ladder.name), "rung": one.rung}
        for ladder in plans.ladders.values()
        for one in plans.on_ladder(ladder.id)
    ]
