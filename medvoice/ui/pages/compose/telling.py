"""What Compose says in a sentence: why something of the clipboard did not come."""

from PySide6.QtCore import QCoreApplication

from medvoice.ui.editor.pasting import MAX_TEXT, Pasted
from medvoice.ui.strings import number


def _tr(text: str) -> str:
    return QCoreApplication.translate("Compose", text)


def paste_words(pasted: Pasted) -> str:
    """One calm sentence for what was left out."""
    refusals = {
        "too_long": _tr(
            "Nothing was pasted: these are {n} characters, and a draft holds {most} at most."
            " Your text is unchanged."
        ),
        "picture": _tr("Pictures cannot be pasted into the text of a post. Your text is unchanged."),
        "file": _tr("Files cannot be pasted into the text of a post. Your text is unchanged."),
        "empty": _tr("There were no words to paste. Your text is unchanged."),
    }
    if pasted.refusal:
        return refusals[pasted.refusal].format(n=number(pasted.length), most=number(MAX_TEXT))
    parts: list[str] = []
    if pasted.pictures:
        one = _tr("one picture")
        parts.append(one if pasted.pictures == 1 else _tr("{n} pictures").format(n=number(pasted.pictures)))
    if pasted.dropped:
        one = _tr("one hidden sign")
        parts.append(one if pasted.dropped == 1 else _tr("{n} hidden signs").format(n=number(pasted.dropped)))
    return _tr("The words were pasted; {parts} stayed behind.").format(parts=_tr(" and ").join(parts))
