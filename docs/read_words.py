"""Twenty texts, and the page that shows what Liftback reads in them: docs/generated/words.md."""

from __future__ import annotations

from datetime import date

from liftback import operations
from liftback.knowledge.loader import Knowledge

SAMPLE_DAY = date(2026, 11, 23)
STORY = (
    "Tweaked my low back on the third rep of 180 kg deadlifts three days ago. Right side, pain down to the calf. "
    "Worse sitting, better walking. Took ibuprofen. No numbness, peeing fine."
)
INTRODUCTION = (
    "Words can raise an alarm and never clear one. A sign that is there, or in doubt, counts as given until its "
    "question is answered; whatever is not mentioned stays open. The level is that of the words alone, with every "
    "other warning sign still to be asked. The phrases are in `knowledge/words/`, one file for each gate.\n"
)
EXAMPLES = (
    ("The negator is the symptom", "can't feel when I wipe, since Tuesday's deadlifts"),
    ("The negator is the symptom", "haven't peed since last night and it isn't for want of trying"),
    ("A no, and where it ends", "No numbness, no fever, no weakness but my foot drags on the stairs"),
    ("A list of noes", "no fever, chills, numbness between the legs or weakness"),
    ("A no of the other kind", "No idea why but both feet are numb since the weekend"),
    ("In doubt", "I think my groin is a bit numb, not sure"),
    ("Long ago", "Had a numb left foot in 2019, fully recovered. Today only my back is stiff"),
    ("Long ago, and there again", "foot drop in 2019, and since Monday it is back"),
    ("Somebody else", "My wife had cauda equina and couldn't pee, so I worry"),
    ("Somebody else says it of you", "My coach says my right foot slaps when I walk"),
    ("Asked, read, feared", "Should I worry about losing bladder control? I read that a disc can cause it"),
    ("Only with effort", "I leak a bit on heavy deadlifts"),
    ("Only with effort, for years", "I've leaked a little on double unders for years, same as always"),
    ("Typing", "CANT FEEL ANYTHING DOWN THERE sinse tuesady 😳"),
    ("Gym talk", "Legs dead after squats, massive back pump, nearly pissed myself laughing"),
    ("Which steroids?", "been on steroids for a while"),
    ("Not said in plain words", "my old fella won't stand to attention since the disc went"),
    ("A note in a log", "5x5 at 140, easy. Peeing like cola since yesterday though"),
    (
        "A whole story",
        STORY,
    ),
    ("Another language", "Ich habe seit gestern Rückenschmerzen und kann nicht schlafen"),
)


def words_page(knowledge: Knowledge) -> str:
    """The page: each text, what was read in it, and the level that follows from these words alone."""
    lines = [
        "# Free words: twenty worked examples\n",
        INTRODUCTION,
    ]
    for number, (title, text) in enumerate(EXAMPLES, start=1):
        lines += [f"## {number}. {title}\n", f"> {text}\n", *_read(text, knowledge)]
    return "\n".join(lines)


def _read(text: str, knowledge: Knowledge) -> list[str]:
    found = operations.read_text(text=text, today=SAMPLE_DAY, knowledge=knowledge)
    shown = operations.show_text(read=found, output="json", knowledge=knowledge)
    if not isinstance(shown, dict):
        raise TypeError("JSON values are a mapping")
    lines = [f'- `{one["gate"]}` {one["state"]}: "{one["quote"]}" (rule `{one["rule"]}`)' for one in shown["signals"]]
    lines += [f'- {one["question"]} = {_value(one["value"])}: "{one["quote"]}"' for one in shown["facts"]]
    lines += [f"- {shown['message']}"] if shown["message"] else []
    open_only = ", because of what is still to be asked" if shown["triage"]["only_open"] else ""
    return [*(lines or ["- nothing"]), f"\nFrom these words alone: **{shown['triage']['level']}**{open_only}.\n"]


def _value(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
