"""Pictures of every page, light and dark, large and small: drawn, nothing cut, nothing without a name.

Look at them: MEDVOICE_PICTURES=/some/folder python -m pytest tests/screens
"""

import pytest
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QAbstractButton, QLabel, QScrollArea, QWidget

from medvoice.ui.theme import Mode
from medvoice.ui.widgets.base import ElidedLabel

PAGES = ("compose", "queue", "settings")
SIZES = (QSize(1440, 900), QSize(1024, 680))


def shown(window, kind):
    return [each for each in window.findChildren(kind) if each.isVisible() and each.width() and each.height()]


def cut_labels(window) -> list[str]:
    """Labels whose words need more room than they have."""
    cut = []
    for label in shown(window, QLabel):
        if isinstance(label, ElidedLabel) or not label.text() or label.pixmap().width():
            continue
        if label.wordWrap():
            needed = label.heightForWidth(label.width())
            is_cut = needed > label.height() + 2
        else:
            is_cut = label.sizeHint().width() > label.width() + 2
        if is_cut:
            cut.append(f"{label.text()[:60]!r} {label.width()}x{label.height()}")
    return cut


def narrow_buttons(window) -> list[str]:
    """Buttons that are narrower than their words."""
    return [
        f"{button.objectName() or button.text()} {button.width()} < {button.sizeHint().width()}"
        for button in shown(window, QAbstractButton)
        if button.text() and button.sizePolicy().horizontalPolicy().name == "Fixed"
        if button.width() < button.sizeHint().width() - 1
    ]


def nameless(window) -> list[str]:
    return [
        f"{type(button).__name__} {button.objectName()}"
        for button in shown(window, QAbstractButton)
        if not (button.accessibleName() or button.text())
    ]


def outside(window) -> list[str]:
    """Buttons that lie beyond the window's edge, unless a scroll area holds them."""
    found = []
    for button in shown(window, QAbstractButton):
        parent = button.parentWidget()
        while parent is not None and not isinstance(parent, QScrollArea):
            parent = parent.parentWidget()
        place = QRect(button.mapTo(window, QPoint(0, 0)), button.size())
        if parent is None and not window.rect().contains(place):
            found.append(f"{button.objectName() or button.text()} {place}")
    return found


@pytest.mark.parametrize("size", SIZES, ids=["large", "small"])
@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK])
@pytest.mark.parametrize("page", PAGES)
def test_page(window, qtbot, pictures, page, mode, size):
    window.show_page(page)
    window.theme.set_mode(mode)
    window.resize(size)
    qtbot.waitUntil(lambda: window.size() == size)
    qtbot.wait(150)
    name = f"{page}-{mode.value}-{size.width()}x{size.height()}.png"
    picture = window.grab()
    assert picture.save(str(pictures / name))
    assert picture.size() == size
    assert cut_labels(window) == []
    assert narrow_buttons(window) == []
    assert nameless(window) == []
    assert outside(window) == []


@pytest.mark.parametrize("scale", [1.3, 1.5])
def test_larger_text_is_not_cut(window, qtbot, pictures, scale):
    window.theme.set_text_scale(scale)
    qtbot.wait(200)
    assert window.grab().save(str(pictures / f"compose-text-{round(scale * 100)}.png"))
    assert cut_labels(window.compose) == []
    assert narrow_buttons(window.compose) == []
    assert outside(window) == []


def test_the_pane_never_scrolls_sideways(window, qtbot):
    window.resize(1024, 680)
    qtbot.wait(100)
    for key in ("preview", "compliance"):
        window.compose.pane.show_page(key)
        area = window.compose.preview if key == "preview" else window.compose.compliance
        inner = area.widget()
        assert isinstance(inner, QWidget)
        qtbot.waitUntil(
            lambda area=area, inner=inner: inner.width() <= area.viewport().width() + 1, timeout=2000
        )
        for child in inner.findChildren(QWidget):
            if child.isVisible():
                right = child.mapTo(inner, QPoint(child.width(), 0)).x()
                assert right <= inner.width() + 1, child
