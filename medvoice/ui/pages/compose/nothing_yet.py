"""What stands in the place of the text while no draft is open."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent

from medvoice.ui.widgets.message import EmptyState

if TYPE_CHECKING:
    from medvoice.domain.profile import Profile
    from medvoice.services.changes import Changes
    from medvoice.ui.bridge import Bridge
    from medvoice.ui.theme import Theme


class NothingYet(EmptyState):
    """`acted` wants a new draft. Who never said who they are is offered that as well: `second_acted`."""

    def __init__(self, theme: "Theme", bridge: "Bridge") -> None:
        super().__init__(
            theme,
            self.tr("Start with what you noticed"),
            self.tr("A question a clinician asked, a figure that fooled you, a talk you left early."),
            self.tr("New draft"),
            self.tr("Say who you are"),
            motif="page",
            icon="plus",
        )
        self._bridge = bridge
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("surface", "surface")
        self.second.setToolTip(
            self.tr("Your role, readers and products: the rules go by them. You can do it at any time.")
        )
        self.second.hide()
        bridge.changed.connect(self._changed)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look()

    def _changed(self, changes: "Changes") -> None:
        if changes.is_profile and self.isVisible():
            self._look()

    def _look(self) -> None:
        self._bridge.work(lambda desk: desk.identity.get(), owner=self, on_done=self._show_second)

    def _show_second(self, profile: "Profile") -> None:
        self.second.setVisible(not (profile.name or profile.employer or profile.disclosure))
