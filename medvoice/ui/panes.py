"""What counts as a pane of a page, for F6: the parts of its splitters, or the page itself."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget
from shiboken6 import isValid


def panes_of(page: QWidget) -> list[QWidget]:
    """The visible panes of a page, left to right; splitters inside splitters are followed."""
    splitter = page if isinstance(page, QSplitter) else page.findChild(QSplitter)
    if splitter is None:
        return [page]
    found: list[QWidget] = []
    for number in range(splitter.count()):
        part = splitter.widget(number)
        if part is not None and part.isVisible():
            found.extend(panes_of(part))
    return found or [page]


def pane_of(panes: Sequence[QWidget], widget: QWidget | None) -> QWidget | None:
    """The pane a widget lies in, the innermost one; None for what lies between panes."""
    inside = [pane for pane in panes if widget is not None and (pane is widget or pane.isAncestorOf(widget))]
    return inside[-1] if inside else None


def focus_inside(pane: QWidget, last: QWidget | None) -> bool:
    """Focus `last` if it is still there, else the text of the pane, else its first stop. False for none."""
    if last is not None and isValid(last) and last.isVisibleTo(pane) and last.isEnabled():
        last.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True
    stops = [
        part
        for part in pane.findChildren(QWidget)
        if part.isVisible() and part.isEnabled() and part.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    texts = [part for part in stops if part.inherits("QTextEdit") and not part.property("readOnly")]
    for part in (*texts, *stops):
        part.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True
    return False
