"""The settings page: a list at the left, one sheet at a time at the right."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from medvoice.domain.profile import Profile
from medvoice.services.changes import Changes
from medvoice.ui.bridge import Bridge
from medvoice.ui.pages.settings.about import AboutSheet
from medvoice.ui.pages.settings.accounts import AccountsSheet
from medvoice.ui.pages.settings.appearance import AppearanceSheet, KeepLook
from medvoice.ui.pages.settings.keyboard import KeyboardSheet
from medvoice.ui.pages.settings.nav import SettingsNav
from medvoice.ui.pages.settings.outside import OutsideSheet
from medvoice.ui.pages.settings.profile import ProfileSheet
from medvoice.ui.pages.settings.publishing import PublishingSheet
from medvoice.ui.pages.settings.rhythm import RhythmSheet
from medvoice.ui.pages.settings.rules import RulesSheet
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Surface

Toast = Callable[[str, Callable[[], None] | None], None]


class SettingsPage(Surface):
    """The settings.

    `open_browser(url)` starts the system browser and says whether it did (called on the net lane); `ports`
    are the callback ports to try; `keep_look(mode, text size in percent)` keeps the appearance;
    `toast(words, undo)` shows a sentence for some seconds. Sheets: "profile", "accounts", "rules",
    "appearance", "keyboard", "publishing", "rhythm", "outside", "about".
    """

    queue_requested = Signal()

    def __init__(
        self,
        theme: Theme,
        bridge: Bridge,
        *,
        open_browser: Callable[[str], bool],
        keep_look: KeepLook,
        toast: Toast,
        ports: tuple[int, ...] = (8765, 8766),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("surface", parent=parent)
        self.theme = theme
        self.bridge = bridge
        self.setObjectName("settings_page")
        self.profile = ProfileSheet(theme, bridge, toast)
        self.accounts = AccountsSheet(theme, bridge, open_browser=open_browser, ports=ports, toast=toast)
        self.rules = RulesSheet(theme, bridge)
        self.appearance = AppearanceSheet(theme, keep_look)
        self.publishing = PublishingSheet(theme, bridge)
        self.rhythm = RhythmSheet(theme, bridge, toast)
        self.outside = OutsideSheet(theme, bridge, toast)
        self.keyboard = KeyboardSheet(theme)
        self.sheets = {
            "profile": self.profile,
            "accounts": self.accounts,
            "rules": self.rules,
            "appearance": self.appearance,
            "keyboard": self.keyboard,
            "publishing": self.publishing,
            "rhythm": self.rhythm,
            "outside": self.outside,
            "about": AboutSheet(theme),
        }
        self.nav = self._make_nav()
        self.stack = QStackedWidget()
        for sheet in self.sheets.values():
            self.stack.addWidget(sheet)
        self._lay_out()
        self.nav.chosen.connect(self.open)
        self.accounts.queue_requested.connect(self.queue_requested)
        self.rules.profile_requested.connect(self._open_profile)
        bridge.changed.connect(self._workspace_changed)
        bridge.closing.connect(self.settle)
        theme.changed.connect(self._fit)
        self.current = "profile"
        self.nav.set_current(self.current)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.nav)
        row.addWidget(self.stack, 1)

    def _make_nav(self) -> SettingsNav:
        return SettingsNav(
            self.theme,
            (
                ("profile", "user", self.tr("You and your role")),
                ("accounts", "plug", self.tr("Accounts")),
                ("rules", "scale", self.tr("Rules and disclaimers")),
                ("appearance", "palette", self.tr("Appearance")),
                ("keyboard", "keyboard", self.tr("Keyboard")),
                ("publishing", "bot", self.tr("Publishing")),
                ("rhythm", "repeat-2", self.tr("Your rhythm")),
                ("outside", "globe", self.tr("Feeds and calendar")),
                ("about", "info", self.tr("About MedVoice")),
            ),
        )

    def open(self, key: str) -> None:
        """Bring a sheet to the front; what was being typed elsewhere is saved."""
        self.settle()
        self.current = key
        self.nav.set_current(key)
        self.stack.setCurrentWidget(self.sheets[key])
        self.reload()

    def enter(self) -> None:
        """Who was sent here to say who they are can type at once."""
        if self.current == "profile":
            self.profile.ask_name()

    def settle(self) -> None:
        """Save what is still being typed."""
        self.profile.settle()
        self.publishing.settle()

    def reload(self) -> None:
        """Read what the sheet in front shows."""
        sheet = self.sheets[self.current]
        if isinstance(sheet, AccountsSheet | RulesSheet | OutsideSheet | RhythmSheet):
            sheet.reload()
        elif self.current in ("profile", "publishing"):
            self.bridge.work(lambda desk: desk.identity.get(), owner=self, on_done=self._show_profile)

    def _show_profile(self, profile: Profile) -> None:
        self.profile.show_profile(profile)
        self.publishing.show_profile(profile)

    def _open_profile(self) -> None:
        self.open("profile")

    def _workspace_changed(self, changes: Changes) -> None:
        is_ours = changes.is_profile or changes.accounts or changes.deliveries or changes.topics
        if is_ours and self.isVisible():
            self.reload()

    def _fit(self) -> None:
        self.nav.fit(self.width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.reload()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.settle()
