"""Words that are made of marks alone, each looked at once."""

import unicodedata

_KEPT = 50_000  # words


class _Marks(dict[str, bool]):
    def __missing__(self, word: str) -> bool:
        found = all(unicodedata.category(char)[0] == "P" for char in word)
        if len(self) < _KEPT:
            self[word] = found
        return found


IS_MARK = _Marks()  # by word; a plain look-up, since it is asked a dozen times a word
