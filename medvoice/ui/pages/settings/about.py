"""What MedVoice is, which version, and whose work it comes with."""

from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from medvoice import __version__
from medvoice.ui.pages.settings.sheet import Sheet
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label, Rule
from medvoice.ui.widgets.button import Button

ICON_PX, TEXT_PX = 56, 220
# Name, licence, and the file that holds its text below the resources; "" where there is none.
WORKS = (
    ("Inter", "SIL Open Font License 1.1", "fonts/OFL-Inter.txt"),
    ("Newsreader", "SIL Open Font License 1.1", "fonts/OFL-Newsreader.txt"),
    ("Lucide", "ISC, MIT", "icons/LICENSE-lucide.txt"),
    ("Qt for Python", "GNU LGPL 3", ""),
)


class AppMark(QLabel):
    """The program's icon; to a screen reader nothing, the name stands beside it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        theme.changed.connect(self._restyle)
        self._restyle()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._restyle()  # on a sharper screen
        return super().event(event)

    def _restyle(self) -> None:
        side = self.theme.px(ICON_PX)
        folder = self.theme.resources
        icon = QIcon(str(folder / "icons" / "medvoice.svg")) if folder is not None else QIcon()
        self.setPixmap(icon.pixmap(QSize(side, side), self.devicePixelRatioF()))


class Work(QWidget):
    """A work of others: name, licence, and its text when it is asked for."""

    def __init__(self, theme: Theme, name: str, licence: str, text: Path | None) -> None:
        super().__init__()
        self.theme, self._path = theme, text
        self.setObjectName(f"work_{name.split()[0].lower()}")
        self.text: QPlainTextEdit | None = None
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.px(8))
        row = QHBoxLayout()
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(theme, name, "bodyStrong"))
        words.addWidget(Label(theme, licence, "small", "text.secondary"))
        row.addLayout(words, 1)
        self.column.addLayout(row)
        if text is not None:
            self.show_button = Button(theme, self.tr("Show"), size="small")
            self.show_button.setObjectName(f"{self.objectName()}_show")
            self.show_button.setAccessibleName(self.tr("Show the licence of {name}").format(name=name))
            self.show_button.clicked.connect(self._switch)
            row.addWidget(self.show_button, 0, Qt.AlignmentFlag.AlignVCenter)

    def _switch(self) -> None:
        if self.text is None and self._path is not None:
            self.text = QPlainTextEdit(self._path.read_text("utf-8"), self)
            self.text.setReadOnly(True)
            self.text.setProperty("field", True)
            self.text.setTabChangesFocus(True)
            self.text.setAccessibleName(self.tr("Licence"))
            self.text.setFont(self.theme.font("small"))
            self.text.setFixedHeight(self.theme.px(TEXT_PX))
            self.column.addWidget(self.text)
            self.text.show()
        elif self.text is not None:
            self.text.setVisible(not self.text.isVisible())
        is_open = self.text is not None and self.text.isVisibleTo(self)
        self.show_button.setText(self.tr("Hide") if is_open else self.tr("Show"))


class AboutSheet(Sheet):
    """Reads a licence's text only when it is shown."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, self.tr("About MedVoice"))
        self.setObjectName("settings_about")
        self._add_what()
        self._add_works()
        self.finish()

    def _add_what(self) -> None:
        theme = self.theme
        card = self.add_card()
        row = QHBoxLayout()
        row.setSpacing(theme.px(16))
        row.addWidget(AppMark(theme), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(theme.px(4))
        words.addWidget(Label(theme, "MedVoice", "panelTitle"))
        version = self.tr("Version {version}").format(version=__version__)
        label = Label(theme, version, "body", "text.secondary", is_selectable=True)
        label.setObjectName("about_version")
        words.addWidget(label)
        row.addLayout(words, 1)
        card.addLayout(row)
        for line in (
            self.tr("Your expertise, in your own voice, within the rules."),
            self.tr("Everything you write stays on this computer until you schedule it."),
            self.tr(
                "MedVoice helps you look. It gives no legal advice, and its rules are drafts that no lawyer"
                " has reviewed."
            ),
        ):
            card.addWidget(Label(theme, line, "body", "text.secondary", wraps=True))

    def _add_works(self) -> None:
        card = self.add_card(
            self.tr("Made with"), self.tr("MedVoice itself is free software under the Apache License 2.0.")
        )
        folder = self.theme.resources
        for at, (name, licence, file) in enumerate(WORKS):
            if at:
                card.addWidget(Rule())
            path = folder / file if folder is not None and file else None
            card.addWidget(Work(self.theme, name, licence, path))
