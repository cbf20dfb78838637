"""Taking layouts apart, and Tab through what stands in them."""

from collections.abc import Iterable, Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QWidget


def clear_layout(layout: QLayout, keep: Iterable[QWidget] = ()) -> None:
    """Take everything out of a layout and let go of it, but for the widgets in `keep`."""
    kept = set(keep)
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None and widget not in kept:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear_layout(inner)


def tab_in_reading_order(before: QWidget, root: QWidget) -> None:
    """Let Tab go from `before` through `root` as it is read. Qt's own order is that of making, which is wrong
    for parts that come and go."""
    last = before
    for stop in stops_in(root):
        QWidget.setTabOrder(last, stop)
        last = stop


def stops_in(root: QWidget) -> Iterator[QWidget]:
    """What Tab stops at in `root`, in the order of its layouts."""
    for part in _parts_of(root):
        if part.focusPolicy() & Qt.FocusPolicy.TabFocus:
            yield part
        yield from stops_in(part)


def _parts_of(widget: QWidget) -> Iterator[QWidget]:
    layout = widget.layout()
    if layout is not None:
        yield from _widgets_of(layout)
        return
    for child in widget.children():
        if isinstance(child, QWidget) and not child.isWindow():
            yield child


def _widgets_of(layout: QLayout) -> Iterator[QWidget]:
    for at in range(layout.count()):
        item = layout.itemAt(at)
        widget = item.widget() if item is not None else None
        inner = item.layout() if item is not None else None
        if widget is not None:
            yield widget
        elif inner is not None:
            yield from _widgets_of(inner)
