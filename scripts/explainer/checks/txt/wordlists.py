"""Words that this site does not use, each with the reason and with what to write instead.

To add one: a pattern in small letters (a regular expression of whole words), why it is a problem, what is better.
Quotations, names (capitals within a sentence), code and the titles of sources are never looked at.
"""

from dataclasses import dataclass

_OFFICE = "name the person and the office"
_WHAT_HAPPENED = "say what happened, and who says so"
_WHAT_IT_DID = "say what it did, with the date"


@dataclass(frozen=True)
class Word:
    """A word or phrase, why it is not used, and what to do instead."""

    pattern: str
    why: str
    instead: str


LOADED = (
    Word(r"regimes?", "calls a government unlawful without saying so", "write “government”, or its name"),
    Word(r"hermit (?:kingdom|state|nation)", "is a nickname, and an old one", "write “North Korea”"),
    Word(
        r"rogue(?: (?:states?|nations?|regimes?|countr(?:y|ies)))?",
        "is one government’s word for another",
        "say what it did, and who objects",
    ),
    Word(r"pariah(?: states?)?", "says that all shun it", "say who broke off or limits relations, and when"),
    Word(r"staunch(?:ly|est)?|steadfast(?:ly)?", "praises loyalty", _WHAT_IT_DID),
    Word(
        r"unwavering(?:ly)?|unshakeable|ironclad",
        "is the wording of communiqués",
        "quote it, or " + _WHAT_IT_DID,
    ),
    Word(
        r"notorious(?:ly)?|infamous(?:ly)?", "blames instead of telling", "say what is known, and who says so"
    ),
    Word(
        r"puppets?(?: states?| governments?)?",
        "denies that it decides for itself",
        "say who appointed or supported it",
    ),
    Word(r"lackeys?|stooges?|henchm[ae]n|cron(?:y|ies)|thugs?", "is an insult", _OFFICE),
    Word(
        r"dictators?|dictatorships?|despots?|despotic|tyrants?|tyrann(?:y|ical)|strongm[ae]n",
        "judges how somebody rules",
        _OFFICE,
    ),
    Word(
        r"brutal(?:ly|ity)?|barbaric|heinous|evil|vile|sinister|shameful|disgraceful",
        "judges a deed",
        _WHAT_HAPPENED,
    ),
    Word(
        r"madm[ae]n|crazy|insane|lunatic|paranoid",
        "judges a mind nobody here has examined",
        "say what was done or said",
    ),
    Word(r"reclusive|secretive", "makes a character out of a lack of data", "say what is not published"),
    Word(
        r"bellicose|belligeren(?:t|ce)|warmonger(?:s|ing)?|sabre-rattling|saber-rattling",
        "judges what was said",
        "say what was said or done, with the date",
    ),
    Word(r"so-called", "doubts a name without saying why", "use the name, and say who uses it"),
    Word(r"heroic(?:ally)?|glorious(?:ly)?|legendary|illustrious", "praises", "say what was done"),
    Word(
        r"outrageous(?:ly)?|shocking(?:ly)?|appalling(?:ly)?|horrific(?:ally)?",
        "tells readers what to feel",
        _WHAT_HAPPENED,
    ),
    Word(
        r"blatant(?:ly)?|brazen(?:ly)?|flagrant(?:ly)?", "blames", "say which rule it broke, and who found so"
    ),
    Word(
        r"axis of evil|axis of upheaval|evil empire",
        "is a slogan of one side",
        "quote it, and say whose it is",
    ),
    Word(
        r"bromance|cosy|cozy(?:ing)?|cosying",
        "makes light of it",
        "say what they did together, with the date",
    ),
)
"""Words of praise or blame."""

_NAMELESS = "does not say who"
_NAME_THEM = "name who says so, and cite them"
_LEAVE_OUT = "leave it out: the source carries the statement"

WEASEL = (
    Word(
        r"it is (?:widely |generally )?(?:believed|thought|understood|assumed|claimed|rumou?red|said)",
        _NAMELESS,
        _NAME_THEM,
    ),
    Word(r"it is (?:widely |generally )?known(?! (?:as|by|for|in|to)\b)", _NAMELESS, _NAME_THEM),
    Word(
        r"(?<!how )(?:some|many|several|most) (?:(?:experts?|analysts?|observers?|critics|people|scholars) )?"
        r"(?:say|believe|argue|claim|think|agree)",
        _NAMELESS,
        _NAME_THEM,
    ),
    Word(
        r"(?:experts|analysts|observers|critics) (?:say|believe|agree|think|argue|claim|note)",
        _NAMELESS,
        _NAME_THEM,
    ),
    Word(
        r"(?:widely|generally) (?:regarded|seen|believed|considered|known)(?! (?:as|by)\b(?= the\b))",
        "does not say by whom",
        _NAME_THEM,
    ),
    Word(r"of course|obviously|undoubtedly|needless to say", "asks the reader not to ask", _LEAVE_OUT),
    Word(
        r"(?<!more )(?<!as )clearly(?! (?:marked|visible|stated|labelled|legible|written|audible|defined))",
        "asks the reader not to ask",
        _LEAVE_OUT,
    ),
    Word(r"arguably", "makes an argument without making it", "give the argument, and say whose it is"),
)
"""Words that hide who says something, or that it needs to be shown."""
