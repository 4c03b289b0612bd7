"""The warning signs and what follows from them as JSON values, to be worked out on a phone without a network.

The values hold everything that `liftback.reasoning.triage` reads, with each threshold filled in. How they are to be
evaluated, so that nothing comes out lower than there:

1. Every condition has three values, true, false and unknown, as in `liftback.facts.evaluation`: `all` is false when a
   part is false, `any` true when one is true, `at_least` n `of` parts counts, and each is unknown while unknown parts
   could still decide. A fact that is not known makes its leaf unknown. `is` holds when one of the chosen is named.
2. A question is open while it has no answer, or "not_sure". A gate (`own` question) that is open calls for its
   `unresolved` level; a further question of a gate only where it was asked.
3. An answered question calls for the level of its choice.
4. Rules are evaluated with every open question taken as "no". A rule counts when it is true; when it is unknown and
   `while_unknown`; and when it is unknown and one of `questions` is among its leaves that are true (false below `not`).
5. Where the fact `contact` is `again_worse`, what is answered calls for one level more, at most the highest.
6. What the lifter's own words say (`words`) calls for its level, whatever is answered.
7. The level is the highest of all.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from liftback.exchange.interview_form import question_values
from liftback.exchange.report_outline import clean
from liftback.facts.own_words import Note, shown, signals_of
from liftback.facts.story import Story, facts_of
from liftback.facts.values import Facts
from liftback.facts.words import level_of
from liftback.knowledge.conditions import AllOf, AtLeastOf, Compare, Condition, Is, Not, leaves
from liftback.knowledge.entries import Gate, Level, LevelAdvice, Question
from liftback.knowledge.loader import Knowledge

CONTACT, WORSE = "contact", "again_worse"
_SINCE, _ONSET = "days_since_onset", "onset"
_LISTS = ("do", "say", "do_not", "watch_for", "may_come_later")
_LINES = ("name", "summary", "when", "where", "expected_course")
_WHILE_OPEN = ("name", "summary", "do", "say")


def offline_rules(knowledge: Knowledge, story: Story | None, *, today: date) -> dict[str, Any]:
    """All gates with their questions, the cluster rules as trees, the levels with their advice, and what is known.

    `levels` are by urgency, the least first; a level elsewhere is its place in it. `facts` are the questions beside the
    gates that the rules read, and `known` what the story says of them; `words` what its own words say of a gate that
    was not asked since. Days since the onset are counted from `known.onset`, where it is there.
    """
    gates = [knowledge.questions[name] for name in knowledge.gate_questions]
    return {
        "version": knowledge.version,
        "today": today.isoformat(),
        "levels": [_level(knowledge.levels[level]) for level in Level],
        "gates": [_gate(gate) for gate in knowledge.gates.values()],
        "questions": [_question(one, knowledge) for one in gates],
        "screens": list(dict.fromkeys(one.screen for one in gates if one.screen)),
        "rules": [
            {
                "id": rule.id, "cluster": cluster.id, "name": clean(cluster.name), "level": int(rule.level),
                "when": tree(rule.when), "why": clean(rule.why), "while_unknown": rule.while_unknown,
            }
            for cluster in knowledge.clusters.values() for rule in cluster.rules
        ],
        "contact": {"question": CONTACT, "worse": WORSE},
        "facts": [question_values(knowledge.questions[name]) for name in _beside(knowledge)],
        "known": {} if story is None else _known(story, knowledge, today),
        "words": [] if story is None else _words(story, knowledge),
    }  # fmt: skip


def tree(condition: Condition) -> dict[str, Any]:
    """A condition as nested values, every threshold filled in."""
    if isinstance(condition, Is):
        return {"fact": condition.fact, "is": sorted(condition.choices)}
    if isinstance(condition, Compare):
        return {"fact": condition.fact, "relation": condition.relation, "value": condition.threshold}
    if isinstance(condition, Not):
        return {"not": tree(condition.part)}
    parts = [tree(part) for part in condition.parts]
    if isinstance(condition, AtLeastOf):
        return {"at_least": condition.count, "of": parts}
    return {"all": parts} if isinstance(condition, AllOf) else {"any": parts}


def _level(advice: LevelAdvice) -> dict[str, Any]:
    """What a level asks; `open` has what takes the place of it where only open questions call for the level."""
    lines: dict[str, Any] = {name: clean(getattr(advice, name)) for name in _LINES}
    lists = {name: _texts(getattr(advice, name)) for name in _LISTS}
    opened = {name: getattr(advice, f"{name}_while_open") for name in _WHILE_OPEN}
    while_open = {
        name: clean(value) if isinstance(value, str) else _texts(value) for name, value in opened.items() if value
    }
    return {"id": advice.level.name, **lines, **lists, "open": while_open}


def _gate(gate: Gate) -> dict[str, Any]:
    told = {name: _texts(getattr(gate, name)) for name in ("do", "say", "do_not", "watch_for")}
    return {"id": gate.id, "name": clean(gate.name), "points_to": clean(gate.points_to), **told}


def _question(question: Question, knowledge: Knowledge) -> dict[str, Any]:
    """A question about a warning sign; a choice without a level leaves it open."""
    return {
        "id": question.id,
        "gate": question.gate,
        "own": question.id in knowledge.gates,
        "screen": question.screen,
        "text": clean(question.text),
        "short": clean(question.short or question.text),
        "help": clean(question.help),
        "unresolved": int(question.unresolved_level),
        "asked_if": None if question.asked_if is None else tree(question.asked_if),
        "choices": [
            {
                "id": one.id,
                "label": clean(one.label),
                "level": None if one.level is None else int(one.level),
                "why": clean(one.why),
            }
            for one in question.choices
        ],
    }


def _beside(knowledge: Knowledge) -> tuple[str, ...]:
    """The questions beside those of the gates that a rule, or the asking of a gate, reads."""
    rules: Iterable[Condition] = (rule.when for cluster in knowledge.clusters.values() for rule in cluster.rules)
    asking = (one.asked_if for name in knowledge.gate_questions if (one := knowledge.questions[name]).asked_if)
    read = {leaf.fact for rule in (*rules, *asking) for leaf in leaves(rule)}
    wanted = {_ONSET if name == _SINCE else name for name in read} | {CONTACT}
    return tuple(name for name in knowledge.questions if name in wanted and name not in knowledge.gate_questions)


def _known(story: Story, knowledge: Knowledge, today: date) -> dict[str, Any]:
    """What the story says beside the gates, by question; the day it began as ISO text."""
    facts: Facts = facts_of(story, knowledge, today=today)
    found = {name: facts.value(name) for name in _beside(knowledge) if name != CONTACT}
    return {
        name: value.isoformat() if isinstance(value, date) else list(value) if isinstance(value, tuple) else value
        for name, value in found.items()
        if value is not None
    }


def _words(story: Story, knowledge: Knowledge) -> list[dict[str, Any]]:
    """What the own words say of a gate that was not asked after they were shown.

    Words that are only a reason to ask call for what the open question calls for.
    """
    found = (signal for signal, _ in signals_of((Note(text=story.words),), knowledge))
    return [
        {
            "question": one.gate,
            "choice": one.choice,
            "level": int(level_of(one, knowledge) if one.choice else knowledge.questions[one.gate].unresolved_level),
            "quote": shown(one.quote),
        }
        for one in found
        if one.gate not in story.words_asked
    ]


def _texts(lines: Iterable[str]) -> list[str]:
    return [text for text in map(clean, lines) if text]
