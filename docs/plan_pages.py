"""Pages on plans, written from the knowledge: the rules and states, the ladders with the swaps, the questionnaires."""

from __future__ import annotations

from collections.abc import Iterable

from docs.markdown import in_words, table
from liftback.knowledge.loader import Knowledge, load_knowledge
from liftback.knowledge.plan_entries import Criterion, DecisionRule, Dose, Form, LadderedExercise, TimedStep
from liftback.knowledge.plans import PlanKnowledge, plan_knowledge

DOSE_WORDS = (
    ("sets", "{:g} sets"), ("reps", "{:g} reps"), ("seconds", "{:g} s"), ("minutes", "{:g} min"), ("metres", "{:g} m"),
    ("times_a_day", "{:g} times a day"), ("days_a_week", "{:g} days a week"), ("share", "{:.0%} of the best single"),
    ("body_share", "{:.0%} of body weight"), ("effort", "RPE {:g} at most"),
)  # fmt: skip


def _plans() -> PlanKnowledge:
    return plan_knowledge(load_knowledge())


# --- rules and states ------------------------------------------------------------------------------------------------


def plan_rules_page(_knowledge: Knowledge) -> str:
    """How a usual lift is sorted, how an exposure is judged, what follows, and the states with their diagram."""
    plans = _plans()
    return "\n".join(
        [
            "# Plans: the rules\n",
            "In every table the first row that holds decides. What is not known makes no row hold.\n",
            "## What happens to a usual lift\n",
            table(("rule", "lift is", "when", "why"), _rules(plans.lift_rules)),
            "## The traffic light of an exposure\n",
            table(
                ("rule", "light", "when", "why"),
                ((f"`{one.id}`", one.light, in_words(one.when), one.why) for one in plans.lights),
            ),
            "## What follows from it\n",
            table(("rule", "action", "when", "why"), _rules(plans.decisions)),
            "## The states of a lift\n",
            _diagram(plans),
            table(("state", "meaning"), ((one.name, one.about) for one in plans.states.values())),
            table(("in", "on", "to", "why"), ((one.state, one.action, one.to, one.why) for one in plans.moves)),
            "## Clearance\n",
            table(("criterion", "of", "stage", "needed", "when"), (_criterion(one) for one in plans.criteria)),
            *(f"## {name.replace('_', ' ').capitalize()}\n\n{_steps(steps)}" for name, steps in plans.timed.items()),
        ]
    )


def _rules(rules: Iterable[DecisionRule]) -> Iterable[tuple[object, ...]]:
    for rule in rules:
        yield f"`{rule.id}`", rule.action, in_words(rule.when), rule.why


def _diagram(plans: PlanKnowledge) -> str:
    """The states as a diagram that is drawn where the page is read; moves between the same two states share a line."""
    actions: dict[tuple[str, str], list[str]] = {}
    for move in plans.moves:
        actions.setdefault((move.state, move.to), []).append(move.action)
    lines = [f'    state "{state.name}" as {state.id}' for state in plans.states.values()]
    lines += ["    [*] --> building", "    [*] --> waiting", "    [*] --> back"]
    lines += [f"    {before} --> {after}: {', '.join(names)}" for (before, after), names in actions.items()]
    return "```mermaid\nstateDiagram-v2\n" + "\n".join(lines) + "\n```\n"


def _criterion(one: Criterion) -> tuple[object, ...]:
    needed = "may be shown" if one.optional else "yes"
    return f"`{one.id}`: {one.name}", one.scope, one.stage, needed, in_words(one.when)


def _steps(steps: tuple[TimedStep, ...]) -> str:
    rows = (
        (
            f"{one.name} ({one.from_hours}-{one.to_hours} h)",
            _listed(one.do),
            _listed(one.do_not),
            _listed(one.seen_if),
            one.why,
        )
        for one in steps
    )
    return table(("when", "do", "do not", "be seen if", "why"), rows)


def _listed(texts: Iterable[str]) -> str:
    return "<br>".join(texts)


# --- ladders ---------------------------------------------------------------------------------------------------------


def ladders_page(_knowledge: Knowledge) -> str:
    """Every exercise by ladder, lowest rung first, and the table of swaps."""
    plans = _plans()
    about = (
        f"{len(plans.exercises)} exercises. The load on the back is an order from 0 (least) to 10, not newtons. "
        "Drawings of all: [contact sheet](../demonstrations/contact_sheet.html).\n"
    )
    lines = ["# Exercises: the ladders\n", about]
    for ladder in plans.ladders.values():
        rows = (_exercise(one) for one in plans.on_ladder(ladder.id))
        head = ("rung", "exercise", "level", "loads", "suits", "left out with", "back", "with", "dose", "entry", "exit")
        lines += [f"## {ladder.name}\n", f"{ladder.about}\n", table(head, rows)]
    swaps = (
        (one.pattern, one.spared, ", ".join(plans.exercises[e].name for e in one.exercises), one.why)
        for one in plans.swaps
    )
    return "\n".join(
        [
            *lines,
            "## Swaps: what stands in while a position is spared\n",
            table(("lift", "spared", "stands in", "why"), swaps),
        ]
    )


def _exercise(one: LadderedExercise) -> tuple[object, ...]:
    levels = "-".join(str(level) for level in dict.fromkeys(one.levels))
    source = f"{one.back_load} ({one.back_load_source})"
    dose = f"{dose_words(one.start)} to {dose_words(one.top)}" if one.start != one.top else dose_words(one.start)
    return (
        one.rung, f"**{one.name}** `{one.id}`", levels, ", ".join(one.loads), ", ".join(one.suits),
        ", ".join(one.spares), source, ", ".join(one.equipment) or "nothing", dose, one.entry, one.exit,
    )  # fmt: skip


def dose_words(dose: Dose) -> str:
    """A dose as one line."""
    parts = ((words, getattr(dose, name)) for name, words in DOSE_WORDS)
    return ", ".join(words.format(value) for words, value in parts if value is not None)


# --- questionnaires --------------------------------------------------------------------------------------------------


def questionnaires_page(_knowledge: Knowledge) -> str:
    """Every questionnaire with its items, scoring, citation and terms of use."""
    lines = ["# Questionnaires\n", "None of them needs a licence; each says where that is stated.\n"]
    return "\n".join([*lines, *(_form(form) for form in _plans().forms.values())])


def _form(form: Form) -> str:
    change = "not known" if form.smallest_change is None else f"{form.smallest_change:g} points"
    if form.smallest_share is not None:
        change = f"{form.smallest_share:.0%} of the score before, and at least {form.floor:g}"
    facts = [
        ("Citation", form.citation),
        ("Use", form.licence),
        ("Score", f"{form.score}, {form.lowest:g} to {form.highest:g}, {form.better} is better"),
        ("Smallest change that matters", change),
        ("Source", f"{form.provenance.source}: {form.provenance.locator} ({form.provenance.certainty})"),
        *((("Note", form.note),) if form.note else ()),
    ]
    items = (
        (item.id, item.text, ", ".join(label for label, _ in item.choices) or f"{item.minimum:g} to {item.maximum:g}")
        for item in form.items
    )
    bands = (
        [table(("from", "to", "said"), ((band.least, band.most, band.text) for band in form.bands))]
        if form.bands
        else []
    )
    return "\n".join(
        [
            f"## {form.name}\n",
            f"{form.introduction}\n",
            table(("", ""), facts),
            table(("item", "text", "answers"), items),
            *bands,
        ]
    )
