"""One frame in the place of two: a page that fills is painted when it is full, and at once then."""

from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QWidget

# A page that takes longer is shown as far as it has come.
PATIENCE_MS = 150


def hold_back(page: QWidget) -> None:
    """Paint nothing of a page until `paint_full`, at most for `PATIENCE_MS`: an empty list would flash up,
    and painting it costs a start a twentieth. UI thread."""
    page.setUpdatesEnabled(False)
    QTimer.singleShot(PATIENCE_MS, page, lambda: page.setUpdatesEnabled(True))


def paint_full(page: QWidget) -> None:
    """Paint the page before anything else is done: what begins after this (rules, menus, the marks of other
    drafts) would have it wait for a tenth of a second. UI thread."""
    page.setUpdatesEnabled(True)
    for kind in (QEvent.Type.PolishRequest, QEvent.Type.LayoutRequest):
        QCoreApplication.sendPostedEvents(None, kind.value)  # pyright: ignore[reportArgumentType]
    page.repaint()
