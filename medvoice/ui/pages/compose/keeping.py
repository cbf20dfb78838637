"""What is said when words cannot be saved, or when another window shows the same draft."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from medvoice.domain.draft import CHANNEL_NAMES, Draft
from medvoice.domain.errors import StorageError
from medvoice.ui.strings import sentence_for

if TYPE_CHECKING:
    from medvoice.ui.pages.compose.page import ComposePage

NOT_SAVED, ELSEWHERE = "not_saved", "elsewhere"


class Keeping(QObject):
    """Sentences above the text; they go when their cause is gone."""

    def __init__(self, page: "ComposePage") -> None:
        super().__init__(page)
        self.page = page
        page.session.not_saved.connect(self._not_saved)
        page.session.saving.connect(self._saving)
        page.session.presence.changed.connect(self._presence_changed)

    def _not_saved(self, problem: StorageError) -> None:
        words = sentence_for(problem)
        if self.page.column.banner_words(NOT_SAVED) == words:
            return  # said already; the focus may be on its button
        banner = self.page.column.show_banner(NOT_SAVED, "danger", words, self.tr("Copy text"))
        banner.acted.connect(self.copy_text)

    def _saving(self, word: str) -> None:
        if word == "saved" and self.page.column.clear_banner(NOT_SAVED):
            self.page.toast(self.tr("Saved again. Nothing was lost."), None)

    def _presence_changed(self, is_elsewhere: bool) -> None:
        self.page.column.clear_banner(ELSEWHERE)
        if is_elsewhere:
            words = self.tr(
                "This draft is open in another window too. If both write, each text is kept as a draft of"
                " its own."
            )
            self.page.column.show_banner(ELSEWHERE, "info", words)

    def copy_text(self) -> None:
        """Title and all texts of the open draft to the clipboard, as they stand on the screen."""
        draft = self.page.session.on_screen()
        if draft is not None:
            QGuiApplication.clipboard().setText(whole_text(draft))
            self.page.toast(self.tr("Copied"), None)


def whole_text(draft: Draft) -> str:
    """Title, text and the texts of channels that do not follow it, as plain text."""
    own = [f"{CHANNEL_NAMES[each.channel]}\n{each.text}" for each in draft.variants if each.text is not None]
    return "\n\n".join(part for part in (draft.title, draft.text, *own) if part)
