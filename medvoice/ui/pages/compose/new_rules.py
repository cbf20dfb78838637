"""The tab of what the rules of today found, kept in step with the queue."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from medvoice.services.changes import Changes
from medvoice.ui.bridge import Desk

if TYPE_CHECKING:
    from medvoice.services.rechecking import Recheck
    from medvoice.ui.pages.compose.new_rules_tab import NewRulesTab
    from medvoice.ui.pages.compose.page import ComposePage

KEY = "new_rules"


class NewRules(QObject):
    """UI thread only. What was freed or taken out of the queue goes from the list by itself."""

    def __init__(self, page: "ComposePage") -> None:
        super().__init__(page)
        self.page = page
        self._tab: NewRulesTab | None = None
        page.bridge.changed.connect(self._changed)

    @property
    def tab(self) -> "NewRulesTab":
        """The page of the right pane, made when it is first asked for."""
        if self._tab is None:
            from medvoice.ui.pages.compose.new_rules_tab import NewRulesTab

            self._tab = NewRulesTab(self.page.theme)
            self._tab.draft_requested.connect(self.page.drafts.chosen)
            self._tab.link_requested.connect(self.page.open_url)
            self.page.pane.add(KEY, self.tr("New rules"), self._tab)
        return self._tab

    def show(self) -> None:
        """Bring the list to the person."""
        tab = self.tab
        self.page.pane.setVisible(True)
        self.page.pane.show_page(KEY)
        self._read(tab.take_focus)

    def _changed(self, changes: Changes) -> None:
        if changes.deliveries and self._tab is not None and self.page.pane.current() == KEY:
            self._read()

    def _read(self, then: "Callable[[], None] | None" = None) -> None:
        tab = self.tab

        def done(found: "Recheck | None") -> None:
            tab.show_found(found, self.page.planning.facts.profile.zone, self.page.planning.now())
            if then is not None:
                then()

        self.page.bridge.work(_read_last, owner=self, on_done=done)


def _read_last(desk: Desk) -> "Recheck | None":
    return desk.rechecking.last()
