"""Before I like, share or answer: somebody else's words, or my own outside a draft, read from the clipboard
and checked. Nothing of it is kept."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QGuiApplication
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from medvoice.domain.finding import Finding, Level
from medvoice.ui.bridge import Bridge
from medvoice.ui.pages.compose.layouts import clear_layout, tab_in_reading_order
from medvoice.ui.pages.compose.share_cards import QuestionCard, cards_for
from medvoice.ui.pages.compose.share_read import LONGEST, Read, Words, read_words
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label
from medvoice.ui.widgets.button import Button
from medvoice.ui.widgets.controls import SegmentedControl

if TYPE_CHECKING:
    from medvoice.compliance.reply import Question
    from medvoice.ui.widgets.event_panel import SafetyFacts

CHECK_AFTER_MS = 250
TEXT_HEIGHT, QUESTION_HEIGHT = 100, 76
# Rules on what the author says of themselves: a like or a share says nothing of the kind.
OWN_WORDS = "-DISC-"


class ShareCheck(QScrollArea):
    """`link_requested(url)` for a source; `note_wanted(text)` to be copied; `contact_wanted()` opens the
    settings."""

    link_requested = Signal(str)
    note_wanted = Signal(str)
    contact_wanted = Signal()

    def __init__(self, theme: Theme, bridge: Bridge) -> None:
        super().__init__()
        self.theme, self.bridge = theme, bridge
        self.setObjectName("share_check")
        self.setAccessibleName(self.tr("Before I share"))
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._last: Read | None = None
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
        self._add_fields(column)
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
        theme.changed.connect(self._restyle)
        self._restyle()
        self._show_deed()

    def _add_head(self, column: QVBoxLayout) -> None:
        theme = self.theme
        column.addWidget(Label(theme, self.tr("Before I like, share or answer"), "section", wraps=True))
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
        self.deed.chosen.connect(lambda _key: self._change_deed())
        column.addWidget(self.deed, 0, Qt.AlignmentFlag.AlignLeft)
        self.hint = Label(theme, "", "small", "text.secondary", wraps=True)
        self.hint.setObjectName("share_hint")
        column.addWidget(self.hint)

    def _add_fields(self, column: QVBoxLayout) -> None:
        theme = self.theme
        self.question = self._text_field("share_question")
        self.question.setPlaceholderText(self.tr("The question or comment, as copied"))
        self.headline = QLineEdit()
        self.headline.setObjectName("share_headline")
        self.headline.setPlaceholderText(self.tr("The line under your name"))
        self.headline.textChanged.connect(self._typed)
        self.text = self._text_field("share_text")
        self.text.setAccessibleName(self.tr("Words to check"))
        self._captions = {name: Label(theme, "", "smallStrong", wraps=True) for name in ("beside", "text")}
        beside = QVBoxLayout()
        beside.setSpacing(theme.px(4))
        for part in (self._captions["beside"], self.question, self.headline):
            beside.addWidget(part)
        column.addLayout(beside)
        below = QVBoxLayout()
        below.setSpacing(theme.px(4))
        below.addWidget(self._captions["text"])
        below.addWidget(self.text)
        column.addLayout(below)
        row = QHBoxLayout()
        read = Button(theme, self.tr("Read the clipboard"), size="small", icon="clipboard-paste")
        read.setObjectName("read_clipboard")
        read.clicked.connect(self.read_clipboard)
        forget = Button(theme, self.tr("Forget"), kind="ghost", size="small")
        forget.setObjectName("forget_words")
        forget.clicked.connect(self.forget)
        row.addWidget(read)
        row.addWidget(forget)
        row.addStretch(1)
        column.addLayout(row)

    def _text_field(self, name: str) -> QPlainTextEdit:
        field = QPlainTextEdit()
        field.setObjectName(name)
        field.setProperty("field", True)
        field.setTabChangesFocus(True)
        field.textChanged.connect(self._typed)
        return field

    def _restyle(self) -> None:
        """Other colours or another text size: what was painted is painted anew."""
        self.question.setFixedHeight(self.theme.px(QUESTION_HEIGHT))
        self.text.setFixedHeight(self.theme.px(TEXT_HEIGHT))
        if self._last is not None:
            self._show(self._last)

    # What is about to be done

    def _change_deed(self) -> None:
        """Words that were copied to be liked are, when one wants to answer, what is answered."""
        text = self.text.toPlainText()
        if self.deed.current() == "answer" and text and not self.question.toPlainText():
            self.question.setPlainText(text)
            self.text.clear()
        self._show_deed()
        self.check()

    def _show_deed(self) -> None:
        deed = self.deed.current()
        hints = {
            "share": self.tr("Also read who wrote it, and what it links to: MedVoice cannot."),
            "answer": self.tr(
                "A question on a treatment is not answered here: pass it on to medical information. A side"
                " effect goes to safety."
            ),
            "profile": self.tr("Your headline and the text about you. They stand there for months."),
        }
        captions = {
            "share": ("", ""),
            "answer": (self.tr("What was asked"), self.tr("Your answer")),
            "profile": (self.tr("Headline"), self.tr("About you")),
        }
        holders = {
            "share": self.tr("The words, as copied or typed"),
            "answer": self.tr("What you would answer"),
            "profile": self.tr("The text about you"),
        }
        self.hint.setText(hints[deed])
        self.question.setVisible(deed == "answer")
        self.headline.setVisible(deed == "profile")
        for name, words in zip(("beside", "text"), captions[deed], strict=True):
            self._captions[name].setText(words)
            self._captions[name].setVisible(bool(words))
        self.question.setAccessibleName(captions["answer"][0])
        self.headline.setAccessibleName(captions["profile"][0])
        self.text.setPlaceholderText(holders[deed])
        self.text.setAccessibleName(captions[deed][1] or self.tr("Words to check"))

    def words(self) -> Words:
        """What stands in the fields that are shown."""
        deed = self.deed.current()
        beside = {"answer": self.question.toPlainText(), "profile": self.headline.text()}.get(deed, "")
        return Words(deed, self.text.toPlainText(), beside)

    # Checking

    def read_clipboard(self) -> None:
        """Take the words of the clipboard and check them at once. For an answer they are the question."""
        copied = QGuiApplication.clipboard().text()[: LONGEST + 1]
        is_answer = self.deed.current() == "answer"
        (self.question if is_answer else self.text).setPlainText(copied)
        self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.check()

    def forget(self) -> None:
        """Empty all fields."""
        for field in (self.question, self.headline, self.text):
            field.clear()

    def _typed(self) -> None:
        self._timer.start()

    def check(self) -> None:
        """Check what stands in the fields; an answer for older words is passed over."""
        self._timer.stop()
        words = self.words()
        if words.is_empty:
            self._last = None
            self._say("info", "info", self.tr("No words yet."))
            clear_layout(self._found)
            self.unread.hide()
            return
        self.verdict.setText(self.tr("Checking"))

        def done(read: Read) -> None:
            if read.words == self.words():
                self._show(read)

        self.bridge.check(lambda desk: read_words(desk, words), owner=self, on_done=done)

    def _show(self, read: Read) -> None:
        self._last = read
        clear_layout(self._found)
        is_share = read.words.deed == "share"
        found = tuple(
            each
            for each in (*read.headline, *read.result.findings)
            if each.level is not Level.ADVISE and not (is_share and OWN_WORDS in each.rule)
        )
        self._say(*self._verdict_of(read, found))
        lines = (*read.result.unread, *(read.question.unread if read.question is not None else ()))
        unread = [
            *dict.fromkeys(lines),
            *([self.tr("Only the first part was read.")] if read.words.is_cut else []),
        ]
        self.unread.setText(" ".join(unread))
        self.unread.setVisible(bool(unread))
        against = self.tr("Reason against it") if is_share else self.tr("Must fix")
        for card in cards_for(self.theme, found, against):
            card.link_requested.connect(self.link_requested)
            self._found.addWidget(card)
        if read.question is not None:
            self._show_question(read.question, read.safety)
        body = self.widget()
        if body is not None:
            tab_in_reading_order(self, body)

    def _show_question(self, question: "Question", safety: "SafetyFacts") -> None:
        if question.is_passed_on:
            card = QuestionCard(self.theme, question, safety)
            card.answer_wanted.connect(self.text.setPlainText)
            card.note_wanted.connect(self.note_wanted)
            card.contact_wanted.connect(self.contact_wanted)
            self._found.addWidget(card)
        softer = tuple(one for one in question.findings if one.level is Level.WARN)
        for card in cards_for(self.theme, softer, ""):
            card.link_requested.connect(self.link_requested)
            self._found.addWidget(card)

    def _verdict_of(self, read: Read, found: tuple[Finding, ...]) -> tuple[str, str, str]:
        """Kind, icon and words."""
        blocks = sum(each.level is Level.BLOCK for each in found)
        if blocks:
            return "danger", "octagon-alert", self._worst_words(blocks)
        question = read.question
        if question is not None and question.is_passed_on:
            if not read.words.text.strip():
                return "danger", "octagon-alert", self.tr("Pass this on; do not answer it here")
            if not found:
                return "info", "info", self.tr("This answer passes it on. Now do pass it on.")
        if found:
            return "warn", "triangle-alert", self.tr("Look twice: {n} to check").format(n=len(found))
        return "ok", "circle-check", self.tr("No rule matched. Not a clearance by your company.")

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
