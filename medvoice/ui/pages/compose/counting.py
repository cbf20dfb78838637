"""Words and characters of a text, as the footer says them."""

from PySide6.QtCore import QCoreApplication, QTextBoundaryFinder

from medvoice.ui.strings import number


def _tr(text: str) -> str:
    return QCoreApplication.translate("EditorColumn", text)


def characters(text: str) -> int:
    """Characters as a person counts them: an emoji of several code points is one, a line end is none."""
    text = text.replace("\n", "")
    if text.isascii():
        return len(text)
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Grapheme, text)
    count = 0
    while finder.toNextBoundary() >= 0:
        count += 1
    return count


def words(count: int) -> str:
    """ "1 word", "1,204 words"."""
    return _tr("1 word") if count == 1 else _tr("{n} words").format(n=number(count))


def count_words(text: str, chosen: str) -> tuple[str, str]:
    """The footer's words for a text, or for what is selected in it, and the same for the ear."""
    if chosen:
        shown = _tr("{part} of {words} words · {characters} characters").format(
            part=number(len(chosen.split())),
            words=number(len(text.split())),
            characters=number(characters(chosen)),
        )
        return shown, _tr("Selected: {words}").format(words=shown.replace(" · ", ", "))
    count, signs = len(text.split()), characters(text)
    more = _tr("1 character") if signs == 1 else _tr("{n} characters").format(n=number(signs))
    return f"{words(count)} · {more}", f"{words(count)}, {more}"
