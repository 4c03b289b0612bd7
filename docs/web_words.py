"""Every string of the pages that waits for a translation, found in templates and in Python without other tools.

`python -m docs.web_words` puts them into the Spanish catalogue with the files that say them; what is new stays empty
until somebody translates it, and what no file says any more goes. The safety pages (SAFETY) must have Spanish for all.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import django
from django.conf import settings

from docs import catalogue

SOURCE = catalogue.ROOT / "src" / "liftback"
PLACES = ("web", "records")
# A string is (context, singular, plural); context and plural are empty where there is none.
Word = tuple[str, str, str]
# Which arguments of a call are the context, the string and its plural.
_CALLS = {
    "gettext": (None, 0, None),
    "pgettext": (0, 1, None),
    "ngettext": (None, 0, 1),
    "npgettext": (0, 1, 2),
}
_NAMES = {"_": "gettext", "_n": "ngettext"}
_CALL = re.compile(r"\b(?:n?p?gettext|_)\(")
# The pages that a frightened person may need, by path below src/liftback/web: all of their strings have Spanish.
SAFETY = (
    "shared/templates/base.html",
    "shared/templates/4*.html",
    "shared/templates/5*.html",
    "shared/templates/shared/foot.html",
    "shared/templates/shared/trouble.html",
    "shared/templates/shared/described.html",
    "shared/templates/shared/why_branch.html",
    "shared/templates/cotton/*.html",
    "shared/context.py",
    "shared/signs.py",
    "shared/pages.py",
    "shared/limits.py",
    "shared/middleware.py",
    "shared/body_regions.py",
    "settings.py",
    "lifter/front/*.py",
    "lifter/templates/lifter/front/*.html",
    "lifter/offline/*.py",
    "lifter/templates/lifter/offline/*.html",
    "lifter/templates/lifter/training/first_hours.html",
    "lifter/templates/lifter/training/first.html",
    "lifter/templates/lifter/training/flare.html",
    "lifter/templates/lifter/training/held.html",
    "lifter/templates/lifter/training/_stop.html",
    "lifter/templates/lifter/training/_net.html",
    "lifter/templates/lifter/training/_told.html",
    "lifter/templates/lifter/training/_blocks.html",
    "lifter/training/flaring.py",
    "lifter/care/messages.py",
    "lifter/templates/lifter/care/messages.html",
    "lifter/templates/lifter/care/_waiting.html",
    "shared/templates/shared/thread.html",
)


def words() -> dict[Word, set[str]]:
    """Every string of the pages, with the files that say it (paths below src/liftback)."""
    found: dict[Word, set[str]] = {}
    for place in PLACES:
        for path in sorted((SOURCE / place).rglob("*")):
            if path.suffix not in (".py", ".html", ".txt") or "__pycache__" in path.parts:
                continue
            for word in words_of(path):
                found.setdefault(word, set()).add(path.relative_to(SOURCE).as_posix())
    return found


def words_of(path: Path) -> Iterator[Word]:
    """The strings of one file."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        yield from _called(ast.parse(text))
    else:
        yield from _of_template(text)


def of_safety(found: dict[Word, set[str]]) -> dict[Word, set[str]]:
    """Those of the strings that a safety page says."""
    return {word: files for word, files in found.items() if any(map(_is_safety, files))}


def _is_safety(file: str) -> bool:
    below = Path(file)
    return below.parts[0] == "web" and any(Path(*below.parts[1:]).match(pattern) for pattern in SAFETY)


def _of_template(text: str) -> Iterator[Word]:
    from django.utils.translation.template import templatize  # noqa: PLC0415 - needs settings first

    if not settings.configured:
        settings.configure()
        django.setup()
    code = templatize(text)
    for match in _CALL.finditer(code):
        expression = _expression(code[match.start() :])
        if expression is not None:
            yield from _called(expression)


def _expression(code: str) -> ast.expr | None:
    """The shortest whole call that the code begins with."""
    for end in (place for place, sign in enumerate(code, start=1) if sign == ")"):
        try:
            return ast.parse(code[:end], mode="eval").body
        except SyntaxError:
            continue
    return None


def _called(tree: ast.AST) -> Iterator[Word]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            word = _word(node)
            if word is not None:
                yield word


def _word(call: ast.Call) -> Word | None:
    name = ast.unparse(call.func).rpartition(".")[2]
    name = _NAMES.get(name, name).removesuffix("_lazy").removesuffix("_noop")
    if name not in _CALLS:
        return None
    context, singular, plural = (_text(call, place) for place in _CALLS[name])
    return (context, singular, plural) if singular.strip() else None


def _text(call: ast.Call, place: int | None) -> str:
    if place is None or place >= len(call.args):
        return ""
    given = call.args[place]
    return given.value if isinstance(given, ast.Constant) and isinstance(given.value, str) else ""


def missing(wanted: dict[Word, set[str]]) -> list[str]:
    """Those of the strings that have no Spanish yet, each with a file that says it."""
    said = {(one.msgctxt or "", one.msgid, one.msgid_plural) for one in catalogue.read() if one.translated()}
    return [f"{sorted(files)[0]}: {word[1]}" for word, files in wanted.items() if word not in said]


def main(arguments: list[str]) -> int:
    """Put the strings into the catalogue; with --check only name those of safety pages that lack Spanish, return 1."""
    found = words()
    if "--check" not in arguments:
        catalogue.put_pages(found)
    lacking = missing(of_safety(found) if "--all" not in arguments else found)
    for line in lacking:
        print(line)
    return 1 if lacking and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
