"""A picture without style attributes, for pages whose rules allow none: each rule becomes an attribute of its own."""

from __future__ import annotations

import re

_TAG = re.compile(r'<[A-Za-z](?:[^<>"]|"[^"]*")*>')
_ATTRIBUTE = re.compile(r'\s+([A-Za-z_:][\w:.-]*)="([^"]*)"')
_STYLE = "style"


def svg_without_styles(svg: str) -> str:
    """The same picture with `fill="x"` instead of `style="fill:x"`; nothing else of it is changed.

    A rule wins over an attribute of the same name, as it does in a browser.
    """
    return _TAG.sub(lambda tag: _plain(tag.group()) if f"{_STYLE}=" in tag.group() else tag.group(), svg)


def _plain(tag: str) -> str:
    rules = [rule for name, value in _ATTRIBUTE.findall(tag) if name == _STYLE for rule in _rules(value)]
    ruled = {name for name, _ in rules}

    def one(attribute: re.Match[str]) -> str:
        name = attribute.group(1)
        if name == _STYLE:
            return "".join(f' {rule}="{value}"' for rule, value in rules)
        return "" if name in ruled else attribute.group()

    return _ATTRIBUTE.sub(one, tag)


def _rules(style: str) -> list[tuple[str, str]]:
    """The rules of a style, the last of each name."""
    pairs = (rule.partition(":") for rule in style.split(";") if rule.strip())
    return list({name.strip(): value.strip() for name, _, value in pairs}.items())
