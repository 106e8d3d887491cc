"""Names as they are sorted and searched: no capitals, accents or marks, whatever the database's locale.

A database without ICU, or with the C locale, knows no letter beyond ASCII; so names are folded here, before they
are stored and before they are looked for.
"""

import re
import unicodedata
from typing import Final

# Letters that no decomposition takes apart, as people write them on an English keyboard.
_LETTERS: Final = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h", "ı": "i", "ŧ": "t", "ŋ": "n"}  # noqa: RUF001  # dotless i is meant
)
_MARKS: Final = re.compile(r"[^\w ]+|_+")
_BETWEEN_WORDS: Final = re.compile(r"[-\u2010-\u2015/,.&]+")


def sort_key(*parts: str) -> str:
    """A name folded to plain small letters, for sorting and searching.

    >>> sort_key("O'Neill-Şahin", "Zoë")
    'oneill sahin zoe'

    Args:
        parts: pieces of the name in the order that they sort by (surname before forename).
    """
    text = unicodedata.normalize("NFKD", " ".join(parts)).casefold().translate(_LETTERS)
    text = "".join(letter for letter in text if not unicodedata.combining(letter))
    return " ".join(_MARKS.sub("", _BETWEEN_WORDS.sub(" ", text)).split())
