"""docs/demonstrations: one page with the drawings of all exercises, as a lifter would check them by eye.

`python -m docs.demonstrations` writes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from pathlib import Path

from liftback.exchange.demonstration_svg import demonstration_svg
from liftback.knowledge.demonstration_entries import Demonstration, parse_demonstrations
from liftback.knowledge.loader import load_knowledge, read_document

HERE = Path(__file__).resolve().parent / "demonstrations"
PAGE = "contact_sheet.html"
NOTE = "<!-- Written by docs/demonstrations.py; run `make docs`. -->"
GROUPS = {
    "settle": "Settle and move",
    "trunk": "Trunk endurance",
    "hinge": "Hinges, up to the deadlift",
    "squat": "Squats",
    "carry_row_press": "Carries, rows and presses",
}
CSS = """
:root { color-scheme: light dark; --paper: #fbfaf7; --ink: #1d2023; --muted: #555d66;
  --line: #d8d3c9; --range: #1f5f86 }
@media (prefers-color-scheme: dark) {
  :root { --paper: #14171a; --ink: #e9e6df; --muted: #adb5bd; --line: #3a4148; --range: #6db3dc }
}
@media print { :root { --paper: #fff; --ink: #000; --muted: #444; --line: #bbb; --range: #1f5f86 } }
body { margin: 0 auto; max-width: 76rem; padding: 1rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.45 system-ui, sans-serif }
.sheet { display: grid; grid-template-columns: repeat(auto-fill, minmax(17rem, 1fr)); gap: 1.2rem }
figure { margin: 0; break-inside: avoid } figcaption { font-size: .85rem; color: var(--muted) }
figcaption b { color: var(--ink); display: block; font-size: .95rem } .demonstration { display: block; width: 100% }
:root:has(#stills:checked) .fig-move { display: none } :root:has(#stills:checked) .fig-still { display: inline }
@media print { label { display: none } .sheet { grid-template-columns: repeat(3, 1fr) } body { font-size: 8pt } }
"""
INTRODUCTION = (
    "One figure with fixed lengths, moved by its joint angles; contacts stay where they are. Where less motion is "
    "asked for, and on paper, the key frames stand beside each other."
)


def demonstrations() -> dict[str, Demonstration]:
    """Every drawing by id, in the order of the files and of the entries in them."""
    found: dict[str, Demonstration] = {}
    for name, content in load_knowledge().later(("demonstrations/",)):
        found |= parse_demonstrations(read_document(name, content), name)
    order = [*GROUPS]
    return dict(sorted(found.items(), key=lambda item: order.index(item[1].group)))


def contact_sheet(drawn: Mapping[str, Demonstration], *, still: bool = False) -> str:
    """The page."""
    parts = []
    for group, title in GROUPS.items():
        figures = [_figure(one, still) for one in drawn.values() if one.group == group]
        if figures:
            parts.append(f'<h2>{escape(title)}</h2>\n<div class="sheet">\n{"".join(figures)}</div>\n')
    return (
        f'<!doctype html>\n{NOTE}\n<html lang="en"><head><meta charset="utf-8"><title>Every exercise, drawn</title>\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
        f'img-src data:">\n<style>{CSS}</style></head><body>\n<h1>Every exercise, drawn</h1>\n<p>{INTRODUCTION}</p>\n'
        f'<p><label><input type="checkbox" id="stills"> Show key frames</label></p>\n{"".join(parts)}</body></html>\n'
    )


def _figure(one: Demonstration, still: bool) -> str:
    drawing = demonstration_svg(one, still=still)
    return f"<figure>{drawing}<figcaption><b>{escape(one.name)}</b>{escape(one.says)}</figcaption></figure>\n"


def pages() -> dict[str, str]:
    """Every file of docs/demonstrations by name."""
    return {PAGE: contact_sheet(demonstrations())}


def write() -> None:
    """Write docs/demonstrations."""
    HERE.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (HERE / name).write_text(text, encoding="utf-8")


def stale() -> list[str]:
    """The files that would look different if written now."""
    return [
        f"docs/demonstrations/{name}"
        for name, text in pages().items()
        if not (HERE / name).exists() or (HERE / name).read_text(encoding="utf-8") != text
    ]


if __name__ == "__main__":
    write()
