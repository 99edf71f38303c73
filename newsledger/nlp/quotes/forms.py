"""The forms of speech verbs that may stand between or after quoted words."""

import re
from functools import cache

from newsledger.lexicon.cues import load_cues
from newsledger.model.enums import CueClass

_IRREGULAR = {
    "said": "say",
    "told": "tell",
    "wrote": "write",
    "spoke": "speak",
    "swore": "swear",
    "sang": "sing",
    "reads": "read",
}
_NO_TAGS = frozenset(
    "speak talk show call name quote cite".split()
)  # they seldom introduce words, or are other words as often
WORD = re.compile(r"\w+(?:['’.\-]\w+)*")


@cache
def speech_forms() -> frozenset[str]:
    """List the inflected forms of the speech verbs of `seeds/cues.csv` that may stand between or
    after quoted words."""
    forms = {form for form, lemma in _IRREGULAR.items() if lemma not in _NO_TAGS} | {
        "says",
        "saying",
        "tells",
        "telling",
        "writes",
        "writing",
    }
    for (lemma, pos), cue in load_cues().items():
        if pos == "verb" and cue.cue_class == CueClass.SPEECH and lemma not in _NO_TAGS:
            stem = lemma.removesuffix("e")
            if lemma.endswith("y") and lemma[-2:-1] not in set("aeiou"):
                forms |= {f"{lemma[:-1]}ied", f"{lemma[:-1]}ies"}
            else:
                forms |= {f"{stem}ed", f"{lemma}s", f"{stem}{stem[-1:]}ed"}
            forms |= {f"{stem}ing"}
    return frozenset(forms)


def find_last_word(text: str) -> str:
    words = WORD.findall(text[-30:])
    return words[-1].lower() if words else ""
