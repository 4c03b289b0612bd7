"""Why: the tree of reasons behind one finding, one answer or one number, as text.

Read from the plain mapping of a report, so that a report of last month can still be asked why.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from liftback.exchange.report_outline import address, certainty_words, clean, question_texts, ranges, reason_words
from liftback.knowledge.entries import DatedValue, Gate, Parameter
from liftback.knowledge.loader import Knowledge
from liftback.reasoning.findings import show_value

_DEFAULT_WIDTH = 80
_LONGEST_LIST = 12
_MOST_QUIET = 3  # warning signs answered with no that are told one by one
# Said in other words, in their own branches, or only of use to a program.
_SAID_ELSEWHERE = (
    "because factors undecided unresolved would_change not_known value level name question headline text summary fired "
    "fired_because sources number certainty outcomes id kind weeks data actions safety_net how_sure exposures"
)
_NOT_DETAILS = frozenset(_SAID_ELSEWHERE.split())
_ENTRY_NAMES = ("text", "name", "exercise", "pattern", "day", "id")
_TITLES = {"days_elapsed": "Days since it began", "multiplier": "Rate of recovery, as times the average"}
_OWN_START = "design"
_KINDS = ("fact", "parameter", "rule")
_LONGEST_NAME = 60


class UnknownNameError(ValueError):
    """A name that nothing in the report has; the message lists the names there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """One line of the tree and what hangs below it."""

    text: str
    below: tuple[Branch, ...] = ()


def explain_text(report: Mapping[str, Any], name: str, knowledge: Knowledge, width: int = _DEFAULT_WIDTH) -> str:
    """The tree of reasons of `name`: a top key of the report, `answer 3`, a warning sign, or the id of a parameter.

    Raises UnknownNameError.
    """
    return "\n".join(_drawn(branch_of(report, name, knowledge), width)) + "\n"


def branch_of(report: Mapping[str, Any], name: str, knowledge: Knowledge) -> Branch:
    """The tree itself, as `explain_text` draws it. Raises UnknownNameError."""
    wanted = re.sub(r"[\s-]+", "_", name.strip().casefold())
    if wanted in knowledge.parameters:
        return _parameter_tree(knowledge.parameters[wanted], report, knowledge)
    if found := re.fullmatch(r"(?:answers?_?)?([0-9]{1,2})", wanted):
        for answer in report.get("answers") or ():
            if answer.get("number") == int(found.group(1)):
                return _finding_tree(f"Answer {found.group(1)}", answer, knowledge)
    if wanted in knowledge.gates:
        return _gate_tree(knowledge.gates[wanted], report, knowledge)
    if wanted not in report:
        raise UnknownNameError(_unknown(name, wanted, report, knowledge))
    return _top_tree(wanted, report[wanted], knowledge)


def _gate_tree(gate: Gate, report: Mapping[str, Any], knowledge: Knowledge) -> Branch:
    """A warning sign: what was answered, what each choice calls for and why, and its sources."""
    triage = report.get("triage") or {}
    because = triage.get("because") or ()
    told = [one for one in because if one.get("id") == gate.id and one.get("kind") == "rule"]
    if gate.id in (triage.get("unresolved") or ()):
        state = "Not known yet, and not known never counts as no."
    elif gate.id in (triage.get("fired") or ()):
        state = "It calls for more: " + "; ".join(dict.fromkeys(clean(one.get("text")) for one in told))
    else:
        state = "What was answered calls for nothing by itself."
    choices = tuple(
        Branch(text=f"{choice.label}: {choice.level.name.replace('_', ' ')}. {choice.why}".strip())
        for choice in knowledge.questions[gate.id].choices
        if choice.level is not None
    )
    sources = tuple(Branch(text=knowledge.references[source].title) for source in gate.sources)
    return Branch(
        text=gate.name,
        below=(
            Branch(text=state),
            Branch(text=gate.points_to),
            Branch(text="What each answer calls for", below=choices),
            Branch(text="Sources", below=sources),
        ),
    )


def _top_tree(name: str, value: Any, knowledge: Knowledge) -> Branch:
    title = name.replace("_", " ").capitalize()
    if isinstance(value, Mapping):
        return _finding_tree(title, value, knowledge)
    if name == "undecided":
        told = tuple(Branch(text=text) for text in question_texts(value or (), knowledge))
        return Branch(
            text="Undecided: answers to these would tell more" if told else "Nothing is undecided", below=told
        )
    if name == "answers":
        parts = (_finding_tree(f"Answer {answer.get('number')}", answer, knowledge) for answer in value or ())
        return Branch(text="The seven answers", below=tuple(parts))
    return Branch(text=f"{title}: {'none given' if value is None else clean(value)}")


def _unknown(name: str, wanted: str, report: Mapping[str, Any], knowledge: Knowledge) -> str:
    numbers = [f"answer {answer.get('number')}" for answer in report.get("answers") or ()]
    names = [*report, *numbers]
    near = get_close_matches(wanted[:_LONGEST_NAME], [*names, *knowledge.parameters], n=1)
    hint = f" Did you mean {near[0]!r}?" if near else ""
    example = next(iter(knowledge.parameters), "")
    numbers_hint = f", or the id of a number we use, such as {example}" if example else ""
    return f"Nothing here is called {clean(name)[:_LONGEST_NAME]!r}.{hint} Names: {', '.join(names)}{numbers_hint}."


def _finding_tree(title: str, finding: Mapping[str, Any], knowledge: Knowledge) -> Branch:
    parts = [*_words(finding), *_because(finding, knowledge), *_details(finding, knowledge)]
    parts += [Branch(text=f"{one.name}: {one.criterion}", below=_range_words(one)) for one in ranges(finding)]
    parts += _sources(finding.get("sources") or (), knowledge)
    parts.append(changes_of(finding, knowledge))
    return Branch(text=f"{title}: {_headline(finding)}", below=tuple(parts))


def _because(finding: Mapping[str, Any], knowledge: Knowledge) -> Iterator[Branch]:
    """The reasons; those of a triage hang below the warning sign that they belong to."""
    fired = finding.get("fired_because") or ()
    told = [
        Branch(text=clean(one.get("why")), below=tuple(_reason_branch(r, knowledge) for r in one.get("because") or ()))
        for one in fired
    ]
    said = {clean(one.get("why")).rstrip(".:") for one in fired}
    said |= {reason_words(reason) for one in fired for reason in one.get("because") or ()}
    rest = [reason for reason in finding.get("because") or () if reason_words(reason) not in said]
    quiet = [reason for reason in rest if _is_quiet(reason, knowledge)]
    # Thirty quiet warning signs, one by one, would bury the reasons that decided.
    many = quiet if len(quiet) > _MOST_QUIET else []
    told += [_reason_branch(reason, knowledge) for reason in rest if reason not in many]
    told += [Branch(text=f"You said no to {len(many)} warning-sign questions")] if many else []
    if told:
        yield Branch(text="Because", below=tuple(told))
    elif "because" in finding:
        yield Branch(text="Because: nothing that you told us speaks for or against it yet")
    if moved := finding.get("factors"):
        yield Branch(text="What moved it", below=tuple(_reason_branch(one, knowledge) for one in moved))


def _is_quiet(reason: Mapping[str, Any], knowledge: Knowledge) -> bool:
    """Whether a reason is a warning sign answered with a plain no."""
    question = knowledge.questions.get(str(reason.get("id")))
    if reason.get("kind") != "fact" or question is None or question.gate is None:
        return False
    return reason.get("value") in {choice.label for choice in question.choices if choice.id == "no"}


def _headline(finding: Mapping[str, Any]) -> str:
    for key in ("question", "name", "value", "level"):
        if finding.get(key) not in (None, "", []):
            return _plain(finding[key])
    return "not enough is known to say" if "value" in finding else "as follows"


def _words(finding: Mapping[str, Any]) -> Iterator[Branch]:
    for key in ("level", "headline", "summary"):
        if finding.get(key):
            yield Branch(text=_plain(finding[key]) if key != "level" else f"Level: {_plain(finding[key])}")
    if sure := finding.get("certainty") or finding.get("how_sure"):
        yield Branch(text=f"How sure: {certainty_words(str(sure), answer='certainty' in finding)}")


def _range_words(one: Any) -> tuple[Branch, ...]:
    return (
        Branch(text=f"half of people: {one.half_words}"),
        Branch(text=f"most people (8 in 10): {one.most_words}"),
        Branch(text=f"not there within a year: {one.missing_words}"),
    )


def _details(finding: Mapping[str, Any], knowledge: Knowledge) -> Iterator[Branch]:
    for key, value in finding.items():
        if key in _NOT_DETAILS or value in (None, "", [], {}):
            continue
        title = _TITLES.get(key, key.replace("_", " ").capitalize())
        if isinstance(value, Mapping):
            below = tuple(_details(value, knowledge))
            yield Branch(text=title, below=below)
        elif isinstance(value, Sequence) and not isinstance(value, str):
            yield Branch(text=title, below=tuple(_entries(value, knowledge)))
        else:
            yield Branch(text=f"{title}: {_plain(value)}")


def _entries(entries: Sequence[Any], knowledge: Knowledge) -> Iterator[Branch]:
    for entry in entries[:_LONGEST_LIST]:
        if not isinstance(entry, Mapping):
            yield Branch(text=_plain(entry))
        elif entry.get("kind") in _KINDS:
            yield _reason_branch(entry, knowledge)
        else:
            below = [*_details(entry, knowledge)]
            below += [_reason_branch(reason, knowledge) for reason in entry.get("because") or ()]
            text = next((_plain(entry[key]) for key in _ENTRY_NAMES if entry.get(key)), "one more")
            yield Branch(text=text, below=tuple(below))
    if len(entries) > _LONGEST_LIST:
        yield Branch(text=f"and {len(entries) - _LONGEST_LIST} more")


def _reason_branch(reason: Mapping[str, Any], knowledge: Knowledge) -> Branch:
    """A reason: a number carries its source, place and review, a fact the day it was said."""
    if reason.get("kind") != "parameter":
        said = f" ({clean(reason['when'])})" if reason.get("when") else ""
        return Branch(text=reason_words(reason) + said)
    source = _source_words(str(reason.get("source") or ""), clean(reason.get("locator")), knowledge)
    below = [Branch(text=f"source: {source}")]
    if reason.get("when"):
        below.append(Branch(text=f"reviewed on {clean(reason['when'])}; the number's name is {reason.get('id')}"))
    return Branch(text=reason_words(reason), below=tuple(below))


def _source_words(source: str, locator: str, knowledge: Knowledge) -> str:
    reference = knowledge.references.get(source)
    if reference is None:
        title = source
    else:
        title = "Liftback" if reference.kind == _OWN_START else f"{clean(reference.title)} ({reference.year})"
    return f"{title}: {locator}" if locator else title


def _sources(names: Iterable[str], knowledge: Knowledge) -> Iterator[Branch]:
    found = [knowledge.references[name] for name in names if name in knowledge.references]
    if found:
        lines = (f"{clean(one.title)} ({one.year}) {address(one.url)}".rstrip() for one in found)
        yield Branch(text="Sources", below=tuple(Branch(text=line) for line in lines))


def changes_of(finding: Mapping[str, Any], knowledge: Knowledge) -> Branch:
    """What would change a finding or an answer."""
    told = [clean(text) for text in _texts(finding.get("would_change"))]
    names = [*(finding.get("unresolved") or ()), *(finding.get("undecided") or ()), *(finding.get("not_known") or ())]
    told += [f"an answer to: {text}" for text in question_texts(names, knowledge)]
    told += [f"if this comes: {clean(text)}" for text in (finding.get("safety_net") or {}).get("watch_for") or ()]
    if not told:
        told = ["other answers to the facts above, or a newer value of a number above"]
    return Branch(text="What would change it", below=tuple(Branch(text=text) for text in told))


def _texts(entries: Any) -> Iterator[str]:
    for entry in [entries] if isinstance(entries, str) else entries or ():
        yield str(entry.get("text", "")) if isinstance(entry, Mapping) else str(entry)


def _parameter_tree(parameter: Parameter, report: Mapping[str, Any], knowledge: Knowledge) -> Branch:
    newest, *older = reversed(parameter.values)
    users = tuple(Branch(text=name) for name in _users(parameter.id, report))
    return Branch(
        text=f"{parameter.id}: {clean(parameter.name)}",
        below=(
            Branch(text=clean(parameter.description)),
            Branch(text=f"Unit: {_plain(parameter.unit)}"),
            Branch(
                text=f"Value: {show_value(parameter)}, since {newest.since.isoformat()}",
                below=_value_branches(newest, knowledge),
            ),
            *(Branch(text=f"Before: {_plain(one.value)}, since {one.since.isoformat()}") for one in older),
            Branch(text="Used in this report by" if users else "Not used in this report", below=users),
            Branch(
                text=f"What would change it: a better source. It is due for review by {newest.review_by.isoformat()}"
            ),
        ),
    )


def _value_branches(value: DatedValue, knowledge: Knowledge) -> tuple[Branch, ...]:
    reference = knowledge.references.get(value.source)
    source = _source_words(value.source, clean(value.locator), knowledge)
    lines = [f"source: {source}", f"how sure: {certainty_words(value.certainty)}"]
    lines += [address(reference.url)] if reference and address(reference.url) else []
    lines += [f"reviewed on {value.reviewed_on.isoformat()}", *([clean(value.note)] if value.note else [])]
    return tuple(Branch(text=line) for line in lines)


def _users(parameter: str, report: Mapping[str, Any]) -> Iterator[str]:
    for name, value in report.items():
        if name == "answers":
            for answer in value or ():
                if _mentions(answer, parameter):
                    yield f"answer {answer.get('number')}"
        elif _mentions(value, parameter):
            yield name


def _mentions(value: Any, parameter: str) -> bool:
    if isinstance(value, Mapping):
        return value.get("id") == parameter or any(_mentions(part, parameter) for part in value.values())
    return isinstance(value, list) and any(_mentions(part, parameter) for part in value)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.3g}"
    if isinstance(value, list | tuple):
        return ", ".join(_plain(part) for part in value)
    text = clean(value)
    return text.replace("_", " ") if re.fullmatch(r"[a-z0-9_]+", text) else text


def _drawn(branch: Branch, width: int) -> Iterator[str]:
    yield from textwrap.wrap(branch.text, width, break_long_words=False, break_on_hyphens=False)
    yield from _drawn_below(branch.below, width, "")


def _drawn_below(branches: Sequence[Branch], width: int, lead: str) -> Iterator[str]:
    for number, branch in enumerate(branches, start=1):
        last = number == len(branches)
        follow = lead + ("   " if last else "│  ")
        trunk = follow + ("│ " if branch.below else "")
        yield from textwrap.wrap(
            branch.text,
            max(width, len(follow) + _DEFAULT_WIDTH // 2),
            initial_indent=lead + ("└─ " if last else "├─ "),
            subsequent_indent=trunk,
            break_long_words=False,
            break_on_hyphens=False,
        )
        yield from _drawn_below(branch.below, width, follow)
