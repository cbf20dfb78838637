"""A finding: a 56 px row while closed, a card with reasons, sources and ways out while open."""

import html

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from medvoice.domain.finding import Finding, Fix, Level
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label, Surface
from medvoice.ui.widgets.button import Button

MIN_REASON = 10
LOOKS = {
    Level.BLOCK: ("danger", "octagon-alert"),
    Level.WARN: ("warn", "triangle-alert"),
    Level.ADVISE: ("info", "info"),
}


class FindingCard(Surface):
    """One finding. `set_open` swaps row and card; the page keeps one open at a time."""

    opened = Signal(str)
    fix_requested = Signal(object)
    go_requested = Signal(str)
    dismissed = Signal(str, str)
    routed = Signal(str, str, str)
    link_requested = Signal(str)

    def __init__(
        self, theme: Theme, key: str, finding: Finding, place: str, suggestion: tuple[str, str] | None
    ) -> None:
        super().__init__("card")
        self.theme = theme
        self.key = key
        self.finding = finding
        self.setObjectName(f"finding_card_{key}")
        self._place = place
        self._suggestion = suggestion
        self._kind, self._icon = LOOKS[finding.level]
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(theme.px(16), theme.px(9), theme.px(12), theme.px(10))
        self._column.setSpacing(theme.px(4))
        words = f"{self.severity_word()}, {place}: {finding.message}. {finding.quote}"
        self.setAccessibleName(words)
        self._is_open = False
        self._build_row()
        self._details: QWidget | None = None

    def severity_word(self) -> str:
        return {
            Level.BLOCK: self.tr("Must fix"),
            Level.WARN: self.tr("Check"),
            Level.ADVISE: self.tr("Suggestion"),
        }[self.finding.level]

    @property
    def is_open(self) -> bool:
        return self._is_open

    def set_open(self, is_open: bool) -> None:
        if is_open == self._is_open:
            return
        self._is_open = is_open
        self._fix_button.setVisible(not is_open)
        self._source.setVisible(not is_open)
        if is_open and self._details is None:
            self._details = self._build_details()
            self._column.addWidget(self._details)
        if self._details is not None:
            self._details.setVisible(is_open)
        self.update()

    def _build_row(self) -> None:
        theme, finding = self.theme, self.finding
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addSpacing(theme.px(18))
        words = QVBoxLayout()
        words.setSpacing(0)
        top = QHBoxLayout()
        self._word = Label(theme, self.severity_word(), "smallStrong", f"{self._kind}.text")
        top.addWidget(self._word)
        top.addStretch(1)
        top.addWidget(Label(theme, self._place, "small", "text.tertiary"))
        words.addLayout(top)
        words.addWidget(Label(theme, finding.message, "bodyLarge", "text.primary", wraps=True))
        doc = finding.basis[0].doc if finding.basis else ""
        self._source = Label(theme, doc, "small", "text.secondary", wraps=True)
        words.addWidget(self._source)
        row.addLayout(words, 1)
        self._fix_button = Button(theme, self.tr("Show"), size="small")
        self._fix_button.setObjectName(f"open_{self.key}")
        self._fix_button.setAccessibleName(self.tr("Show: {title}").format(title=finding.message))
        self._fix_button.clicked.connect(self._open)
        row.addWidget(self._fix_button, 0, Qt.AlignmentFlag.AlignTop)
        self._column.addLayout(row)

    def _open(self) -> None:
        self.opened.emit(self.key)

    def _build_details(self) -> QWidget:
        theme, finding = self.theme, self.finding
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        column.addWidget(Label(theme, finding.why, "body", "text.secondary", wraps=True, is_selectable=True))
        for source in finding.basis:
            column.addWidget(self._citation(source.doc, source.url, source.dated, source.is_verified))
        if self._suggestion is not None:
            column.addWidget(self._diff(*self._suggestion))
        elif finding.advice:
            advice = self.tr("What would make it pass: {advice}").format(advice=finding.advice)
            column.addWidget(Label(theme, advice, "body", "text.primary", wraps=True, is_selectable=True))
        column.addLayout(self._buttons())
        if finding.level is Level.WARN:
            column.addWidget(self._dismiss_form())
        if finding.lift == "route":
            column.addWidget(self._route_form())
        return body

    def _citation(self, doc: str, url: str, dated: str, is_verified: bool) -> QLabel:
        text = html.escape(doc)
        if dated:
            text += f" · {html.escape(dated)}"
        if not is_verified:
            text += " · " + html.escape(self.tr("not verified"))
        if url:
            color = self.theme.hex("accent.text")
            text = f'<a style="color:{color};text-decoration:none" href="{html.escape(url)}">{text} ↗</a>'
        label = QLabel(text)
        label.setWordWrap(True)
        label.setProperty("tone", "text.secondary")
        label.setFont(self.theme.font("small"))
        label.linkActivated.connect(self.link_requested)
        return label

    def _diff(self, old: str, new: str) -> QWidget:
        """Removed words struck through, the remaining or new ones underlined."""
        theme = self.theme
        well = Surface("well")
        column = QVBoxLayout(well)
        column.setContentsMargins(theme.px(10), theme.px(8), theme.px(10), theme.px(8))
        parts: list[str] = []
        if old.strip():
            red = theme.hex("danger.text")
            parts.append(f'<span style="color:{red};text-decoration:line-through">{html.escape(old)}</span>')
        if new.strip():
            green, ground = theme.hex("ok.text"), theme.hex("ok.soft")
            style = f"color:{green};background:{ground};text-decoration:underline"
            parts.append(f'<span style="{style}">{html.escape(new)}</span>')
        label = QLabel("<br>".join(parts))
        label.setWordWrap(True)
        label.setFont(theme.font("quote"))
        if new.strip():
            spoken = self.tr("Replace “{old}” with “{new}”").format(old=old.strip(), new=new.strip())
        else:
            spoken = self.tr("Take out “{old}”").format(old=old.strip())
        label.setAccessibleName(spoken)
        column.addWidget(label)
        return well

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self.theme.px(8))
        if self._suggestion is not None and self.finding.fixes:
            fix: Fix = self.finding.fixes[0]
            use = Button(
                self.theme, fix.label or self.tr("Use this wording"), kind="primary", size="small",
                icon="wand-sparkles",
            )  # fmt: skip
            use.setObjectName(f"use_fix_{self.key}")
            use.clicked.connect(self._use_fix)
            row.addWidget(use)
        go = Button(self.theme, self.tr("Go to text"), size="small")
        go.setObjectName(f"go_{self.key}")
        go.clicked.connect(self._go)
        row.addWidget(go)
        row.addStretch(1)
        return row

    def _use_fix(self) -> None:
        self.fix_requested.emit(self.finding.fixes[0])

    def _go(self) -> None:
        self.go_requested.emit(self.key)

    def _dismiss_form(self) -> QWidget:
        """Set a warning aside with a reason of ten characters or more; it is recorded."""
        form = QWidget()
        row = QHBoxLayout(form)
        row.setContentsMargins(0, 0, 0, 0)
        self._reason = QLineEdit()
        self._reason.setObjectName(f"reason_{self.key}")
        self._reason.setPlaceholderText(self.tr("Your reason, at least ten characters"))
        self._reason.setAccessibleName(self.tr("Reason for setting this aside"))
        dismiss = Button(self.theme, self.tr("Dismiss"), size="small")
        dismiss.setObjectName(f"dismiss_{self.key}")
        dismiss.setEnabled(False)
        self._reason.textChanged.connect(lambda text: dismiss.setEnabled(len(text.strip()) >= MIN_REASON))
        dismiss.clicked.connect(self._dismiss)
        row.addWidget(self._reason, 1)
        row.addWidget(dismiss)
        return form

    def _dismiss(self) -> None:
        self.dismissed.emit(self.finding.rule, self._reason.text().strip())

    def _route_form(self) -> QWidget:
        """An adverse event is routed, never dismissed: reference and time of awareness."""
        form = QWidget()
        row = QHBoxLayout(form)
        row.setContentsMargins(0, 0, 0, 0)
        self._reference = QLineEdit()
        self._reference.setObjectName(f"reference_{self.key}")
        self._reference.setPlaceholderText(self.tr("Safety reference"))
        self._aware = QLineEdit()
        self._aware.setObjectName(f"aware_{self.key}")
        self._aware.setPlaceholderText(self.tr("Aware since, 2026-11-24 09:10"))
        send = Button(self.theme, self.tr("Reported"), size="small")
        send.setObjectName(f"route_{self.key}")
        send.clicked.connect(self._route)
        for field in (self._reference, self._aware):
            row.addWidget(field, 1)
        row.addWidget(send)
        return form

    def _route(self) -> None:
        self.routed.emit(self.finding.rule, self._reference.text().strip(), self._aware.text().strip())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._is_open:
            self.opened.emit(self.key)
        super().mousePressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(QRectF(0, 3, 3, self.height() - 6), self.theme.color(f"{self._kind}.solid"))
        self.theme.paint_icon(
            painter, self._icon, f"{self._kind}.solid", self.theme.px(14), self.theme.px(11), 17
        )
