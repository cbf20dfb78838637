"""Keys: where they all stand, whether single letters count, and the ways here from other programs."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from medvoice.ui.pages.settings.fields import TickField
from medvoice.ui.pages.settings.reach import Reach
from medvoice.ui.pages.settings.sheet import Sheet
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label
from medvoice.ui.widgets.button import Button


class KeyboardSheet(Sheet):
    """`keys_requested` for the sheet of all keys, `palette_requested` for the palette, `letters_switched(on)`
    for single letters."""

    keys_requested = Signal()
    palette_requested = Signal()
    letters_switched = Signal(bool)

    def __init__(self, theme: Theme) -> None:
        super().__init__(
            theme, self.tr("Keyboard"), self.tr("Everything MedVoice can do, it can do without a mouse.")
        )
        self.setObjectName("settings_keyboard")
        find = self.add_card(self.tr("Find your way"))
        words = self.tr("F1 shows all keys. Ctrl+K finds any command or draft by a few letters.")
        find.addWidget(Label(theme, words, "body", "text.secondary", wraps=True))
        keys = Button(theme, self.tr("Show all keys"), icon="keyboard")
        keys.setObjectName("show_keys")
        keys.clicked.connect(self.keys_requested)
        palette = Button(theme, self.tr("Find a command"), icon="search")
        palette.setObjectName("show_palette")
        palette.clicked.connect(self.palette_requested)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(keys)
        row.addWidget(palette)
        row.addStretch(1)
        find.addLayout(row)
        card = self.add_card(self.tr("Single letters"))
        self.letters = TickField(
            theme,
            "letters",
            self.tr("Letters are keys while a list has the focus"),
            self.tr("R, O and others act on the chosen row. Switch it off if you dictate to the computer."),
        )
        card.addWidget(self.letters)
        self.letters.committed.connect(self._switched)
        reach = self.add_card(
            self.tr("From other programs"), self.tr("Catch an idea without leaving what you are doing.")
        )
        self.reach = Reach(theme)
        reach.addWidget(self.reach)
        self.finish()

    def _switched(self, value: object) -> None:
        self.letters_switched.emit(bool(value))
