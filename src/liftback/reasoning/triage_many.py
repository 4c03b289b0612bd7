"""Triage of many lifters in one pass, with the same knowledge and the same answer as one by one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from liftback.facts.masks import Columns, masks
from liftback.knowledge.conditions import leaves
from liftback.knowledge.entries import Level, Question
from liftback.knowledge.loader import Knowledge
from liftback.reasoning.triage import unresolved_level

# Big enough to spare Python's overhead, small enough that a chunk's masks stay in the processor's cache.
CHUNK = 1 << 15


def triage_columns(knowledge: Knowledge) -> tuple[str, ...]:
    """The names of the facts that triage reads: a column for each makes the batch complete."""
    read = dict.fromkeys(knowledge.gates)
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
    levels = np.zeros(size, dtype=np.int8)
    for gate in knowledge.gates:
        table = _gate_levels(knowledge.questions[gate], unresolved_level(gate, knowledge))
        column = columns.get(gate)
        np.maximum(levels, table[-1] if column is None else table[column], out=levels)
    marked = frozenset(knowledge.gates)
    for cluster in knowledge.clusters.values():
        for rule in cluster.rules:
            found = masks(rule.when, columns, knowledge.questions, marked, size)
            counts = found.true | (~found.false & found.spoken)
            np.maximum(levels, np.where(counts, np.int8(rule.level), np.int8(0)), out=levels)
    return levels


def _gate_levels(question: Question, unresolved: Level) -> NDArray[np.int8]:
    # The last place stands for unknown, which is index -1.
    levels = [unresolved if choice.level is None else choice.level for choice in question.choices]
    return np.array([*levels, unresolved], dtype=np.int8)
