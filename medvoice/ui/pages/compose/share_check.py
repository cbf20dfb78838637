"""Before I like or share this: somebody else's words, or my own outside a draft, read from the clipboard and
checked. Nothing of it is kept."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from medvoice.domain.finding import CheckResult, Document, Finding, Level, Surface
from medvoice.ui.bridge import Bridge
from medvoice.ui.pages.compose.layouts import clear_layout, tab_in_reading_order
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label
from medvoice.ui.widgets.base import Surface as Ground
from medvoice.ui.widgets.button import Button
from medvoice.ui.widgets.citation import CitationRow
from medvoice.ui.widgets.controls import SegmentedControl
from medvoice.ui.widgets.finding_card import LOOKS

if TYPE_CHECKING:
    from medvoice.ui.bridge import Desk

CHECK_AFTER_MS = 250
LONGEST = 20_000  # more than any network takes; a copied page is cut, and that is said
TEXT_HEIGHT = 132
# Rules on what the author says of themselves: a like or a share says nothing of the kind.
OWN_WORDS = "-DISC-"
# What is done with the words, and as what the rules read them then.
DEEDS: dict[str, Surface] = {"share": "reshare", "answer": "reply", "profile": "profile"}


def check_words(desk: "Desk", text: str, surface: Surface) -> CheckResult:
    """Check words that belong to no draft. Check lane; nothing is kept."""
    profile = desk.identity.get()
    document = Document(
        text=text,
        surface=surface,
        regions=profile.regions,
        employer=profile.employer,
        products=profile.products,
        competitors=tuple(item.name for item in profile.products if item.relation == "competitor"),
        confidential_words=profile.confidential_words,
        profile_carries_disclaimer=profile.profile_carries_disclaimer,
    )
    return desk.checking.check_document(document)


class ShareCheck(QScrollArea):
    """`link_requested(url)` for a source."""

    link_requested = Signal(str)

    def __init__(self, theme: Theme, bridge: Bridge) -> None:
        super().__init__()
        self.theme, self.bridge = theme, bridge
        self.setObjectName("share_check")
        self.setAccessibleName(self.tr("Before I share"))
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._revision = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(CHECK_AFTER_MS)
        self._timer.timeout.connect(self.check)
        body = QWidget()
        body.setProperty("scroll", True)
        column = QVBoxLayout(body)
        column.setContentsMargins(16, theme.px(14), 16, theme.px(20))
        column.setSpacing(theme.px(10))
        self._add_head(column)
        self.verdict = Label(theme, "", "bodyStrong", wraps=True)
        self.verdict.setObjectName("share_verdict")
        self._mark = QLabel()
        line = QHBoxLayout()
        line.setSpacing(theme.px(8))
        line.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.verdict, 1)
        column.addLayout(line)
        self.unread = Label(theme, "", "small", "text.tertiary", wraps=True)
        column.addWidget(self.unread)
        self._found = QVBoxLayout()
        self._found.setSpacing(theme.px(8))
        column.addLayout(self._found)
        column.addStretch(1)
        self.setWidget(body)

    def _add_head(self, column: QVBoxLayout) -> None:
        theme = self.theme
        column.addWidget(Label(theme, self.tr("Before I like or share this"), "section", wraps=True))
        words = self.tr(
            "A like or a share can count as saying it yourself. Copy the words and read them here: nothing is"
            " kept, nothing is sent."
        )
        column.addWidget(Label(theme, words, "small", "text.secondary", wraps=True))
        self.deed = SegmentedControl(theme, self.tr("What you are about to do"))
        self.deed.setObjectName("share_deed")
        self.deed.add("share", self.tr("Like or share"))
        self.deed.add("answer", self.tr("Answer"))
        self.deed.add("profile", self.tr("Profile"))
        self.deed.chosen.connect(lambda _key: self.check())
        column.addWidget(self.deed, 0, Qt.AlignmentFlag.AlignLeft)
        self.hint = Label(theme, "", "small", "text.secondary", wraps=True)
        self.hint.setObjectName("share_hint")
        column.addWidget(self.hint)
        self.deed.chosen.connect(lambda _key: self._show_hint())
        self._show_hint()
        self.text = QPlainTextEdit()
        self.text.setObjectName("share_text")
        self.text.setProperty("field", True)
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(theme.px(TEXT_HEIGHT))
        self.text.setPlaceholderText(self.tr("The words, as copied or typed"))
        self.text.setAccessibleName(self.tr("Words to check"))
        self.text.textChanged.connect(self._typed)
        column.addWidget(self.text)
        row = QHBoxLayout()
        read = Button(theme, self.tr("Read the clipboard"), size="small", icon="clipboard-paste")
        read.setObjectName("read_clipboard")
        read.clicked.connect(self.read_clipboard)
        forget = Button(theme, self.tr("Forget"), kind="ghost", size="small")
        forget.setObjectName("forget_words")
        forget.clicked.connect(self.text.clear)
        row.addWidget(read)
        row.addWidget(forget)
        row.addStretch(1)
        column.addLayout(row)

    def _show_hint(self) -> None:
        hints = {
            "share": self.tr("Also read who wrote it, and what it links to: MedVoice cannot."),
            "answer": self.tr(
                "A question on a treatment is not answered here: pass it on to medical information. A side"
                " effect goes to safety."
            ),
            "profile": self.tr("Your headline and the text about you. They stand there for months."),
        }
        self.hint.setText(hints[self.deed.current()])

    # Checking

    def read_clipboard(self) -> None:
        """Take the words of the clipboard and check them at once."""
        self.text.setPlainText(QGuiApplication.clipboard().text()[: LONGEST + 1])
        self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.check()

    def _typed(self) -> None:
        self._revision += 1
        self._timer.start()

    def check(self) -> None:
        """Check what stands in the field; an answer for older words is passed over."""
        self._timer.stop()
        text, revision = self.text.toPlainText(), self._revision
        surface = DEEDS[self.deed.current()]
        if not text.strip():
            self._say("info", "info", self.tr("No words yet."))
            clear_layout(self._found)
            self.unread.hide()
            return
        self.verdict.setText(self.tr("Checking"))

        def done(result: CheckResult) -> None:
            if revision == self._revision and surface == DEEDS[self.deed.current()]:
                self._show(result, is_cut=len(text) > LONGEST)

        self.bridge.check(lambda desk: check_words(desk, text[:LONGEST], surface), owner=self, on_done=done)

    def _show(self, result: CheckResult, is_cut: bool) -> None:
        clear_layout(self._found)
        is_share = self.deed.current() == "share"
        found = [
            each
            for each in result.findings
            if each.level is not Level.ADVISE and not (is_share and OWN_WORDS in each.rule)
        ]
        blocks = sum(each.level is Level.BLOCK for each in found)
        if blocks:
            self._say("danger", "octagon-alert", self._worst_words(blocks))
        elif found:
            self._say("warn", "triangle-alert", self.tr("Look twice: {n} to check").format(n=len(found)))
        else:
            words = self.tr("No rule matched. Not a clearance by your company.")
            self._say("ok", "circle-check", words)
        unread = [*result.unread, *([self.tr("Only the first part was read.")] if is_cut else [])]
        self.unread.setText(" ".join(unread))
        self.unread.setVisible(bool(unread))
        seen: set[tuple[str, str]] = set()
        for finding in found:
            if (finding.rule, finding.quote) not in seen:
                seen.add((finding.rule, finding.quote))
                self._found.addWidget(self._card(finding))
        body = self.widget()
        if body is not None:
            tab_in_reading_order(self, body)

    def _worst_words(self, count: int) -> str:
        if self.deed.current() == "answer":
            return self.tr("Do not answer like this: {n} must be fixed").format(n=count)
        if self.deed.current() == "profile":
            return self.tr("Not in your profile: {n} must be fixed").format(n=count)
        return self.tr("Better not like or share it: {n} reasons").format(n=count) if count > 1 else self.tr(
            "Better not like or share it: 1 reason"
        )  # fmt: skip

    def _say(self, kind: str, icon: str, words: str) -> None:
        ink = f"{kind}.solid"
        self._mark.setPixmap(self.theme.pixmap(icon, ink, 16, self.devicePixelRatioF()))
        if words != self.verdict.text():
            self.verdict.setText(words)
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    def _card(self, finding: Finding) -> QWidget:
        theme = self.theme
        kind, _icon = LOOKS[finding.level]
        against = self.tr("Reason against it") if self.deed.current() == "share" else self.tr("Must fix")
        level = against if finding.level is Level.BLOCK else self.tr("Check")
        card = Ground("card")
        card.setAccessibleName(f"{level}: {finding.message}. {finding.quote}")
        column = QVBoxLayout(card)
        column.setContentsMargins(theme.px(14), theme.px(10), theme.px(12), theme.px(10))
        column.setSpacing(theme.px(4))
        column.addWidget(Label(theme, level, "smallStrong", f"{kind}.text"))
        column.addWidget(Label(theme, finding.message, "bodyStrong", wraps=True))
        column.addWidget(Label(theme, f"“{finding.quote}”", "quote", wraps=True, is_selectable=True))
        column.addWidget(Label(theme, finding.why, "small", "text.secondary", wraps=True))
        for source in finding.basis:
            row = CitationRow(theme, source)
            row.link_requested.connect(self.link_requested)
            column.addWidget(row)
        return card
