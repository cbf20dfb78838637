"""A finding: a 56 px row while closed, a card with reasons, sources and ways out while open."""

import html
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QVBoxLayout, QWidget

from medvoice.domain.finding import Citation, Finding, Level
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import ElidedLabel, Label, Surface
from medvoice.ui.widgets.button import Button, IconButton
from medvoice.ui.widgets.finding_forms import ButtonRow, ReasonForm, RouteForm
from medvoice.ui.widgets.paint import paint_box

# Colour and icon of each level.
LOOKS = {
    Level.BLOCK: ("danger", "octagon-alert"),
    Level.WARN: ("warn", "triangle-alert"),
    Level.ADVISE: ("info", "info"),
}
BAR = 3
ROW_HEIGHT = 56


@dataclass(frozen=True, slots=True)
class CardFacts:
    """What a card shows. `place` is "1 of 3"; `suggestion` is (words now, words instead); `more` is how many
    other places of the text this card stands for."""

    key: str
    finding: Finding
    place: str
    suggestion: tuple[str, str] | None = None
    more: int = 0


class FindingCard(QFrame):
    """One finding. `set_open` swaps row and card; the page keeps one open at a time.

    `fix_requested(key)`, `go_requested(key)`, `dismissed(rule, reason)`, `routed(rule, reference, since)`,
    `misread(rule, reason)`, `link_requested(url)`.
    """

    opened = Signal(str)
    fix_requested = Signal(str)
    go_requested = Signal(str)
    dismissed = Signal(str, str)
    routed = Signal(str, str, str)
    misread = Signal(str, str)
    link_requested = Signal(str)

    def __init__(self, theme: Theme, facts: CardFacts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.key = facts.key
        self.facts = facts
        self.setObjectName(f"finding_card_{facts.key}")
        self._kind, self._icon = LOOKS[facts.finding.level]
        self._is_open = False
        self._details: QWidget | None = None
        self._form: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._build_row()
        self.show_facts(facts)
        theme.changed.connect(self._theme_changed)
        self._theme_changed()

    @property
    def finding(self) -> Finding:
        return self.facts.finding

    @property
    def is_open(self) -> bool:
        return self._is_open

    def severity_word(self) -> str:
        return {
            Level.BLOCK: self.tr("Must fix"),
            Level.WARN: self.tr("Check"),
            Level.ADVISE: self.tr("Suggestion"),
        }[self.finding.level]

    def show_facts(self, facts: CardFacts) -> None:
        """The same finding at another place of the text or of the list."""
        is_same = (facts.suggestion, facts.finding.why) == (self.facts.suggestion, self.facts.finding.why)
        self.facts = facts
        finding = facts.finding
        doc = finding.basis[0].doc if finding.basis else ""
        below = f"{self.severity_word()} · {doc}" if doc else self.severity_word()
        if facts.more:
            below += " · " + self.tr("{n} places").format(n=facts.more + 1)
        self._below.set_text(below)
        self._place.setText(facts.place)
        self._short.set_text(finding.message)
        self._title.setText(finding.message)
        words = f"{self.severity_word()}, {facts.place}: {finding.message}. {finding.quote}"
        self.setAccessibleName(words)
        if not is_same:
            self._rebuild_details()

    def _rebuild_details(self) -> None:
        if self._details is None:
            return
        self._column.removeWidget(self._details)
        self._details.hide()
        self._details.deleteLater()
        self._details = None
        if self._is_open:
            self._show_details()

    def _theme_changed(self) -> None:
        """Sources and the wording are rich text with colours in it: written anew."""
        px = self.theme.px
        self.setMinimumHeight(px(ROW_HEIGHT))
        self._column.setContentsMargins(px(15), px(9), px(12), px(10))
        self._column.setSpacing(px(8))
        self._row.setContentsMargins(px(27), 0, 0, 0)
        self._row.setSpacing(px(8))
        self._rebuild_details()
        self.update()

    def set_open(self, is_open: bool) -> None:
        if is_open == self._is_open:
            return
        self._is_open = is_open
        for part in (self._short, self._below, self._button):
            part.setVisible(not is_open)
        for part in (self._word, self._place, self._title):
            part.setVisible(is_open)
        self._menu_button.setVisible(is_open and self.finding.level is Level.WARN)
        if is_open:
            self._show_details()
        else:
            for part in (self._details, self._form):
                if part is not None:
                    part.hide()
        self.update()

    def _show_details(self) -> None:
        if self._details is None:
            self._details = self._build_details()
            self._column.insertWidget(1, self._details)
        self._details.show()
        if self.finding.lift == "route" and self._form is None:
            self._form = RouteForm(self.theme, self.key, self._routed, self._misread)
            self._column.addWidget(self._form)
        if self._form is not None:
            self._form.show()

    # Head

    def _build_row(self) -> None:
        theme = self.theme
        row = self._row = QHBoxLayout()
        words = QVBoxLayout()
        words.setSpacing(0)
        self._word = Label(theme, self.severity_word(), "smallStrong", f"{self._kind}.text")
        self._title = Label(theme, "", "bodyLarge", wraps=True)
        self._short = ElidedLabel(theme, "", "bodyLarge")
        self._below = ElidedLabel(theme, "", "small", "text.secondary")
        for part in (self._word, self._title, self._short, self._below):
            words.addWidget(part)
        row.addLayout(words, 1)
        self._place = Label(theme, "", "small", "text.tertiary")
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(self._place, 0, top)
        self._menu_button = IconButton(theme, "ellipsis", self.tr("More for this finding"), size="small")
        self._menu_button.setObjectName(f"more_{self.key}")
        self._menu_button.clicked.connect(self._open_menu)
        row.addWidget(self._menu_button, 0, top)
        label = self.tr("Fix") if self.finding.fixes else self.tr("Show")
        self._button = Button(theme, label, size="small")
        self._button.setObjectName(f"open_{self.key}")
        self._button.setAccessibleName(f"{label}: {self.finding.message}")
        self._button.clicked.connect(self._open)
        row.addWidget(self._button, 0, Qt.AlignmentFlag.AlignVCenter)
        self._column.addLayout(row)
        for part in (self._word, self._place, self._title, self._menu_button):
            part.hide()

    def _open(self) -> None:
        self.opened.emit(self.key)

    def _open_menu(self) -> None:
        menu = QMenu(self)
        menu.addAction(self.tr("Dismiss with reason"), self.ask_reason)
        menu.popup(self._menu_button.mapToGlobal(self._menu_button.rect().bottomLeft()))

    # Details

    def _build_details(self) -> QWidget:
        theme, finding = self.theme, self.finding
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(Label(theme, finding.why, "body", "text.secondary", wraps=True, is_selectable=True))
        for source in finding.basis:
            column.addLayout(self._citation(source))
        if self.facts.suggestion is not None:
            column.addWidget(self._diff(*self.facts.suggestion))
        elif finding.advice:
            advice = self.tr("What would make it pass: {advice}").format(advice=finding.advice)
            column.addWidget(Label(theme, advice, "body", wraps=True, is_selectable=True))
        column.addWidget(self._buttons())
        return body

    def _citation(self, source: Citation) -> QHBoxLayout:
        theme = self.theme
        row = QHBoxLayout()
        row.setSpacing(theme.px(7))
        mark = QLabel()
        mark.setPixmap(theme.pixmap("scale", "accent.text", 14, self.devicePixelRatioF()))
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        text = html.escape(source.doc)
        if source.dated:
            text += f" · {html.escape(source.dated)}"
        if not source.is_verified:
            text += " · " + html.escape(self.tr("not verified"))
        if source.url:
            color = theme.hex("accent.text")
            text = (
                f'<a style="color:{color};text-decoration:none" href="{html.escape(source.url)}">{text}'
                "&nbsp;↗</a>"
            )
        label = QLabel(text)
        label.setTextFormat(Qt.TextFormat.RichText)
        label.setWordWrap(True)
        label.setProperty("tone", "text.secondary")
        label.setFont(theme.font("small"))
        label.linkActivated.connect(self.link_requested)
        row.addWidget(label, 1)
        return row

    def _diff(self, old: str, new: str) -> QWidget:
        """Removed words struck through, new ones underlined; long ones are cut in the middle."""
        theme = self.theme
        well = Surface("well")
        column = QVBoxLayout(well)
        column.setContentsMargins(theme.px(10), theme.px(8), theme.px(10), theme.px(8))
        parts: list[str] = []
        if old.strip():
            red = theme.hex("danger.text")
            parts.append(
                f'<span style="color:{red};text-decoration:line-through">{html.escape(short(old))}</span>'
            )
        if new.strip():
            style = (
                f"color:{theme.hex('ok.text')};background:{theme.hex('ok.soft')};text-decoration:underline"
            )
            parts.append(f'<span style="{style}">{html.escape(short(new))}</span>')
        label = QLabel("<br>".join(parts))
        label.setTextFormat(Qt.TextFormat.RichText)
        label.setWordWrap(True)
        label.setFont(theme.font("quote"))
        if new.strip():
            spoken = self.tr("Replace “{old}” with “{new}”").format(old=old.strip(), new=new.strip())
        else:
            spoken = self.tr("Take out “{old}”").format(old=old.strip())
        label.setAccessibleName(spoken)
        column.addWidget(label)
        return well

    def _buttons(self) -> QWidget:
        theme = self.theme
        buttons: list[Button] = []
        if self.facts.suggestion is not None and self.finding.fixes:
            words = self.finding.fixes[0].label or self.tr("Use this wording")
            use = Button(theme, words, kind="primary", size="small", icon="wand-sparkles")
            use.setObjectName(f"use_fix_{self.key}")
            use.clicked.connect(lambda: self.fix_requested.emit(self.key))
            buttons.append(use)
        go = Button(theme, self.tr("Go to text"), size="small")
        go.setObjectName(f"go_{self.key}")
        go.clicked.connect(lambda: self.go_requested.emit(self.key))
        return ButtonRow([*buttons, go], theme.px(8))

    # Ways out

    def ask_reason(self) -> None:
        """Show the field for the reason of setting a warning aside."""
        if self.finding.level is not Level.WARN or self._details is None:
            return
        if self._form is None:
            self._form = ReasonForm(self.theme, self.key, self.tr("Dismiss"), self._dismiss)
            # Below the details, not in them: what is typed outlives their renewal.
            self._column.addWidget(self._form)
        self._form.setFocus()

    def _dismiss(self, reason: str) -> None:
        self.dismissed.emit(self.finding.rule, reason)

    def _routed(self, reference: str, since: str) -> None:
        self.routed.emit(self.finding.rule, reference, since)

    def _misread(self, reason: str) -> None:
        self.misread.emit(self.finding.rule, reason)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._is_open:
            self.opened.emit(self.key)
        super().mousePressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self.theme
        radius = theme.radius("card")
        border = "border.control" if self._is_open else "border.subtle"
        paint_box(painter, theme, self.rect(), fill="bg.surface", border=border, radius=radius)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(self.rect()), radius, radius)
        painter.save()
        painter.setClipPath(shape)
        painter.fillRect(QRectF(0, 0, BAR, self.height()), theme.color(f"{self._kind}.solid"))
        painter.restore()
        theme.paint_icon(painter, self._icon, f"{self._kind}.solid", theme.px(15), theme.px(11), 17)


def short(text: str, limit: int = 260) -> str:
    """A long text with its middle left out."""
    text = text.strip()
    if len(text) <= limit:
        return text
    half = limit // 2
    return f"{text[:half].rstrip()} … {text[-half:].lstrip()}"
