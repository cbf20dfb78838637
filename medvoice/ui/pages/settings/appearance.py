"""How MedVoice looks: light or dark, size of text, contrast and motion. All change at once."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from medvoice.ui.pages.settings.fields import ChoiceField, TickField
from medvoice.ui.pages.settings.sheet import Sheet
from medvoice.ui.theme import Mode, Theme
from medvoice.ui.widgets.base import QuoteLabel

SIZES = (90, 100, 115, 130, 150)
# (mode, text size in percent) are to be kept; the rest is read from the theme.
KeepLook = Callable[[str, int], None]


class AppearanceSheet(Sheet):
    """Applies a choice to the theme and hands it to `keep`."""

    def __init__(self, theme: Theme, keep: KeepLook) -> None:
        super().__init__(theme, self.tr("Appearance"))
        self.setObjectName("settings_appearance")
        self.keep = keep
        card = self.add_card()
        modes = (
            (str(Mode.SYSTEM), self.tr("As the system"), "monitor"),
            (str(Mode.LIGHT), self.tr("Light"), "sun"),
            (str(Mode.DARK), self.tr("Dark"), "moon"),
        )
        self.mode = ChoiceField(theme, "mode", self.tr("Light or dark"), modes)
        card.addWidget(self.mode)
        sizes = tuple((size, f"{size} %", "") for size in SIZES)
        self.text_size = ChoiceField(theme, "text_size", self.tr("Size of text"), sizes)
        card.addWidget(self.text_size)
        ease = self.add_card(self.tr("Easier to see"), self.tr("What your system asks for counts as well."))
        contrast, motion = self.tr("More contrast: plain text, strong borders"), self.tr("Less motion")
        self.contrast = TickField(theme, "contrast", contrast)
        self.motion = TickField(theme, "motion", motion)
        ease.addWidget(self.contrast)
        ease.addWidget(self.motion)
        sample = self.add_card(self.tr("How posts read"))
        words = QCoreApplication.translate(
            "AppearanceSheet",
            "A registry can tell you how long people stayed on a therapy. It cannot tell why.",
        )
        sample.addWidget(QuoteLabel(theme, words, "editor"))
        self.finish()
        self.mode.committed.connect(self._mode_chosen)
        self.text_size.committed.connect(self._size_chosen)
        self.contrast.committed.connect(self._contrast_chosen)
        self.motion.committed.connect(self._motion_chosen)
        theme.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        self.mode.show_value(str(self.theme.mode))
        nearest = min(SIZES, key=lambda size: abs(size / 100 - self.theme.text_scale))
        self.text_size.show_value(nearest)
        self.contrast.show_value(self.theme.wants_contrast)
        self.motion.show_value(self.theme.wants_less_motion)

    def _mode_chosen(self, value: object) -> None:
        self.theme.set_mode(Mode(str(value)))
        self._keep()

    def _size_chosen(self, value: object) -> None:
        self.theme.set_text_scale(int(str(value)) / 100)
        self._keep()

    def _contrast_chosen(self, value: object) -> None:
        self.theme.set_more_contrast(bool(value))
        self._keep()

    def _motion_chosen(self, value: object) -> None:
        self.theme.set_less_motion(bool(value))
        self._keep()

    def _keep(self) -> None:
        self.keep(str(self.theme.mode), round(self.theme.text_scale * 100))
