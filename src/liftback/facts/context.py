"""The words around a phrase: whether they state it, deny it, imagine it, or place it long ago or with another.

Texts come normalised (small letters, no apostrophes: "cant", "dont"). A cue counts within its own clause, which
ends at words like "but", at a new subject, and at the end of the sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """A phrase with the rest of its sentence, whether that asks, and its neighbours `earlier` and `then`."""

    before: str
    match: str
    after: str
    asked: bool = False
    then: str = ""
    earlier: str = ""


def polarity(around: Surroundings, *, history: bool = False) -> str:
    """One of stated, denied, hypothetical, past, other_person, uncertain.

    `history` is for a flag that having had it once is enough for: then the past counts as stated.
    """
    clause = _clause(_without_pseudo(around.before))
    if _of_other(around, clause):
        return "other_person"
    if _imagined(around):
        return "hypothetical"
    negated = False if _EXCEPT.search(around.match) else _negated(clause, around)
    if negated is True or _denied_after(around):
        return "denied"
    past = False if history else _long_past(around)
    if past is True:
        return "past"
    if negated is None or past is None or _in_doubt(around, clause):
        return "uncertain"
    return "stated"


# --- where a cue's reach ends ------------------------------------------------------------------------------

_SUBJECT = r"(?:i|im|ive|id|my|its|it|the|this|that|theres|there|now|then|both|today|yesterday|suddenly|when|after)"
_ENDS_CLAUSE = re.compile(
    r"\b(?:but|however|except|though|although|tho|only|apart from|aside from|other than|yet|besides|until|because|"
    r"cos|cuz|coz|bc|due to|so|which|while|whereas|just|instead|plus|then|since)\b"
    rf"|(?:,| and| -|:) (?={_SUBJECT}\b)|\b(?:as|cause) (?={_SUBJECT}\b)|\bbefore now\b"
    r"|\b(?=its (?:the|my|a)\b)"
)
# These look like a no and are none.
_PSEUDO = re.compile(
    r"\b(?:no idea|no clue|no doubt|no wonder|no matter|no joke|no lie|no word of a lie|no change|no better|"
    r"no relief|no reason|no history of injury|not better|not any better|not getting better|not improving|"
    r"not going away|not gonna lie|not going to lie|not kidding|not joking|not to mention|not only|not just|"
    r"not normal|not right|not good|not great|not well|not ok|not okay|not drunk|"
    r"not (?:even )?(?:trying|dieting|cutting|on a (?:cut|diet)|eating less)|"
    r"dont know (?:why|what|how|if|whether)|"
    r"not (?:so |really |too |100 |entirely )?(?:sure|certain)|cant (?:believe|explain|understand|stop)|"
    r"without (?:any )?(?:warning|noticing|knowing|realising|realizing|feeling(?: it)?|trying|even trying|"
    r"meaning to)|"
    r"never (?:had|felt|experienced|seen) (?:this|that|anything|it|pain like)|never happened before|never before|"
    r"dont want to|didnt want to|not long|not lifting|not training|cant (?:sleep|sit|stand|lie|train|lift|"
    r"walk|move))\b"
    r"|\b(?:no|nope|nah)(?=\s*,)"
)
_MASK = "~"


def _without_pseudo(text: str) -> str:
    return _PSEUDO.sub(lambda match: _MASK * len(match.group()), text)


def _clause(before: str) -> str:
    ends = [match.end() for match in _ENDS_CLAUSE.finditer(before)]
    return before[ends[-1] :] if ends else before


# --- denial ------------------------------------------------------------------------------------------------

# "No numbness except between my legs": the no ends inside the phrase.
_EXCEPT = re.compile(r"\b(?:except|apart from|besides|other than|aside from|but|only)\b")

_NOT = re.compile(
    r"\b(?:no|not|never|without|denies|deny|denied|nor|neither|none of|none|nothing|zero|nowhere|aint|isnt|"
    r"arent|wasnt|werent|"
    r"dont|doesnt|didnt|havent|hasnt|hadnt|wont|wouldnt|cannot say|cant say|cant (?:feel|find|notice|see|report) any|"
    r"couldnt say|free of|free from|lack of|negative for|ruled out|minus)\b"
)
_OR = re.compile(r"(?: or | nor |/)")
_SPLITS = re.compile(r"\s*,\s*|\s+(?:and|or|nor)\s+|\s*/\s*|\s+&\s+")
_NOUN = re.compile(
    r"(?:ness|tingling|fevers?|chills?|sweats?|sweating|loss|problems?|issues?|changes?|symptoms?|"
    r"incontinence|leaks?|"
    r"leaking|leakage|needles|shivers|shakes|anesthesia|anaesthesia|dysfunction|retention|swelling|bleeding|blood)$"
)
_LIKE_THIS = re.compile(r"^\s*(?:like (?:this|that)|this (?:bad|much)|until|till)\b")
_ONE_REACH = 6  # words between a no and what it denies
_ITEM = 4  # words of one item of a list that a no stands before
_LONGEST_LIST = 12


def _negated(clause: str, around: Surroundings) -> bool | None:
    """Whether a no before the phrase reaches it; None when a list leaves that open."""
    cues = list(_NOT.finditer(clause))
    if not cues:
        return False
    reached = clause[cues[-1].end() :]
    items = _SPLITS.split(reached)
    if cues[-1].group() == "never" and _LIKE_THIS.search(around.after):
        return None
    if len(items) == 1:
        return len(reached.split()) <= _ONE_REACH
    if len(items) > _LONGEST_LIST or any(len(item.split()) > _ITEM for item in items):
        return False
    listed = _OR.search(f"{reached} ") or _OR.search(_same_list(around.after))
    joined = re.search(r"\s(?:and|&)\s*$", reached) and _NOUN.search(around.match)
    return True if listed or joined else None


def _same_list(after: str) -> str:
    """What follows, as far as it can belong to the same list of short items."""
    end = _ENDS_CLAUSE.search(after)
    listed = after[: end.start()] if end else after
    items = _SPLITS.split(listed)
    return f"{listed} " if all(len(item.split()) <= _ITEM for item in items) else ""


_DENIED_AFTER = re.compile(
    r"^\s*(?:(?:down there|anywhere|at all|in (?:my|the) \w+)\s*)?(?:[:,=-]+\s*|\b(?:is|are|was|were|has been)\s+)?"
    r"(?:no|nope|nah|none|negative|denied|absent|ruled out|not present|not there|never|not at all)\b"
    r"(?! (?:idea|clue|longer|more|better|joke|matter|doubt|control|feeling|position|change|relief|warning))"
    r"(?=\s*$|\s*,|\s+(?:so far|for me|thank|thankfully|luckily|at all|either|ever))"
)
_THEN_NO = re.compile(r"^[\s\W]*(?:no|nope|nah|none|never|negative|not at all|not really)\b")
_THEN_YES = re.compile(r"^[\s\W]*(?:yes|yeah|yep|yup|yea)\b")


def _denied_after(around: Surroundings) -> bool:
    if _DENIED_AFTER.search(around.after):
        return True
    return around.asked and _THEN_NO.search(around.then) is not None


# --- somebody else -----------------------------------------------------------------------------------------

_PERSON = (
    r"(?:dad|father|mum|mom|mother|parents?|wife|husband|partner|mate|mates|friend|friends|brother|sister|"
    r"client|coach|"
    r"buddy|girlfriend|boyfriend|gf|bf|uncle|aunt|auntie|nan|nana|gran|grandad|grandpa|granddad|grandma|grandfather|"
    r"grandmother|son|niece|nephew|daughter|kid|kids|boss|cousin|colleague|coworker|neighbour|neighbor|bloke|guy|lad|"
    r"someone|somebody|people|patient|dog|training partner|lifting partner|gym bro|bro|ex)"
)
_OTHER = re.compile(
    rf"\b(?:my|our|a|this|that|some|another|one) (?:\w+ )?{_PERSON}s?\b(?: of (?:mine|ours|my \w+))?|"
    rf"\b{_PERSON} (?:died|passed away|had|has|got|suffered|was|is)\b|\bfamily history\b|"
    r"\b(?:someone|somebody|he|she|hes|shes|they|his|her|people)\b"
)
_SELF = re.compile(r"\b(?:i|im|ive|id|me|mine|myself|my(?! (?:\w+ )?" + _PERSON + r"s?\b))\b")
_SAYS = re.compile(r"^\s*(?:\w+ )?(?:said|says|say|told|tells|thinks?|thought|reckons?)\b")
_SELF_INSIDE = re.compile(r"\b(?:i|im|ive|me|my|myself)\b")


def _of_other(around: Surroundings, clause: str) -> bool:
    people = list(_OTHER.finditer(clause))
    if not people:
        return False
    between = clause[people[-1].end() :]
    if "," in between and _SAYS.search(between):  # "he said it is nothing, both feet numb": what follows is one's own
        return False
    return not _SELF.search(between) and not _SELF_INSIDE.search(around.match)


# --- imagined, asked about, read about ---------------------------------------------------------------------

_IMAGINED = re.compile(
    r"\b(?:should i (?:worry|be worried|be concerned|look out|watch)(?: about| for| if)?|"
    r"(?:worried|worry|scared|afraid|terrified|paranoid|anxious|concerned|frightened|fear) (?:about|of|"
    r"that ill|ill|i will|i might|i could|im going to|im gonna)|"
    r"what if|in case|read (?:that|about|online|somewhere)|reading about|heard (?:that|about|of)|googled?|"
    r"google says|"
    r"internet says|reddit says|chatgpt says|youtube|articles?|"
    r"can (?:you|this|it|lifting|deadlifts?|a disc) (?:get|cause|lead|give|make)|could (?:this|it) (?:cause|"
    r"lead|turn)|"
    r"could i (?:get|lose|end up)|will i (?:get|lose|end up)|would i|might i|"
    r"if i (?:ever )?(?:lose|lost|get|got|start|started|begin|develop|notice|ever)|if (?:it|there) (?:gets|"
    r"got|is|was|were)|"
    r"(?:look out|watch out|watch|watching|looking out|on the lookout) for|risk of|chance of|signs? of|"
    r"symptoms? (?:of|like)|"
    r"asked (?:me )?(?:if|about|whether)|checked (?:me )?for|tested (?:me )?for|screened (?:me )?for|"
    r"do i need to worry|dont want to (?:end up|lose|get)|didnt want to (?:end up|lose|get))\b"
)
_ALREADY = re.compile(r"^\s*(?:my|this|the fact|how|both|because)\b|\b(?:that|because|cos|cuz) (?:i|im|ive|my|both)\b")

_I_HAVE = re.compile(r"\b(?:yes i|and i do|i (?:do )?have (?:it|that|this|them|those|both)|mine (?:is|are|does))\b")


def _imagined(around: Surroundings) -> bool:
    clause = _clause(around.before)
    cues = list(_IMAGINED.finditer(clause))
    if cues:
        return _ALREADY.search(clause[cues[-1].end() :]) is None and _I_HAVE.search(around.after) is None
    bare = not around.before.strip() and not around.after.strip()
    answered = _THEN_YES.search(around.then) or _THEN_NO.search(around.then)
    return around.asked and bare and not answered


# --- long ago ----------------------------------------------------------------------------------------------

_PAST = re.compile(
    r"\b(?:used to|as a (?:kid|child|teen|teenager|baby)|when i was (?:a|little|young|younger|\d+|in|"
    r"pregnant)|growing up|"
    r"years? ago|yrs? ago|decades? ago|last year|the year before|back in (?:19|20)?\d\d|in (?:19|20)\d\d|"
    r"back in the day|before (?:my|the) (?:surgery|operation|op)|since (?:childbirth|birth|giving birth|having kids|"
    r"having (?:a|my|the) (?:baby|kids?|son|daughter)|i was (?:a|little|young)|my (?:kid|kids|son|daughter|"
    r"baby|c section)|"
    r"the (?:baby|kids|birth)|pregnancy|forever|(?:19|20)\d\d)|for (?:\w+ )?(?:years|decades|ages)|for as long as|"
    r"always (?:have|had|been|leak|leaked|did)|ive always|lifelong|all my life|in the past|previously|"
    r"previous (?:episode|injury)|an old|\d+ (?:years|yrs)|months? ago)\b"
)
_STILL = re.compile(
    r"\b(?:still|again|now|nowadays|today|tonight|this (?:morning|week|time)|yesterday|lately|recently|"
    r"came back|is back|returned|new|worse|ever since|"
    r"since (?:then|yesterday|monday|tuesday|wednesday|thursday|friday|saturday|sunday|the|"
    r"this|that|last))\b"
)


_PIECE = re.compile(r"\s*(?:,| -|:)\s*|\s+and\s+")
# What has lasted is not over, so it is asked about; only a leak known for years is common enough to pass.
_LASTING = re.compile(r"\b(?:for (?:\w+ )?(?:years|decades|ages)|for as long as|always|lifelong|all my life)\b")
_LEAK = re.compile(r"\b(?:leak\w*|pee\w*|dribbl\w*|pads?)\b")
_DATED = re.compile(r"\b(?:(?:years?|yrs?|decades?) ago|(?:19|20)\d\d|last year)\b")
_HAD = re.compile(r"\b(?:had|was|were|did)\b")


def _long_past(around: Surroundings) -> bool | None:
    """Whether the phrase is long past; None when only another part of its sentence is ("lifting for years, ...")."""
    before, after = _part(around.before, last=True), _part(around.after, last=False)
    sentence = f"{before} {around.match} {after}"
    if _PAST.search(sentence) is None or _STILL.search(sentence):
        return False
    following = _PIECE.split(after)
    own = f"{_PIECE.split(before)[-1]} {around.match} {following[0]}"
    here = _PAST.search(own) or any(_PAST.match(piece) for piece in following)
    if _LASTING.search(own) and not _LEAK.search(own):
        return None
    return True if here or (_DATED.search(sentence) and _HAD.search(own)) else None


_BUT = re.compile(r"\b(?:but|however|except|though|although)\b")


def _part(text: str, *, last: bool) -> str:
    parts = _BUT.split(text)
    return parts[-1] if last else parts[0]


# --- in doubt ----------------------------------------------------------------------------------------------

_DOUBT = re.compile(
    r"\b(?:maybe|perhaps|possibly|probably|might|may be|could be|kinda|kind of|sort of|sorta|i think|"
    r"i thought|i guess|"
    r"i suppose|i reckon|think|not sure(?! (?:why|what|how))|unsure|dont know (?:if|whether)|cant tell (?:if|"
    r"whether)|hard to (?:tell|say)|"
    r"not certain|seems?(?: like| to)?|almost (?:like|as if)|as if|if anything|i wonder|wondering|imagining|idk|"
    r"last time (?:i|this|it))\b"
)
_DOUBT_REACH = 8  # words


def _in_doubt(around: Surroundings, clause: str) -> bool:
    before = " ".join(clause.split()[-_DOUBT_REACH:])
    whole = _clause(around.before)
    nearby = " ".join(whole.split()[-_DOUBT_REACH:])
    if _DOUBT.search(before) or _DOUBT.search(nearby):
        return True
    after = re.split(r",|\band\b|\bbut\b|\bbecause\b", around.after)[0]
    tail = _DOUBT.search(" ".join(after.split()[:_ITEM]))
    return (
        tail is not None
        or re.match(r"^\s*,?\s*(?:not sure|idk|i think|maybe|i guess|possibly)\s*(?:$|,|tho)", around.after) is not None
    )
