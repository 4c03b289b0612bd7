"""Write docs/generated from the knowledge, the cases and the command line; with --check only say what is stale.

Nothing in docs/generated is written by hand, so that no page can say other than what the program does.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import click
import yaml

import liftback.cli
from docs import demonstrations, plan_examples, safety_words, sample_lifters, simulated_trial, web_words
from docs.emergency_page import emergency_page
from docs.markdown import in_words, table
from docs.plan_pages import ladders_page, plan_rules_page, questionnaires_page
from docs.read_words import words_page
from liftback import operations
from liftback.knowledge.entries import Choice, Cluster, Gate, LevelAdvice, Parameter, Question, Reference, Statement
from liftback.knowledge.loader import Knowledge, load_knowledge
from liftback.knowledge.plans import plan_knowledge
from liftback.reasoning.findings import show_value

ROOT = Path(__file__).resolve().parents[1]
HERE = ROOT / "docs" / "generated"
README = ROOT / "README.md"
CASES = ROOT / "tests" / "cases"
SAMPLE_DAY = date(2026, 11, 23)  # the day that the sample is of
NOTE = "<!-- Written by docs/generate.py; change the source and run `make docs`. -->\n"
NO_ANSWER = (
    "The highest level wins and nothing lowers it. A gate without an answer calls for one level less than its "
    "highest, and never for less than a clinician.\n"
)
LONGEST_LIST = 30  # names in one cell of the table of sources
STAGES = {
    "about": "About you", "gates": "Warning signs", "story": "The story", "plan": "What the plan needs",
    "programme": "Your training", "exposure": "After a lift under a plan", "clearance": "Before clearance",
}  # fmt: skip
CERTAINTY = {
    "published": "published",
    "unverified": "unverified: never shown to a lifter",
    "design_default": "our own starting point",
}


# --- questions -------------------------------------------------------------------------------------------------------


def questions_page(knowledge: Knowledge) -> str:
    """Every question by stage, with what can be answered."""
    lines = ["# Questions\n", "Every question may also stay unanswered: unknown is never taken for a no.\n"]
    for stage, name in STAGES.items():
        lines.append(f"## {name}\n")
        lines += [_question(q) for q in sorted(knowledge.questions.values(), key=lambda q: q.id) if q.stage == stage]
    return "\n".join(lines)


def _question(question: Question) -> str:
    lines = [f"### `{question.id}`\n", f"{question.text}\n"]
    if question.asked_if is not None:
        lines.append(f"Asked only if {in_words(question.asked_if)}.\n")
    if question.choices:
        more = " (any number of them)" if question.kind == "many" else ""
        lines.append(f"Choices{more}:\n")
        lines += [f"- `{choice.id}`: {choice.label}{_level(choice)}" for choice in question.choices]
    elif question.kind == "number":
        lines.append(f"A number from {question.minimum:g} to {question.maximum:g} {question.unit.replace('_', ' ')}.")
    else:
        lines.append(f"A {question.kind}.")
    return "\n".join(lines) + "\n"


def _level(choice: Choice) -> str:
    return f" → **{choice.level.name}**" if choice.level is not None else ""


# --- gates -----------------------------------------------------------------------------------------------------------


def gates_page(knowledge: Knowledge) -> str:
    """A rule card for each gate and cluster, and what each level asks."""
    lines = [
        "# Warning signs: the rule cards\n",
        NO_ANSWER,
        "## Gates\n",
        *(_gate(gate, knowledge) for gate in knowledge.gates.values()),
        "## Clusters\n",
        *(_cluster(cluster) for cluster in knowledge.clusters.values()),
        "## Levels\n",
        *(_advice(knowledge.levels[level]) for level in sorted(knowledge.levels, reverse=True)),
    ]
    return "\n".join(lines)


def _gate(gate: Gate, knowledge: Knowledge) -> str:
    lines = [f"### `{gate.id}`: {gate.name}\n", f"May point to: {gate.points_to}\n"]
    for question in (one for one in knowledge.questions.values() if one.gate == gate.id):
        rows = [
            (f"`{c.id}`", c.label, c.level.name if c.level is not None else "unresolved", c.why)
            for c in question.choices
        ]
        lines += [f"`{question.id}`: {question.text}\n", table(("choice", "label", "level", "why"), rows)]
    lines += _lists({"Do": gate.do, "Say at the door": gate.say, "Do not": gate.do_not, "Watch for": gate.watch_for})
    return "\n".join([*lines, f"Sources: {', '.join(gate.sources)}\n"])


def _cluster(cluster: Cluster) -> str:
    rows = [(f"`{rule.id}`", rule.level.name, in_words(rule.when), rule.why) for rule in cluster.rules]
    head = f"### `{cluster.id}`: {cluster.name}\n"
    return "\n".join([head, table(("rule", "level", "when", "why"), rows), f"Sources: {', '.join(cluster.sources)}\n"])


def _advice(advice: LevelAdvice) -> str:
    lines = [f"### `{advice.level.name}`: {advice.name}\n", f"{advice.summary}\n"]
    lines += _lists({"Do": advice.do, "Say": advice.say, "Do not": advice.do_not, "Watch for": advice.watch_for})
    lines += [f"- When: {advice.when}", f"- Where: {advice.where}", f"- Expected course: {advice.expected_course}\n"]
    return "\n".join([*lines, *_lists({"May come later": advice.may_come_later})])


def _lists(named: dict[str, tuple[str, ...]]) -> list[str]:
    return [f"{name}:\n\n" + "\n".join(f"- {text}" for text in texts) + "\n" for name, texts in named.items() if texts]


# --- parameters and sources ------------------------------------------------------------------------------------------


def parameters_page(knowledge: Knowledge) -> str:
    """Every number we hold true, with where it is from and when it is looked at again."""
    lines = ["# Numbers\n", "All clinical numbers of Liftback. Code holds none.\n"]
    for topic in sorted({name.split(".")[0] for name in knowledge.parameters}):
        entries = [p for p in knowledge.parameters.values() if p.id.startswith(f"{topic}.")]
        lines += [f"## {topic}\n", table(_PARAMETER_HEAD, (_parameter(p) for p in sorted(entries, key=lambda p: p.id)))]
    return "\n".join(lines)


_PARAMETER_HEAD = ("id", "meaning", "value", "source", "where", "certainty", "reviewed", "review by")


def _parameter(parameter: Parameter) -> tuple[object, ...]:
    now = parameter.current
    meaning = f"**{parameter.name}.** {parameter.description}" + (f" ({now.note})" if now.note else "")
    dates = (now.reviewed_on, now.review_by)
    value, unit = show_value(parameter), parameter.unit.replace("_", " ")
    shown = value if value.endswith(("%", "million", unit)) else f"{value} {unit}"
    return (f"`{parameter.id}`", meaning, shown, now.source, now.locator, CERTAINTY[now.certainty], *dates)


def sources_page(knowledge: Knowledge) -> str:
    """Every source with what rests on it."""
    rows = [
        (f"`{source.id}`", _title(source), source.year, source.kind.replace("_", " "))
        for source in sorted(knowledge.references.values(), key=lambda source: source.id)
    ]
    uses = _uses(knowledge)
    listed = [(*row, _rests(list(dict.fromkeys(uses.get(str(row[0]).strip("`"), ()))))) for row in rows]
    return "# Sources\n\n" + table(("id", "title", "year", "kind", "what rests on it"), listed)


def _title(source: Reference) -> str:
    title = f"[{source.title}]({source.url})" if source.url else source.title
    return f"{title} ({source.note.rstrip('.')})" if source.note else title


def _rests(uses: list[str]) -> str:
    return ", ".join(uses) if len(uses) <= LONGEST_LIST else f"{len(uses)} entries; see [Numbers](parameters.md)"


def _uses(knowledge: Knowledge) -> dict[str, list[str]]:
    uses: dict[str, list[str]] = {}
    for parameter in knowledge.parameters.values():
        for value in parameter.values:
            uses.setdefault(value.source, []).append(parameter.id)
    citing: list[Gate | Cluster | Statement] = [
        *knowledge.gates.values(),
        *knowledge.clusters.values(),
        *knowledge.statements.values(),
    ]
    cited = [(entry.id, entry.sources) for entry in citing]
    cited += [(f"level {advice.level.name}", advice.sources) for advice in knowledge.levels.values()]
    for name, sources in cited:
        for source in sources:
            uses.setdefault(source, []).append(name)
    return uses


# --- command line and cases ------------------------------------------------------------------------------------------


def cli_page(_knowledge: Knowledge) -> str:
    """Every command's own help."""
    main = liftback.cli.main
    context = click.Context(main, info_name="liftback", terminal_width=100, **main.context_settings)
    lines = ["# Command line\n", f"```text\n{main.get_help(context)}\n```\n"]
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        if command is None:
            continue
        inner = click.Context(command, info_name=name, parent=context)
        lines += [f"## liftback {name}\n", f"```text\n{command.get_help(inner)}\n```\n"]
    return "\n".join(lines)


def cases_page(_knowledge: Knowledge) -> str:
    """The manual: what must come out for whom, by topic."""
    lines = ["# Cases: the manual\n", "Each is run by `make test` and by `liftback check tests/cases`.\n"]
    files = sorted(CASES.rglob("*.yaml"))
    for topic in sorted({file.relative_to(CASES).parts[0] for file in files}):
        rows = [row for file in files if file.relative_to(CASES).parts[0] == topic for row in _cases(file)]
        lines += [f"## {topic} ({len(rows)})\n", table(("case", "expected", "why", "source"), rows)]
    return "\n".join(lines)


def _cases(file: Path) -> list[tuple[object, ...]]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    cases = (yaml.load(file.read_bytes(), Loader=loader) or {}).get("cases", [])  # noqa: S506 - the safe loaders
    return [
        (
            case.get("name", ""),
            "; ".join(f"{path}: {_plain(value)}" for path, value in (case.get("expected") or {}).items()),
            case.get("note", ""),
            case.get("source", ""),
        )
        for case in cases
    ]


def _plain(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key} {_plain(part)}" for key, part in value.items())
    return ", ".join(map(str, value)) or "none" if isinstance(value, list) else str(value)


# --- README ----------------------------------------------------------------------------------------------------------

BEGIN, END = "<!-- output:begin -->\n", "<!-- output:end -->\n"


def sample_output() -> str:
    """What `liftback assess` says of the sample, in short: level, summary, and seven answers in a breath each."""
    examples, today = ROOT / "examples", SAMPLE_DAY
    assessment = operations.assess(
        story=operations.read_story(content=(examples / "story.yaml").read_bytes(), today=today),
        log=operations.import_log(content=(examples / "strong.csv").read_bytes(), today=today),
        diary=operations.read_diary(content=(examples / "diary.csv").read_bytes(), today=today).diary,
        today=today,
    )
    text = operations.render(assessment=assessment, output="text")
    first, _, rest = text.partition("\n\nDo this\n")
    in_short = rest.partition("The seven answers in short\n")[2].partition("\n\n")[0]
    shown = f"{first}\n\n[...]\n\nThe seven answers in short\n{in_short}\n\n[...]"
    return f"```text\n{shown}\n```\n"


def readme() -> str:
    """README with the sample's output between its two marks."""
    before, _, rest = README.read_text(encoding="utf-8").partition(BEGIN)
    return before + BEGIN + sample_output() + END + rest.partition(END)[2]


PAGES: dict[str, Callable[[Knowledge], str]] = {
    "questions.md": questions_page,
    "gates.md": gates_page,
    "emergency_numbers.md": emergency_page,
    "parameters.md": parameters_page,
    "sources.md": sources_page,
    "cli.md": cli_page,
    "cases.md": cases_page,
    "words.md": words_page,
    "plan_rules.md": plan_rules_page,
    "ladders.md": ladders_page,
    "questionnaires.md": questionnaires_page,
}


def pages() -> dict[str, str]:
    """Every generated page by file name."""
    knowledge = plan_knowledge(load_knowledge()).known
    return {name: NOTE + write(knowledge).rstrip() + "\n" for name, write in PAGES.items()}


def stale() -> list[str]:
    """The files that are not what they would be if written now."""
    old = [
        f"docs/generated/{name}"
        for name, text in pages().items()
        if not (HERE / name).exists() or (HERE / name).read_text(encoding="utf-8") != text
    ]
    old += demonstrations.stale() + plan_examples.stale() + simulated_trial.stale()
    return old + sample_lifters.stale() + ([README.name] if README.read_text(encoding="utf-8") != readme() else [])


def main(arguments: list[str]) -> int:
    """Write the pages, or with --check name the stale ones and return 1."""
    if "--check" in arguments:
        old = stale()
        for name in old:
            print(f"{name} is stale; run `make docs` and commit it")
        return 1 if old else 0
    HERE.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (HERE / name).write_text(text, encoding="utf-8")
    sample_lifters.write()
    demonstrations.write()
    plan_examples.write()
    simulated_trial.write()
    safety_words.main([])
    web_words.main([])
    README.write_text(readme(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
