"""Keys: where they all stand, and whether single letters count."""

from PySide6.QtCore import Signal

from medvoice.ui.pages.settings.fields import TickField
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
        for words, key, signal in (
            (self.tr("All keys on one sheet, F1"), "show_keys", self.keys_requested),
            (
                self.tr("Any command or draft by a few letters, Ctrl+K"),
                "show_palette",
                self.palette_requested,
            ),
        ):
            find.addWidget(Label(theme, words, "body", "text.secondary", wraps=True))
            button = Button(
                theme,
                self.tr("Show all keys") if key == "show_keys" else self.tr("Find a command"),
                icon="keyboard" if key == "show_keys" else "search",
            )
            button.setObjectName(key)
            button.clicked.connect(signal)
            find.addWidget(button)
        card = self.add_card(self.tr("Single letters"))
        self.letters = TickField(
            theme,
            "letters",
            self.tr("Letters are keys while a list has the focus"),
            self.tr(
                "R, O and others act on the chosen row. Switch it off if you dictate: spoken words would press them."
            ),
        )
        card.addWidget(self.letters)
        self.letters.committed.connect(self._switched)
        self.finish()

    def _switched(self, value: object) -> None:
        self.letters_switched.emit(bool(value))
