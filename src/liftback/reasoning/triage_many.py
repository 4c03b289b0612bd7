"""Triage of many lifters in one pass, with the same knowledge and the same answer as one by one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from liftback.facts.masks import UNKNOWN, Columns, masks
from liftback.knowledge.conditions import Is, leaves
from liftback.knowledge.entries import Level, Question
from liftback.knowledge.loader import Knowledge
from liftback.reasoning.triage import unresolved_level

# Big enough to spare Python's overhead, small enough that a chunk's masks stay in the processor's cache.
CHUNK = 1 << 15
GOT_WORSE = Is(fact="contact", choices=frozenset({"again_worse"}))


def triage_columns(knowledge: Knowledge) -> tuple[str, ...]:
    """The names of the facts that triage reads: a column for each makes the batch complete."""
    read = dict.fromkeys((*knowledge.gate_questions, GOT_WORSE.fact))
    for cluster in knowledge.clusters.values():
        for rule in cluster.rules:
            read.update(dict.fromkeys(leaf.fact for leaf in leaves(rule.when)))
    return tuple(read)


def triage_many(columns: Mapping[str, NDArray[Any]], knowledge: Knowledge) -> NDArray[np.int8]:
    """The triage level of every lifter, as the numbers of `Level`.

    `columns` are as in `liftback.facts.masks`; a fact without a column is unknown for everybody. Raises
    ValueError when the columns are not all of one length.
    """
    sizes = {len(column) for column in columns.values()}
    if len(sizes) > 1:
        raise ValueError(f"columns of different lengths: {sorted(sizes)}")
    size = sizes.pop() if sizes else 0
    levels = np.zeros(size, dtype=np.int8)
    for start in range(0, size, CHUNK):
        part = {name: column[start : start + CHUNK] for name, column in columns.items()}
        levels[start : start + CHUNK] = _triage_chunk(part, knowledge, min(CHUNK, size - start))
    return levels


def _triage_chunk(columns: Columns, knowledge: Knowledge, size: int) -> NDArray[np.int8]:
    fired, unresolved = np.zeros((2, size), dtype=np.int8)
    closed = dict(columns)
    for name in knowledge.gate_questions:
        question = knowledge.questions[name]
        column = columns.get(name, np.full(size, UNKNOWN, dtype=np.int8))
        fired_levels, open_levels, closed_choice = _gate_tables(question, unresolved_level(name, knowledge))
        np.maximum(fired, fired_levels[column], out=fired)
        if name not in knowledge.gates:
            open_levels[UNKNOWN] = 0  # a further question that was never asked leaves no gate open
        np.maximum(unresolved, open_levels[column], out=unresolved)
        closed[name] = closed_choice[column]
    marked = frozenset(knowledge.gate_questions)
    for cluster in knowledge.clusters.values():
        for rule in cluster.rules:
            found = masks(rule.when, closed, knowledge.questions, marked, size)
            counts = found.true | (~found.false & (found.spoken | rule.while_unknown))
            np.maximum(fired, np.where(counts, np.int8(rule.level), np.int8(0)), out=fired)
    worse = masks(GOT_WORSE, columns, knowledge.questions, frozenset(), size).true
    np.minimum(fired + worse, np.int8(Level.emergency), out=fired)
    return np.maximum(fired, unresolved)


def _gate_tables(question: Question, unresolved: Level) -> tuple[NDArray[np.int8], ...]:
    """For each choice, and in the last place for unknown (-1): level fired, level while open, choice within rules."""
    levels = [*(choice.level for choice in question.choices), None]
    no = question.choice_ids.index("no")
    fired = [0 if level is None else int(level) for level in levels]
    open_levels = [int(unresolved) if level is None else 0 for level in levels]
    closed = [no if level is None else place for place, level in enumerate(levels)]
    return tuple(np.array(table, dtype=np.int8) for table in (fired, open_levels, closed))
