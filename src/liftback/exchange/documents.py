"""Read a YAML or JSON file as people write one: words, numbers, days, lists and lines of `name: value`.

All that YAML can do beyond it is refused or left as the text that was typed. Tags, aliases and merges can make a
small file endless or run code; a key written twice would lose the first answer without a word; and numbers in
disguise turn an age of 012 into ten and a typed 1:30 into ninety. Deep nesting is refused before libyaml sees it
as a tree, because it would crash there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import yaml

from liftback.exchange.file_kinds import foreign_kind

DEEPEST = 10
_LONGEST_NUMBER = 15
"""Digits; a longer number is no answer, and it stays text that is refused as one."""
_SHOWN = 60


class DocumentError(Exception):
    """A file that is no plain YAML or JSON: one sentence with what is wrong, where, and what to do."""


def read_document(content: bytes, what: str) -> object:
    """The values of a YAML or JSON file; `what` names it in a refusal ("The story"). Raises DocumentError."""
    text = _text(content, what)
    try:
        document = _json(text, what) if text.lstrip().startswith("{") else _yaml(text, what)
    except json.JSONDecodeError:  # YAML may begin with a brace too
        document = _yaml(text, what)
    except RecursionError:
        raise DocumentError(f"{what} is nested deeper than {DEEPEST} levels; please write it flat.") from None
    _refuse_half_letters(document, what)
    return document


def shown(value: object) -> str:
    """A value as quoted in a refusal: enough to find the place, never a page of it, and never two lines."""
    text = str(value)
    return repr(text if len(text) <= _SHOWN else text[: _SHOWN - 3] + "...")


def _text(content: bytes, what: str) -> str:
    kind = foreign_kind(content)
    if kind is not None:
        raise DocumentError(f"{what} is {kind.name}, not a text file; give a YAML or JSON file.")
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise DocumentError(f"{what} is not readable as text at line {line}; save it as UTF-8 and try again.") from None
    if "\x00" in text:
        raise DocumentError(f"{what} is not a text file; give a YAML or JSON file, saved as UTF-8.")
    return text


# --- JSON --------------------------------------------------------------------------------------------------


def _json(text: str, what: str) -> object:
    def pairs(found: list[tuple[str, Any]]) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for key, value in found:
            if key in made:
                raise DocumentError(f"In {_inside(what)} {shown(key)} is written twice; keep one.")
            made[key] = value
        return made

    document = json.loads(text, object_pairs_hook=pairs, parse_int=_whole_number)
    if _depth(document) > DEEPEST:
        raise RecursionError
    return document


def _inside(what: str) -> str:
    return what[:1].lower() + what[1:] if what.startswith("The ") else what


def _whole_number(digits: str) -> int | str:
    return int(digits) if len(digits) <= _LONGEST_NUMBER else digits


def _depth(value: object) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return 0 if inner is None else 1 + max(map(_depth, inner), default=0)


def _refuse_half_letters(document: object, what: str) -> None:
    # JSON can write half of a letter (\ud800), which no file and no screen can hold.
    for text in _texts(document):
        if any("\ud800" <= letter <= "\udfff" for letter in text):
            raise DocumentError(f"{what} holds half a letter in {shown(text)}; please write that word again.")


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(key)
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


# --- YAML --------------------------------------------------------------------------------------------------


def _yaml(text: str, what: str) -> object:
    try:
        _refuse_tricks(text, what)
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
            _refuse_doubles(node, what)
            return None if node is None else loader.construct_document(node)
        finally:
            loader.dispose()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" at line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        problem = " ".join(str(getattr(error, "problem", None) or "it cannot be read").split())
        # Newer readers look that far ahead by themselves, and stop before the depth could be counted here.
        if "nesting depth" in problem:
            line = mark.line + 1 if mark else 1
            raise DocumentError(
                f"{what} is nested deeper than {DEEPEST} levels at line {line}; please write it flat."
            ) from None
        raise DocumentError(
            f"{what} is not readable as YAML{where}: {problem}. Check the indents and quotes."
        ) from None


def _refuse_tricks(text: str, what: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        line = event.start_mark.line + 1 if event.start_mark is not None else 1
        if isinstance(event, yaml.AliasEvent):
            raise DocumentError(f"{what} uses a YAML alias (*{event.anchor}); please write the value out.")
        tag = getattr(event, "tag", None)
        if tag is not None:
            raise DocumentError(f"{what} uses a YAML tag ({shown(tag)}) at line {line}; please write the plain value.")
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise DocumentError(f"{what} is nested deeper than {DEEPEST} levels at line {line}; please write it flat.")


def _refuse_doubles(node: yaml.Node | None, what: str) -> None:
    if isinstance(node, yaml.MappingNode):
        seen: dict[str, int] = {}
        for key, value in node.value:
            line, name = key.start_mark.line + 1, str(key.value)
            if name in seen:
                raise DocumentError(
                    f"In {_inside(what)} {shown(name)} is written twice, at lines {seen[name]} and {line}; keep one."
                )
            seen[name] = line
            _refuse_doubles(value, what)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            _refuse_doubles(value, what)


_BASE: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_Loader: Any = type("_Loader", (_BASE,), {"__doc__": "YAML's plain values only.", "yaml_implicit_resolvers": {}})
_DIGITS = "0123456789"
_WHOLE = rf"(?:0|[1-9][0-9]{{0,{_LONGEST_NUMBER - 1}}})"
_TIME = r"(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?(?:[ \t]*(?:Z|[-+][0-9]{1,2}(?::?[0-9]{2})?))?"
_PLAIN_VALUES = (
    ("null", "~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", "yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF", list("yYnNtTfFoO")),
    ("int", rf"[-+]?{_WHOLE}", list("-+" + _DIGITS)),
    ("float", rf"[-+]?{_WHOLE}?\.[0-9]{{1,{_LONGEST_NUMBER}}}", list("-+." + _DIGITS)),
    ("timestamp", rf"[0-9]{{4}}-[0-9]{{1,2}}-[0-9]{{1,2}}(?:{_TIME})?", list(_DIGITS)),
)
for _tag, _pattern, _first in _PLAIN_VALUES:
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(rf"^(?:{_pattern})$"), _first)


def _day(loader: Any, node: Any) -> object:
    # A day that is in no calendar stays as typed; whoever asked for a date can then say which answer it was.
    try:
        return loader.construct_yaml_timestamp(node)
    except (ValueError, OverflowError):
        return node.value


_Loader.add_constructor("tag:yaml.org,2002:timestamp", _day)
