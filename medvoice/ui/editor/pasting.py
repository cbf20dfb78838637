"""What may come in from the clipboard: plain words, cleaned, of a size that a post can have."""

from dataclasses import dataclass

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QTextDocumentFragment

from medvoice.ui.editor.spans import clean_text

# The longest post of any network we write to is 3,000 characters; this leaves room for notes and a thread.
# Longer texts make each key slow, and the checker with it.
MAX_TEXT = 100_000
# Formatted text carries about ten times its words in marks; more than this is not worth reading.
MAX_HTML = 2_000_000
OBJECT = "\ufffc"
_REMOVED = (*range(0x20), *range(0x7F, 0xA0), 0xFDD0, 0xFDD1, 0xFEFF)
_CONTROLS = {number: None for number in _REMOVED if number not in (0x09, 0x0A)} | dict.fromkeys(
    (0x0B, 0x0C, 0x85), "\n"
)


@dataclass(frozen=True, slots=True)
class Pasted:
    """What is inserted ("" for nothing), how many characters no network takes and how many pictures were left
    out, and why nothing came: "", "too_long", "picture", "file" or "empty". `length` is what was offered."""

    text: str
    dropped: int = 0
    pictures: int = 0
    refusal: str = ""
    length: int = 0


def clean_paste(text: str) -> tuple[str, int]:
    """Words without control characters, and how many were taken out. Line ends become "\\n"."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = text if text.isprintable() else text.translate(_CONTROLS)
    dropped = len(text) - len(kept)
    return clean_text(kept), dropped


def read_paste(source: QMimeData, room: int) -> Pasted:
    """What of the clipboard goes into the text, at most `room` characters. Never reads a file or the network.

    Plain text is preferred to formatted text; formatted text gives its words alone.
    """
    if any(url.isLocalFile() for url in source.urls()):
        return Pasted("", refusal="file")
    pictures = 0
    if source.hasFormat("text/plain"):
        raw = source.text()
    elif source.hasHtml():
        html = source.html()
        if len(html) > MAX_HTML:
            return Pasted("", refusal="too_long", length=len(html))
        raw = QTextDocumentFragment.fromHtml(html).toPlainText()
        pictures = raw.count(OBJECT)
        raw = raw.replace(OBJECT, "")
    elif source.hasImage():
        return Pasted("", pictures=1, refusal="picture")
    else:
        raw = source.text()
    if len(raw) > room:
        return Pasted("", refusal="too_long", length=len(raw))
    text, dropped = clean_paste(raw)
    if not text.strip() and pictures:
        return Pasted("", pictures=pictures, refusal="picture")
    if not text:
        return Pasted("", dropped=dropped, refusal="empty" if dropped else "")
    return Pasted(text, dropped, pictures)
