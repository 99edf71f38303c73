"""What of a line is measured, and of which lines beside it."""

from typing import TYPE_CHECKING

from newsledger.model.enums import LineRole

if TYPE_CHECKING:
    import numpy as np

    Column = np.ndarray

# a line with a full stop, so many words and such a share of function words is prose
PROSE_WORDS = 8
PROSE_STOPS = 0.15
MEASURED = (
    "log_words", "ends", "stop_share", "cap_share", "digit_share", "upper_share", "pipe", "colon",
    "quote", "said", "reader", "order",
    "question", "by", "no_word", "starts_lower", "starts_digit", "url", "tab", "stamp", "bullet",
    "prompt", "related", "login",
    "social", "photo_credit", "nav", "donation", "copyright", "contributor", "caption", "comment",
    "post", "headline_like", "outlet", "prose",
)  # fmt: skip
ROLES = (
    LineRole.PROMPT,
    LineRole.RELATED,
    LineRole.LOGIN,
    LineRole.SOCIAL,
    LineRole.PHOTO_CREDIT,
    LineRole.NAV,
    LineRole.DONATION,
    LineRole.COPYRIGHT,
    LineRole.CONTRIBUTOR,
    LineRole.CAPTION,
    LineRole.COMMENT,
)
FLAGS = {role: tuple(role == name for name in ROLES[:-1]) for role in (None, *LineRole)}
WORDING = ("wording", "wording@-1", "wording@+1")
ENDING = MEASURED.index("ends")
PROSE = MEASURED.index("prose")
AROUND = {
    "log_words": (-3, -2, -1, 1, 2, 3), "ends": (-1, 1), "cap_share": (-1, 1),
    "stop_share": (-1, 1), "prose": (-1, 1), "prompt": (-1, 1),
    "login": (1,), "social": (1,), "photo_credit": (-1, 1), "related": (-1,),
    "headline_like": (-1, 1),
}  # fmt: skip
