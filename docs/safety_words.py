"""Every English sentence that a safety page can show, with its numbers filled in as the engine does.

`python -m docs.safety_words` puts them into the Spanish catalogue: what is new waits for its translation, what nobody
says any more goes. A sentence that still has `{words}` in braces is a pattern, filled in when it is said.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from pathlib import Path

from docs import catalogue
from liftback.facts.dates import DATE_FORMS
from liftback.knowledge.conditions import Compare, leaves
from liftback.knowledge.emergency_numbers import emergency_numbers
from liftback.knowledge.entries import Gate, LevelAdvice, Question
from liftback.knowledge.loader import Knowledge, load_knowledge
from liftback.knowledge.plan_entries import Form, TimedStep
from liftback.knowledge.plans import PlanKnowledge, plan_knowledge
from liftback.reasoning.findings import SLOT, show_value

SOURCE = Path(__file__).resolve().parents[1] / "src" / "liftback"
# The questions of an interview, the taps after a lift, and what is asked again.
STAGES = ("about", "gates", "story", "plan", "programme", "exposure")
# Groups of statements that speak of warning signs, of being seen, and of the first hours and days.
GROUPS = re.compile(
    r"plans\.(first_days_.*|hold.*|ask_again|flare_intro|flare_rules|flare_reassess)"
    r"|seven_answers\.(titles_.*|first_.*|[a-z]+_(open_)?first|five_(headline|open_headline|rare|pt_first|limits)|seven_seen)"
    r"|slows_recovery\.help"
)
TIMED = ("first_days", "flare")
# Modules below src/liftback whose own sentences reach the safety pages.
MODULES = (
    "facts/interview.py",
    "facts/answers.py",
    "facts/body_map.py",
    "exchange/interview_form.py",
    "exchange/report_outline.py",
    "exchange/first_hours_text.py",
    "reasoning/triage.py",
)
# Of those modules, what no page shows: names of states, parts of a longer text, and what only a story file can cause.
NEVER_SHOWN = frozenset(
    (
        "skipped twice", "open gate", "own words", "the next paragraph", "our starting point", "not known",
        "it takes one choice: {a}", "it takes one choice or more: {a}", "the choices are {a}", "(did you mean {a}?)",
        "{a} cannot stand beside other choices", "{a}: {b} is not an answer we can use; {c}.",
    )
)  # fmt: skip
# Calls whose texts nobody reads on a page: what a person may have typed, and how text is taken apart.
SILENT = frozenset(
    ("frozenset", "compile", "match", "sub", "split", "KeyError", "AssertionError", "print", "isinstance")
)
# How reasons and readings are put together. A `text`, `start` or `sure` is itself a sentence of this list.
JOINED = ("{start}: {text} – {value}", "{start}: {text}", "{text}: {value} ({sure})")
COMPOSED = (
    '{text}; you wrote on {day}: "{quote}"; is that right?',
    '{text}; you wrote on {day}: "{quote}"',
    '{text}; you wrote: "{quote}"; is that right?',
    '{text}; you wrote: "{quote}"',
    "{given} is not an answer we can use; {allowed}.",
    "today", "yesterday", "{number} days ago", "about {number} weeks ago", "about {number} months ago",
    "more than a year ago", "{number} days", "{number} weeks", "{number} months", "{number} years", "{number} hours",
    "{number} minutes", "years", "hours", "days", "weeks",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """An English text, and where it is from."""

    text: str
    where: str


def sentences(knowledge: Knowledge | None = None) -> tuple[Sentence, ...]:
    """All of them, each once, in the order in which a lifter meets them."""
    known = knowledge or load_knowledge()
    plans = plan_knowledge(known)
    found: dict[str, Sentence] = {}
    for one in _all(plans):
        text = _filled(one.text, plans.known)
        if text and re.search(r"[A-Za-z]{2}", SLOT.sub("", text)):
            found.setdefault(text, Sentence(text=text, where=one.where))
    return tuple(found.values())


def patterns(knowledge: Knowledge | None = None) -> tuple[str, ...]:
    """The sentences that are filled in when they are said, longest first, so that the closest is found first."""
    open_ones = [one.text for one in sentences(knowledge) if SLOT.search(one.text)]
    return (*sorted(open_ones, key=lambda text: (-len(text), text)), *JOINED)


def _all(plans: PlanKnowledge) -> Iterator[Sentence]:
    yield from _of_signs(plans.known)
    yield from _of_plans(plans)
    yield from _countries(plans.known)
    yield from _texts("how reasons are put together", COMPOSED)
    for module in MODULES:
        yield from _texts(module, sorted(set(_said_by(module))))
    yield from _texts("facts/dates.py", (DATE_FORMS,))


def _of_signs(known: Knowledge) -> Iterator[Sentence]:
    for level in sorted(known.levels, reverse=True):
        yield from _advice(known.levels[level])
    for gate in known.gates.values():
        yield from _gate(gate)
    for question in known.questions.values():
        if question.stage in STAGES:
            yield from _question(question)
    for cluster in known.clusters.values():
        yield from _texts(f"cluster {cluster.id}", (cluster.name, *(rule.why for rule in cluster.rules)))
    yield from _texts("a number that a rule compares with", _compared(known))


def _of_plans(plans: PlanKnowledge) -> Iterator[Sentence]:
    for name in TIMED:
        for step in plans.timed[name]:
            yield from _step(name, step)
    for name in (name for name in plans.known.groups if GROUPS.fullmatch(name)):
        for statement in plans.known.groups[name]:
            yield from _texts(statement.id, (statement.text,))
    for form in plans.forms.values():
        yield from _form(form)


def _texts(where: str, texts: Iterable[str]) -> Iterator[Sentence]:
    return (Sentence(text=text, where=where) for text in texts if text)


def _filled(text: str, known: Knowledge) -> str:
    """The text with its parameters in place; other words in braces stay, to be filled when it is said."""

    def one(match: re.Match[str]) -> str:
        parameter = known.parameters.get(match.group(1))
        return match.group(0) if parameter is None else show_value(parameter)

    return SLOT.sub(one, text)


# --- from knowledge --------------------------------------------------------------------------------------------------


def _advice(advice: LevelAdvice) -> Iterator[Sentence]:
    for name in (one.name for one in fields(advice) if one.name not in ("level", "sources")):
        value = getattr(advice, name)
        yield from _texts(f"level {advice.level.name}: {name}", (value,) if isinstance(value, str) else value)


def _gate(gate: Gate) -> Iterator[Sentence]:
    yield from _texts(f"gate {gate.id}: name", (gate.name,))
    yield from _texts(f"gate {gate.id}: points_to", (gate.points_to,))
    for name in ("do", "say", "do_not", "watch_for"):
        yield from _texts(f"gate {gate.id}: {name}", getattr(gate, name))


def _question(question: Question) -> Iterator[Sentence]:
    where = f"question {question.id}"
    yield from _texts(where, (question.text, question.short, question.help, question.why))
    for choice in question.choices:
        yield from _texts(f"{where}: {choice.id}", (choice.label, choice.why))


def _step(name: str, step: TimedStep) -> Iterator[Sentence]:
    texts = (step.name, *step.do, *step.do_not, *step.seen_if, step.why)
    yield from _texts(f"{name}: {step.id}", (text for text in texts if not re.fullmatch(r"\{[a-z_]+\}", text)))


def _form(form: Form) -> Iterator[Sentence]:
    """Only where it says where to turn."""
    for band in form.bands:
        yield from _texts(f"form {form.id}: {band.id}", (band.text, band.help) if band.help else ())


def _compared(known: Knowledge) -> Iterator[str]:
    for cluster in known.clusters.values():
        for rule in cluster.rules:
            names = (leaf.parameter for leaf in leaves(rule.when) if isinstance(leaf, Compare))
            yield from (known.parameters[name].name for name in names)


def _countries(known: Knowledge) -> Iterator[Sentence]:
    for one in emergency_numbers(known).entries:
        yield from _texts(f"emergency number {one.id}", (one.name, one.note))


# --- from code -------------------------------------------------------------------------------------------------------


def _said_by(module: str) -> Iterator[str]:
    """The sentences that a module says: its texts of more than one word, docstrings and what is only read apart."""
    tree = ast.parse((SOURCE / module).read_text(encoding="utf-8"))
    silent = {id(part) for node in ast.walk(tree) if _is_silent(node) for part in ast.walk(node)}
    whole = (node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr | ast.BinOp))
    inside = {id(part) for node in whole for part in ast.walk(node) if part is not node}
    for node in ast.walk(tree):
        text = "" if id(node) in silent else _text_of(node, inside).strip()
        if " " in text and re.search(r"[a-z]{2}.*[a-z]{2}", text) and text not in NEVER_SHOWN:
            yield text


def _is_silent(node: ast.AST) -> bool:
    if isinstance(node, ast.Expr):  # a docstring
        return isinstance(node.value, ast.Constant)
    if not isinstance(node, ast.Call):
        return False
    return ast.unparse(node.func).rpartition(".")[2] in SILENT


def _text_of(node: ast.AST, inside: set[int]) -> str:
    """The text of a literal; what is filled in stands as {a}, {b} and so on. Empty for anything else."""
    if id(node) in inside:
        return ""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left = _first_of(node)
        return f"{left}{{a}}" if left else ""
    if isinstance(node, ast.JoinedStr):
        letters = iter("abcdefgh")
        return "".join(
            str(part.value) if isinstance(part, ast.Constant) else f"{{{next(letters)}}}" for part in node.values
        )
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _first_of(node: ast.expr) -> str:
    while isinstance(node, ast.BinOp):
        node = node.left
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def stale() -> list[str]:
    """What the catalogue lacks: sentences without Spanish, and files that are not what they would be if made now."""
    texts = [one.text for one in sentences()]
    lacking = [f"no Spanish for: {text}" for text in catalogue.missing(texts)]
    held = {one.msgid for one in catalogue.read() if one.comment.startswith(catalogue.ENGINE)}
    gone = [f"nobody says any more: {text}" for text in sorted(held - set(texts))]
    changed = ["patterns"] if catalogue.kept()["patterns"] != list(patterns()) else []
    return [*lacking, *gone, *changed, *catalogue.stale()]


def main(arguments: list[str]) -> int:
    """Put the sentences into the catalogue, or with --check name what it lacks and return 1."""
    if "--check" in arguments:
        lacking = stale()
        for line in lacking:
            print(line)
        return 1 if lacking else 0
    catalogue.put_sentences({one.text: one.where for one in sentences()}, patterns())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
