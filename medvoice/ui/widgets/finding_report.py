"""A report about a wrong finding: made here, copied by the person, sent by nobody."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from medvoice.domain.finding import Finding
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label
from medvoice.ui.widgets.button import Button
from medvoice.ui.widgets.controls import CheckItem

if TYPE_CHECKING:
    from medvoice.ui.widgets.finding_card import CardFacts

BOX_HEIGHT = 118


def _tr(text: str) -> str:
    return QCoreApplication.translate("Report", text)


def report_text(facts: "CardFacts", level: str, remark: str, *, with_words: bool) -> str:
    """The report as plain text. Of the person's post it holds the words found, and the word that changed
    the level, only with `with_words`, and never those of a possible side effect."""
    finding: Finding = facts.finding
    with_words = with_words and finding.lift != "route"
    lines = [
        _tr("A finding of MedVoice that looks wrong"),
        "",
        _tr("Rule: {rule}, version {version}").format(rule=finding.rule, version=finding.version),
        _tr("Rules: {pack}").format(pack=facts.rules or finding.pack),
        _tr("Shown as: {level}, {title}").format(level=level, title=finding.message),
        _tr("Kind: {category}, {confidence}").format(
            category=finding.category, confidence=finding.confidence
        ),
        _tr("Channel: {channel}; regions: {regions}").format(
            channel=facts.channel or "-", regions=", ".join(finding.regions) or "-"
        ),
    ]
    lines += [_tr("Source: {doc}").format(doc=source.doc) for source in finding.basis]
    if with_words:
        lines.append(_tr("Words found: {quote}").format(quote=" ".join(finding.quote.split())))
        if finding.cue:
            lines.append(_tr("Word beside them: {cue}").format(cue=finding.cue))
    else:
        lines.append(_tr("Words found: left out by the author"))
    if remark:
        lines.append(_tr("What is wrong: {remark}").format(remark=remark))
    return "\n".join(lines) + "\n"


class ReportForm(QWidget):
    """The report before it is copied: what it holds can be read in full. `copied(text)`."""

    copied = Signal(str)

    def __init__(self, theme: Theme, key: str, facts: "CardFacts", level: str) -> None:
        super().__init__()
        self._facts, self._level = facts, level
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        words = self.tr("Nothing is sent from here. Copy the report and pass it on yourself.")
        column.addWidget(Label(theme, words, "small", "text.secondary", wraps=True))
        self.remark = QLineEdit()
        self.remark.setObjectName(f"report_remark_{key}")
        self.remark.setPlaceholderText(self.tr("What is wrong with it (if you like)"))
        self.remark.setAccessibleName(self.tr("What is wrong with the finding"))
        self.with_words = CheckItem(theme, f"report_words_{key}", self.tr("Include the words it found"))
        self.text = QPlainTextEdit()
        self.text.setObjectName(f"report_text_{key}")
        self.text.setProperty("field", True)
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(theme.px(BOX_HEIGHT))
        self.text.setFont(theme.font("small"))
        self.text.setAccessibleName(self.tr("The report"))
        copy = Button(theme, self.tr("Copy report"), size="small", icon="copy")
        copy.setObjectName(f"copy_report_{key}")
        copy.clicked.connect(lambda: self.copied.emit(self.text.toPlainText()))
        row = QHBoxLayout()
        row.addWidget(copy)
        row.addStretch(1)
        # What may be told of a patient never leaves by this way.
        self.with_words.setVisible(facts.finding.lift != "route")
        for part in (self.remark, self.with_words, self.text):
            column.addWidget(part)
        column.addLayout(row)
        self.remark.textChanged.connect(self._write)
        self.remark.returnPressed.connect(copy.click)
        self.with_words.clicked.connect(self._write)
        self._write()

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Give the focus to the first field."""
        self.remark.setFocus(reason)

    def _write(self) -> None:
        remark = self.remark.text().strip()
        self.text.setPlainText(
            report_text(self._facts, self._level, remark, with_words=self.with_words.isChecked())
        )
