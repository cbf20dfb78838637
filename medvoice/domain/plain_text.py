"""Plain text of what strangers wrote: no markup, no control characters, nothing that turns writing around."""

import re
import unicodedata
from html.parser import HTMLParser

# Their content is for machines.
_SILENT = {"script", "style", "template", "noscript", "iframe", "object", "svg", "math", "head"}
_BREAKS = {"br", "p", "div", "li", "tr", "td", "h1", "h2", "h3", "h4", "section", "article", "blockquote"}
# What still looks like a tag once its entities are resolved: no words of a title begin so.
_TAG = re.compile(r"<[/!?A-Za-z][^<>]*>?")
# Joiners make emoji and the scripts of South Asia; all other unseen characters go.
_KEPT = {"\u200c", "\u200d"}


def plain_text(raw: str, most: int) -> str:
    """One line of at most `most` code points. Tags are dropped, entities resolved once; control, format and
    bidirectional characters, private and broken ones go; a cut ends in an ellipsis. Pure."""
    # A bound before the work, so that a long text costs no more than a short one.
    reader = _Words()
    try:
        reader.feed(_seen(raw[: most * 12 + 2_000]))
        reader.close()
    except AssertionError:  # what the library says of a declaration that it cannot read
        reader.parts.append("")
    text = _seen("".join(reader.parts))
    while True:
        stripped = _TAG.sub(" ", text)
        if stripped == text:
            break
        text = stripped
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _seen(text: str) -> str:
    """Without characters that are not seen; those that part words become a space."""
    made: list[str] = []
    for each in text:
        kind = unicodedata.category(each)
        if each in _KEPT or kind[0] in "LMNPS" or kind == "Zs":
            made.append(each)
        elif each in "\t\n\r\x0b\x0c" or kind in ("Zl", "Zp"):
            made.append(" ")
    return "".join(made)


class _Words(HTMLParser):
    """The words between tags."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self._silent and tag in _SILENT:
            self._silent = tag
        if tag in _BREAKS:
            self.parts.append(" ")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BREAKS:
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag == self._silent:
            self._silent = ""
        if tag in _BREAKS:
            self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(data)
