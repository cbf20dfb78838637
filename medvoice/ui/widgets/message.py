"""Banner and empty state."""

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label, PaintedButton
from medvoice.ui.widgets.button import Button, IconButton
from medvoice.ui.widgets.drawing import Drawing
from medvoice.ui.widgets.paint import KIND_COLORS, paint_box, paint_text, text_width

LEAST_WORDS_PX = 250
ICONS = {"danger": "circle-alert", "warn": "triangle-alert", "info": "info", "ok": "circle-check"}


class _BannerAction(PaintedButton):
    """The action of a banner, in the banner's own text colour."""

    def __init__(self, theme: Theme, text: str, ink: str, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._ink, self._is_flush = ink, False
        self.setText(text)
        self.setAccessibleName(text)

    def set_flush(self, is_flush: bool) -> None:
        """Begin where the words above it begin."""
        self._is_flush = is_flush
        self.update()

    def sizeHint(self) -> QSize:
        width = text_width(self.theme, self.text(), "bodyStrong") + self.theme.px(12)
        return QSize(int(width + 1), self.theme.px("hitMin"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        align = Qt.AlignmentFlag.AlignLeft if self._is_flush else Qt.AlignmentFlag.AlignHCenter
        paint_text(painter, self.theme, self.rect(), self.text(), "bodyStrong", self._ink, align)
        if self.is_hovered:
            line = QRectF(0 if self._is_flush else 6, self.height() - 6, self.width() - 12, 1)
            paint_box(painter, self.theme, line, fill=self._ink, radius=0)


class Banner(QFrame):
    """In the flow: icon, one sentence, at most one action. Kinds danger, warn, info, ok.

    `acted` for the action, `closed` when the person closed it (only with `is_closable`).
    """

    acted = Signal()
    closed = Signal()

    def __init__(
        self,
        theme: Theme,
        kind: str,
        text: str,
        action_text: str = "",
        *,
        icon: str = "",
        is_closable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setObjectName(f"banner_{kind}")
        self._ground, ink = KIND_COLORS[kind]
        self._icon_name, self._ink = icon or ICONS.get(kind, "info"), ink
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._label = Label(theme, text, "body", ink, wraps=True, is_selectable=True, parent=self)
        self.action: _BannerAction | None = None
        # The action beside the words, or below them where it would squeeze them.
        layout = self._row = QHBoxLayout(self)
        self._words = QVBoxLayout()
        self._words.setSpacing(0)
        layout.setSpacing(8)
        self._words.addWidget(self._label)
        layout.addLayout(self._words, 1)
        theme.changed.connect(self._restyle)
        self._restyle()
        if action_text:
            self.action = _BannerAction(theme, action_text, ink, self)
            self.action.setObjectName("banner_action")
            self.action.clicked.connect(self.acted)
            layout.addWidget(self.action)
        if is_closable:
            close = IconButton(theme, "x", self.tr("Close message"), size="small", parent=self)
            close.set_ink(ink)
            close.clicked.connect(self.closed)
            layout.addWidget(close)

    def text(self) -> str:
        return self._label.text()

    def set_text(self, words: str) -> None:
        """Say something else in the same place, such as how far a long job is. It is not announced."""
        self._label.setText(words)
        self.setAccessibleName(words)
        self._fit()

    def _restyle(self) -> None:
        self._row.setContentsMargins(14 + self.theme.px(16) + 10, 8, 8, 8)
        self._fit()

    def _fit(self) -> None:
        action = self.action
        if action is not None:
            is_below = self.width() < action.sizeHint().width() + self.theme.px(LEAST_WORDS_PX)
            if is_below != (self._words.indexOf(action) >= 0):
                self._row.removeWidget(action)
                self._words.removeWidget(action)
                action.set_flush(is_below)
                if is_below:
                    self._words.addWidget(action, 0, Qt.AlignmentFlag.AlignLeft)
                else:
                    self._row.insertWidget(1, action)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As high as the words need at this width: a layout in want of room cuts what only asks for it."""
        return QSize(super().sizeHint().width(), self._row.totalHeightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self.theme
        paint_box(painter, theme, self.rect(), fill=self._ground, radius=theme.radius("card"))
        side = theme.px(16)
        theme.paint_icon(painter, self._icon_name, self._ink, 14, (self.height() - side) / 2)


class EmptyState(QWidget):
    """A drawing (see `Drawing` for the motifs), a title, one sentence, one button with `icon` and at most one
    ghost button, centred.

    `acted` and `second_acted` for the buttons.
    """

    acted = Signal()
    second_acted = Signal()

    def __init__(
        self,
        theme: Theme,
        title: str,
        sentence: str,
        button: str = "",
        second: str = "",
        *,
        motif: str = "page",
        kind: str = "primary",
        icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("empty_state")
        middle = Qt.AlignmentFlag.AlignHCenter
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(10)
        layout.addStretch(1)
        layout.addWidget(Drawing(theme, motif, self), 0, middle)
        heading = Label(theme, title, "panelTitle", wraps=True, parent=self)
        words = Label(theme, sentence, "body", "text.secondary", wraps=True, parent=self)
        self._theme, self._labels = theme, (heading, words)
        for label in self._labels:
            label.setAlignment(middle)
            layout.addWidget(label, 0, middle)
        layout.addSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        if button:
            self.button = Button(theme, button, kind=kind, icon=icon, parent=self)
            self.button.clicked.connect(self.acted)
            row.addWidget(self.button)
        if second:
            self.second = Button(theme, second, kind="ghost", parent=self)
            self.second.clicked.connect(self.second_acted)
            row.addWidget(self.second)
        row.addStretch(1)
        layout.addLayout(row)
        layout.addStretch(2)
        theme.changed.connect(self._measure_soon)
        self._measure()

    def showEvent(self, event: QShowEvent) -> None:
        self._measure()
        super().showEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure_soon()

    def _measure_soon(self) -> None:
        """Now, and again once fonts and places are those of the new look."""
        self._measure()
        QTimer.singleShot(0, self, self._measure)

    def _measure(self) -> None:
        """Fixed sizes: the layout measures centred word-wrapped labels too narrow or a line too low."""
        width = max(min(self._theme.px(360), self.width() - 2 * 24), 120)
        for label in self._labels:
            label.ensurePolished()
            label.setMinimumSize(0, 0)  # a label is never lower than it was made for a narrower place
            label.setFixedSize(width, max(label.heightForWidth(width), 1))


class SectionHeader(QWidget):
    """A group's name with an optional count at the right."""

    def __init__(
        self,
        theme: Theme,
        text: str,
        count: str = "",
        *,
        role: str = "bodyStrong",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self._label = Label(theme, text, role, parent=self)
        self._count = Label(theme, count, "body", "text.secondary", parent=self)
        layout.addWidget(self._label, 1)
        layout.addWidget(self._count)

    def set_count(self, text: str) -> None:
        self._count.setText(text)

    def set_text(self, text: str) -> None:
        self._label.setText(text)
