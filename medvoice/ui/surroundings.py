"""What changes around the window: clock, time zone, language, rules, and fonts that are not there.
Each is said in a sentence, and what the pages show is read again."""

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QLocale, QObject

from medvoice.ui.bridge import WORLD
from medvoice.ui.clock_watch import ClockWatch
from medvoice.ui.rule_watch import RuleWatch

if TYPE_CHECKING:
    from medvoice.ui.main_window import MainWindow


class Surroundings(QObject):
    """Made once the window can be used. UI thread only."""

    def __init__(self, window: "MainWindow", watch: ClockWatch | None = None) -> None:
        super().__init__(window)
        self._window = window
        self.watch = watch or ClockWatch(self)
        self.watch.jumped.connect(self._jumped)
        self.watch.moved.connect(self._moved)
        self.watch.woke.connect(self._read_again)
        self.watch.start()
        self.rules = RuleWatch(window)
        window.installEventFilter(self)
        if not window.theme.has_own_fonts:
            words = self.tr(
                "The fonts of MedVoice were not found, so your system's are used. All else works."
            )
            window.notices.banner("fonts", "info", words)

    def _read_again(self) -> None:
        """Whatever a page shows may have another word by now."""
        self._window.bridge.changed.emit(WORLD)

    def _jumped(self, drift: timedelta) -> None:
        self._read_again()
        words = self.tr("The clock of this computer was set forward by {span}.")
        if drift < timedelta(0):
            words = self.tr("The clock of this computer was set back by {span}.")
        kept = self.tr("Planned times stay as they are.")
        self._window.tell(f"{words.format(span=self._span(abs(drift)))} {kept}")

    def _span(self, span: timedelta) -> str:
        """The largest unit that says it: minutes, hours or days."""
        minutes = round(span.total_seconds() / 60)
        for size, one, many in (
            (24 * 60, self.tr("1 day"), self.tr("{n} days")),
            (60, self.tr("1 hour"), self.tr("{n} hours")),
        ):
            if minutes >= size:
                count = round(minutes / size)
                return one if count == 1 else many.format(n=count)
        return self.tr("{n} minutes").format(n=minutes)

    def _moved(self, zone: str) -> None:
        self._read_again()
        words = self.tr("This computer is in the time zone {zone} now. Planned times keep their own zone.")
        self._window.tell(words.format(zone=zone.replace("_", " ")))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LocaleChange:
            # "C" says nothing of how dates are written: what the start chose for it stays.
            if QLocale.system().language() != QLocale.Language.C:
                QLocale.setDefault(QLocale.system())
            self._read_again()
        return False
