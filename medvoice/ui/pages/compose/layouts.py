"""Taking layouts apart."""

from collections.abc import Iterable

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
