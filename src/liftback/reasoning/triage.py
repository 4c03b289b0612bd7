"""Triage: the highest level that any gate or cluster calls for, with what to do and a written safety net.

Nothing lowers a level. A gate without an answer is unresolved and calls for the level one step below the
highest that its answers could reach, but never less than a clinician's look; so an unanswered emergency gate
means `same_day`. A cluster rule counts when it holds, and also while it cannot be ruled out: when one of its
gate facts is there and what else it reads from the story is unknown. (An open gate raises the level by itself,
so within rules it does not count as there.) Worse since the last contact is one level up.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from liftback.facts.evaluation import Trace, evaluate, holds, true_leaves, unknown_leaves
from liftback.facts.values import NOT_ASKED, Facts, Known
from liftback.knowledge.entries import Choice, ClusterRule, Gate, Level, LevelAdvice
from liftback.knowledge.loader import Knowledge
from liftback.reasoning.findings import Reason, fact_reason, questions_for, trace_reasons, unique


@dataclass(frozen=True, slots=True, kw_only=True)
class Fired:
    """A gate or cluster rule that calls for a level, with the reason in words.

    `unknown`: a rule that counts only because nobody knows.
    """

    id: str
    kind: str
    level: Level
    why: str
    because: tuple[Reason, ...]
    unknown: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Actions:
    """What to do, what to say at the door, and what not to do."""

    do: tuple[str, ...]
    say: tuple[str, ...]
    do_not: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyNet:
    """What to watch for, when and where to get help, the expected course, and what may come later."""

    watch_for: tuple[str, ...]
    when: str
    where: str
    expected_course: str
    may_come_later: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Triage:
    """The level with its advice, everything that fired (most urgent first) and the gates still unresolved.

    `only_open`: nothing that was answered calls for this level, only what was not.
    """

    value: str
    level: Level
    name: str
    summary: str
    actions: Actions
    safety_net: SafetyNet
    fired: tuple[Fired, ...]
    unresolved: tuple[str, ...]
    because: tuple[Reason, ...]
    undecided: tuple[str, ...]
    only_open: bool
    sources: tuple[str, ...]


def triage(facts: Facts, knowledge: Knowledge) -> Triage:
    """Triage one lifter."""
    still_open = tuple(name for name in knowledge.gate_questions if choice_of(name, facts, knowledge) is None)
    # A gate is resolved by the question of its own name. A further question of it leaves no gate open, but being
    # asked and not answering it, or not being sure, is no plain no either.
    unresolved = tuple(name for name in still_open if name in knowledge.gates)
    unsure = tuple(name for name in still_open if name not in knowledge.gates and facts[name] != NOT_ASKED)
    fired = (*_fired_gates(facts, knowledge), *_fired_rules(facts, still_open, knowledge))
    fired = tuple(sorted(fired, key=lambda one: -one.level))
    highest = max((one.level for one in fired), default=Level.self_manage)
    open_levels = [unresolved_level(name, knowledge) for name in (*unresolved, *unsure)]
    answered = stepped_up(highest) if got_worse(facts) else highest
    level = max([answered, *open_levels])
    only_open = level > answered or _only_unknown(fired, level)
    advice = _while_open(knowledge.levels[level]) if only_open else knowledge.levels[level]
    gates = list(dict.fromkeys(knowledge.gates[one.id] for one in fired if one.kind == "gate"))
    return Triage(
        value=level.name,
        level=level,
        name=advice.name,
        summary=advice.summary,
        actions=_actions(advice, [gate for gate in gates if _speaks(gate, fired, level, knowledge)], facts),
        safety_net=_safety_net(advice, gates),
        fired=fired,
        unresolved=unresolved,
        because=_because(level, fired, (*unresolved, *unsure), facts, knowledge),
        undecided=(*still_open, *_would_clear(facts, knowledge)),
        only_open=only_open,
        sources=tuple(dict.fromkeys((*(s for gate in gates for s in gate.sources), *advice.sources))),
    )


@cache  # most notes tell no sign
def triage_of_silence(knowledge: Knowledge) -> Triage:
    """Triage of a lifter who has told nothing: every gate is unresolved."""
    return triage(Facts({}), knowledge)


def choice_of(question: str, facts: Facts, knowledge: Knowledge) -> Choice | None:
    """The choice made for a gate question, or None while it is unresolved (not answered, or not sure)."""
    fact = facts[question]
    if not isinstance(fact, Known):
        return None
    chosen = next((choice for choice in knowledge.questions[question].choices if choice.id == fact.value), None)
    return chosen if chosen is not None and chosen.level is not None else None


def unresolved_level(question: str, knowledge: Knowledge) -> Level:
    """The level that an unresolved gate question calls for."""
    return knowledge.questions[question].unresolved_level


def _fired_gates(facts: Facts, knowledge: Knowledge) -> list[Fired]:
    fired = []
    for question, gate in knowledge.gate_questions.items():
        choice = choice_of(question, facts, knowledge)
        if choice is not None and choice.level is not None and choice.level > Level.self_manage:
            reason = fact_reason(question, facts, knowledge)
            fired.append(Fired(id=gate, kind="gate", level=choice.level, why=choice.why, because=(reason,)))
    return fired


def got_worse(facts: Facts) -> bool:
    """Whether the lifter asks again because it got worse: missed trouble hides among repeat contacts."""
    return "again_worse" in facts.chosen("contact")


def stepped_up(level: Level) -> Level:
    """One level more urgent, at most emergency."""
    return Level(min(level + 1, Level.emergency))


def _fired_rules(facts: Facts, still_open: tuple[str, ...], knowledge: Knowledge) -> list[Fired]:
    # Only within rules, and only because an open gate already speaks for itself outside them.
    closed = facts.adding({name: Known(value="no", source="open gate") for name in still_open})
    fired = []
    for cluster in knowledge.clusters.values():
        for rule in cluster.rules:
            if holds(rule.when, closed) is False:
                continue
            trace = evaluate(rule.when, closed)
            unknown = trace.value is None and rule.while_unknown
            if unknown or trace.value is True or cannot_be_ruled_out(trace, knowledge):
                fired.append(_fired_rule(rule, trace, facts, knowledge))
    return fired


def cannot_be_ruled_out(trace: Trace, knowledge: Knowledge) -> bool:
    """Whether a rule is unknown while one of its gate facts is there: then it counts, to be safe."""
    return trace.value is None and any(leaf.fact in knowledge.gate_questions for leaf in true_leaves(trace))


def _would_clear(facts: Facts, knowledge: Knowledge) -> tuple[str, ...]:
    """The questions that would decide the rules which count only because nobody knows."""
    rules = (rule for cluster in knowledge.clusters.values() for rule in cluster.rules if rule.while_unknown)
    unknown = (leaf for rule in rules for leaf in unknown_leaves(evaluate(rule.when, facts)))
    return questions_for(unknown, knowledge)


def _fired_rule(rule: ClusterRule, trace: Trace, facts: Facts, knowledge: Knowledge) -> Fired:
    missing = questions_for(unknown_leaves(trace), knowledge)
    reasons = trace_reasons(trace, facts, knowledge)
    open_reasons = tuple(fact_reason(name, facts, knowledge) for name in missing)
    because = (*reasons, *open_reasons)
    unknown = rule.while_unknown and trace.value is None
    return Fired(id=rule.id, kind="rule", level=rule.level, why=rule.why, because=because, unknown=unknown)


def calling(fired: tuple[Fired, ...], level: Level) -> tuple[Fired, ...]:
    """What calls for the level (the highest of it, where an open question or a worse course asks for more).

    From today on up, what would only call for less is left out: beside an alarm it sounds like comfort.
    """
    highest = max((one.level for one in fired), default=level)
    return tuple(one for one in fired if one.level >= min(level, highest, Level.same_day))


def _speaks(gate: Gate, fired: tuple[Fired, ...], level: Level, knowledge: Knowledge) -> bool:
    """Whether a gate's own lines are said: it calls for the level itself, or a rule does that rests on it.

    The lines are written for the sign at its full strength. An old, mild or passing form of an urgent sign is told
    in the level's own words: nobody is to ask at the door for an MRI now because of a small leak known for years.
    """
    heard = calling(fired, level)
    rules = [one for one in heard if one.kind == "rule"]
    rests_on = {knowledge.gate_questions.get(reason.id) for one in rules for reason in one.because}
    own = [one for one in heard if one.kind == "gate" and one.id == gate.id]
    return gate.id in rests_on or any(not _is_mild(one, knowledge) for one in own)


def _is_mild(fired: Fired, knowledge: Knowledge) -> bool:
    questions = [name for name, gate in knowledge.gate_questions.items() if gate == fired.id]
    levels = [choice.level for name in questions for choice in knowledge.questions[name].choices if choice.level]
    return fired.level is Level.routine and max(levels) >= Level.same_day


def _only_unknown(fired: tuple[Fired, ...], level: Level) -> bool:
    calling = [one for one in fired if one.level == level]
    return bool(calling) and all(one.unknown for one in calling)


def _while_open(advice: LevelAdvice) -> LevelAdvice:
    return replace(
        advice,
        name=advice.name_while_open or advice.name,
        summary=advice.summary_while_open or advice.summary,
        do=advice.do_while_open or advice.do,
        say=advice.say_while_open or advice.say,
    )


def _dated(line: str, facts: Facts) -> str:
    """A line for the door with the day the pain began, or a place to say it."""
    return line.replace("{onset}", str(facts.value("onset") or "(say when)"))


def _actions(advice: LevelAdvice, gates: list[Gate], facts: Facts) -> Actions:
    return Actions(
        do=_joined(advice.do, [gate.do for gate in gates]),
        say=tuple(
            _dated(line, facts) for line in _joined([said for gate in gates for said in gate.say] or advice.say, [])
        ),
        do_not=_joined(advice.do_not, [gate.do_not for gate in gates]),
    )


def _joined(first: tuple[str, ...] | list[str], more: list[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*first, *(line for lines in more for line in lines)]))


def _safety_net(advice: LevelAdvice, gates: list[Gate]) -> SafetyNet:
    return SafetyNet(
        watch_for=_joined(advice.watch_for, [gate.watch_for for gate in gates]),
        when=advice.when,
        where=advice.where,
        expected_course=advice.expected_course,
        may_come_later=advice.may_come_later,
    )


def _because(
    level: Level, fired: tuple[Fired, ...], unresolved: tuple[str, ...], facts: Facts, knowledge: Knowledge
) -> tuple[Reason, ...]:
    reasons: list[Reason] = []
    for one in fired:
        reasons.append(Reason(kind="rule", id=one.id, text=one.why, value=one.level.name))
        reasons.extend(one.because)
    for name in unresolved:
        reason = fact_reason(name, facts, knowledge)
        reasons.append(reason)
        if unresolved_level(name, knowledge) == level:
            gate = knowledge.gates[knowledge.gate_questions[name]]
            text = f"{gate.name}: not known yet, and not known never counts as no"
            reasons.append(Reason(kind="rule", id=f"{name}.unresolved", text=text, value=level.name))
    if got_worse(facts):
        text = "You ask again and it is worse: one level up, since missed trouble hides among repeat contacts"
        reasons += [Reason(kind="rule", id="triage.worse_again", text=text), fact_reason("contact", facts, knowledge)]
    if level is Level.self_manage:
        text = f"All {len(knowledge.gates)} warning signs were answered, and no answer called for a clinician now"
        reasons.append(Reason(kind="rule", id="triage.all_gates_answered", text=text, value=level.name))
    return unique(reasons)
