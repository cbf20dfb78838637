"""What the painted controls have in common: theme, hover, focus reason, keyboard."""

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QEnterEvent, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QFrame, QLabel, QSizePolicy, QWidget

from medvoice.ui.theme import Theme

KEYBOARD_REASONS = frozenset(
    {
        Qt.FocusReason.TabFocusReason,
        Qt.FocusReason.BacktabFocusReason,
        Qt.FocusReason.ShortcutFocusReason,
    }
)
ARROWS = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right})


def viewport_of(area: QAbstractScrollArea) -> QWidget:
    """The viewport of a new area, to be kept by it: what `viewport()` answers from then on.

    Asked by `viewport()` first, PySide looks through every widget class of Qt for the type of this plain
    widget and makes them all: 6 ms and 2 MB, once in a process.
    """
    found = area.findChild(QWidget, "qt_scrollarea_viewport", Qt.FindChildOption.FindDirectChildrenOnly)
    return found if isinstance(found, QWidget) else area.viewport()


class PaintedButton(QAbstractButton):
    """Base of every control we paint. Space and Enter both press it; `focus_reason` is how it got focus.

    A screen reader's "toggle" changes Qt's check state without a click; here it counts as one.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._is_known = False
        self.focus_reason = Qt.FocusReason.NoFocusReason
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.theme_changed)

    def setCheckable(self, checkable: bool) -> None:
        if checkable and not self.isCheckable():
            self.toggled.connect(self._toggled)
        super().setCheckable(checkable)

    def be_one_of_several(self) -> None:
        """Checkable, and a radio button to a screen reader; which of them is on is its group's business."""
        self.setCheckable(True)
        self.setAutoExclusive(True)  # of no other effect in a group

    def setChecked(self, checked: bool) -> None:
        self._is_known = True
        super().setChecked(checked)
        self._is_known = False

    def nextCheckState(self) -> None:
        self._is_known = True
        super().nextCheckState()
        self._is_known = False

    def _toggled(self, is_on: bool) -> None:
        group = self.group()
        if self._is_known:
            return
        if group is None or not group.exclusive():
            self.clicked[bool].emit(is_on)  # pyright: ignore[reportIndexIssue]
        elif is_on:
            self.click()  # not only the signal: the group tells too

    def theme_changed(self) -> None:
        """Colours or text size changed: measure and paint again."""
        self.updateGeometry()
        self.update()

    def focus_rect(self) -> QRect:
        """What the focus ring surrounds, in widget coordinates."""
        return self.rect()

    @property
    def focus_radius(self) -> int:
        return self.theme.radius("button")

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            if not event.isAutoRepeat():
                self.click()
            event.accept()
            return
        if event.key() in ARROWS:
            event.ignore()  # Qt would press the neighbour of an exclusive group; the group's widget decides
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        keeps = event.reason() in (
            Qt.FocusReason.ActiveWindowFocusReason,
            Qt.FocusReason.PopupFocusReason,
        )
        if not keeps:
            self.focus_reason = event.reason()
        super().focusInEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.update()
        super().leaveEvent(event)

    @property
    def is_hovered(self) -> bool:
        return self.isEnabled() and self.underMouse()


class Label(QLabel):
    """Text in one type role and one text colour, plain unless `is_rich`.

    `tone` is a token name (see the QLabel part of the style sheet for those that work).
    """

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        role: str = "body",
        tone: str = "text.primary",
        *,
        wraps: bool = False,
        is_selectable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.theme = theme
        self._role = role
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wraps)
        self.setProperty("tone", tone)
        if is_selectable:
            self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        theme.changed.connect(self._restyle)
        self._restyle()

    def set_tone(self, tone: str) -> None:
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            repolish(self)

    def set_role(self, role: str) -> None:
        self._role = role
        self._restyle()

    def _restyle(self) -> None:
        self.setFont(self.theme.font(self._role))


class QuoteLabel(Label):
    """Words of a post in the serif of the page, with the line height of their role: Qt gives one to rich text
    alone, so the words become that, and stay plain to whoever asks."""

    def __init__(
        self,
        theme: Theme,
        text: str,
        role: str = "quote",
        tone: str = "text.primary",
        *,
        is_selectable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        self._plain = text
        super().__init__(theme, "", role, tone, wraps=True, is_selectable=is_selectable, parent=parent)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setAccessibleName(text)

    def text(self) -> str:
        return self._plain

    def _restyle(self) -> None:
        super()._restyle()
        from html import escape  # no first frame holds such a text

        lines = escape(self._plain).replace("\n", "<br>")
        height = self.theme.line_height(self._role)
        self.setText(f'<p style="line-height:{height}px; -qt-line-height-type:fixed;">{lines}</p>')


class ProblemLabel(Label):
    """What does not fit, below its field: an icon says it beside the colour. In another tone it is help."""

    def __init__(self, theme: Theme, tone: str = "danger.text", parent: QWidget | None = None) -> None:
        super().__init__(theme, "", "small", tone, wraps=True, parent=parent)

    def set_tone(self, tone: str) -> None:
        super().set_tone(tone)
        self._indent()

    def _restyle(self) -> None:
        super()._restyle()
        self._indent()

    def _indent(self) -> None:
        is_marked = self.property("tone") == "danger.text"
        self.setContentsMargins(self.theme.px(18) if is_marked else 0, 0, 0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.property("tone") == "danger.text" and self.text():
            y = (self.fontMetrics().height() - self.theme.px(14)) / 2
            self.theme.paint_icon(QPainter(self), "circle-alert", "danger.text", 0, y, 14)


class ElidedLabel(Label):
    """One line that ends in "…" when the room is short; the whole text is the tooltip then."""

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        role: str = "body",
        tone: str = "text.primary",
        parent: QWidget | None = None,
    ) -> None:
        self._full = text
        super().__init__(theme, text, role, tone, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setMinimumWidth(24)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Show `text`; it is the accessible name in full."""
        self._full = text
        self.setAccessibleName(text)
        self._fit()

    def full_text(self) -> str:
        return self._full

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self._full) + 2, metrics.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _restyle(self) -> None:
        super()._restyle()
        self._fit()

    def _fit(self) -> None:
        shown = self.fontMetrics().elidedText(self._full, Qt.TextElideMode.ElideRight, self.width())
        if shown != self.text():
            self.setText(shown)
        self.setToolTip(self._full if shown != self._full else "")


class Surface(QFrame):
    """A plain ground: kind "window", "rail", "sidebar", "surface", "sunken", "card" or "well"; `edge` draws
    a hairline at "left", "right", "top" or "bottom"."""

    def __init__(self, kind: str = "surface", *, edge: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("surface", kind)
        if edge:
            self.setProperty("edge", edge)


class Rule(QFrame):
    """A hairline, "h" or "v"."""

    def __init__(self, direction: str = "h", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("line", direction)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)


def repolish(widget: QWidget) -> None:
    """Apply the style sheet again after a property it selects on has changed."""
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()
