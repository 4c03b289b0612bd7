"""The Spanish catalogue: one file of English sentences and their translations, and what is made from it.

A sentence is either of the engine (marked by a comment that says where it is from) or of the pages (marked by the
files that say it), or both. Nothing here depends on the day or the machine, so that what is written again is the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

import polib  # type: ignore[import-untyped]  # it ships no types

ROOT = Path(__file__).resolve().parents[1]
LOCALE = ROOT / "src" / "liftback" / "web" / "locale"
PO = LOCALE / "es" / "LC_MESSAGES" / "django.po"
MO = PO.with_suffix(".mo")
LOOKED_FOR = LOCALE / "engine_sentences.json"
"""What the pages cannot ask the catalogue itself: which sentences are filled in when they are said (`patterns`), and
which are the same text in both languages (`same`)."""
ENGINE = "engine: "
_WIDTH = 110
_HEAD = {
    "Project-Id-Version": "liftback",
    "Language": "es",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}


def read() -> polib.POFile:
    """The catalogue as it is, or an empty one."""
    if PO.exists():
        return polib.pofile(str(PO), wrapwidth=_WIDTH)
    made = polib.POFile(wrapwidth=_WIDTH)
    made.metadata = dict(_HEAD)
    return made


def put_sentences(texts: Mapping[str, str], patterns: Iterable[str]) -> None:
    """Put the engine's sentences in, in this order and with where they are from; those it says no more go."""
    po = read()
    old = {entry.msgid: entry for entry in po if not entry.msgid_plural and entry.msgctxt is None}
    engine = [_engine_entry(text, where, old.get(text)) for text, where in texts.items()]
    pages = [one for one in po if one.occurrences and (one.msgid not in texts or one.msgid_plural or one.msgctxt)]
    _write([*engine, *pages], patterns)


def _engine_entry(text: str, where: str, old: polib.POEntry | None) -> polib.POEntry:
    occurrences = old.occurrences if old is not None else []
    said = old.msgstr if old is not None else ""
    return polib.POEntry(msgid=text, msgstr=said, comment=f"{ENGINE}{where}", occurrences=occurrences)


def put_pages(found: Mapping[tuple[str, str, str], Iterable[str]]) -> None:
    """Put the pages' strings in: (context, singular, plural) to the files that say it. What none says any more goes.

    A string that the engine says as well stays where it is, with the files added.
    """
    po = read()
    old = {(one.msgctxt or "", one.msgid, one.msgid_plural): one for one in po}
    engine = [one for one in po if one.comment.startswith(ENGINE)]
    said = {one.msgid for one in engine}
    for one in engine:
        one.occurrences = [(name, "") for name in sorted(found.get(("", one.msgid, ""), ()))]
    pages = []
    for key in sorted(found, key=lambda key: (sorted(found[key])[0], key)):
        if key[0] == "" and key[2] == "" and key[1] in said:
            continue
        pages.append(_page_entry(key, sorted(found[key]), old.get(key)))
    _write([*engine, *pages])


def _page_entry(key: tuple[str, str, str], files: list[str], old: polib.POEntry | None) -> polib.POEntry:
    context, text, plural = key
    entry = polib.POEntry(msgid=text, msgctxt=context or None, occurrences=[(name, "") for name in files])
    if plural:
        entry.msgid_plural = plural
        entry.msgstr_plural = dict(old.msgstr_plural) if old is not None else {0: "", 1: ""}
    else:
        entry.msgstr = old.msgstr if old is not None else ""
    if "%(" in text or "%(" in plural:
        entry.flags = ["python-format"]
    return entry


def _write(entries: Iterable[polib.POEntry], patterns: Iterable[str] | None = None) -> None:
    po = polib.POFile(wrapwidth=_WIDTH)
    po.metadata = dict(_HEAD)
    po.extend(entries)
    PO.parent.mkdir(parents=True, exist_ok=True)
    PO.write_text(f"{po}\n", encoding="utf-8")
    MO.write_bytes(compiled())
    LOOKED_FOR.write_text(_looked_for(kept()["patterns"] if patterns is None else list(patterns)), encoding="utf-8")


def compiled() -> bytes:
    """The catalogue as the pages read it."""
    return bytes(read().to_binary())


def kept() -> dict[str, list[str]]:
    """What LOOKED_FOR holds now."""
    if not LOOKED_FOR.exists():
        return {"patterns": [], "same": []}
    found: dict[str, list[str]] = json.loads(LOOKED_FOR.read_text(encoding="utf-8"))
    return found


def _looked_for(patterns: list[str]) -> str:
    same = [one.msgid for one in read() if one.comment.startswith(ENGINE) and one.msgid == one.msgstr]
    return json.dumps({"patterns": patterns, "same": same}, ensure_ascii=False, indent=1) + "\n"


def translate(said: Mapping[str, str]) -> None:
    """Write translations in, by their English sentence. Raises KeyError for a sentence that is not there."""
    po = read()
    entries = {one.msgid: one for one in po if not one.msgid_plural and one.msgctxt is None}
    for text, spanish in said.items():
        entries[text].msgstr = spanish
    _write(po)


def missing(texts: Iterable[str]) -> list[str]:
    """Those of the sentences that have no Spanish yet."""
    said = {one.msgid for one in read() if one.translated()}
    return [text for text in texts if text not in said]


def stale() -> list[str]:
    """The files that are not what they would be if made now."""
    made = {MO: compiled(), LOOKED_FOR: _looked_for(kept()["patterns"]).encode()}
    old = [path for path, content in made.items() if not path.exists() or path.read_bytes() != content]
    return [str(path.relative_to(ROOT)) for path in old]
