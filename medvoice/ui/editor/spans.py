"""Code points to UTF-16 units and back: the checker counts code points, Qt counts UTF-16 units."""

from bisect import bisect_left, bisect_right

REPLACEMENT = "\ufffd"


class SpanMap:
    """Both directions for one text. Building is one pass; each look-up is a bisection.

    Texts without characters above U+FFFF cost nothing: then both counts are the same.
    """

    __slots__ = ("_wide", "_wide_utf16", "length", "length_utf16")

    def __init__(self, text: str) -> None:
        if text.isascii() or max(text) < "\U00010000":
            self._wide: list[int] = []
        else:
            self._wide = [index for index, char in enumerate(text) if char >= "\U00010000"]
        self._wide_utf16 = [index + order for order, index in enumerate(self._wide)]
        self.length = len(text)
        self.length_utf16 = len(text) + len(self._wide)

    def to_utf16(self, code_point: int) -> int:
        """UTF-16 offset of a code point offset; offsets outside the text are brought inside."""
        position = min(max(code_point, 0), self.length)
        return position + bisect_left(self._wide, position)

    def to_code_point(self, utf16: int) -> int:
        """Code point offset of a UTF-16 offset; one inside a surrogate pair counts as before the pair."""
        position = min(max(utf16, 0), self.length_utf16)
        before = bisect_right(self._wide_utf16, position)
        if before and self._wide_utf16[before - 1] == position - 1:
            return position - before  # the second half of a pair
        return position - bisect_left(self._wide_utf16, position)


def utf16_length(text: str) -> int:
    """How many UTF-16 units Qt counts for `text`."""
    return SpanMap(text).length_utf16


def clean_text(text: str) -> str:
    """Text as the editor holds it: NUL and lone surrogates become U+FFFD, every line end becomes "\\n".

    Both cannot be stored or sent; replacing instead of dropping keeps the loss visible. U+2028 and U+2029
    become "\\n" because Qt uses them for its own line and paragraph ends.
    """
    if text.isascii() and "\r" not in text and "\0" not in text:
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    # U+FDD0 and U+FDD1 are frame marks inside QTextDocument and would end a paragraph without a word.
    for char in ("\0", "\ufdd0", "\ufdd1"):
        text = text.replace(char, REPLACEMENT)
    if any("\ud800" <= char <= "\udfff" for char in text):
        joined = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        return joined
    return text
