"""What is said when words cannot be saved, or when another window shows the same draft."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from medvoice.domain.draft import CHANNEL_NAMES, Draft
from medvoice.domain.errors import StorageError
from medvoice.ui.pages.compose.lanes import Opened, longest
from medvoice.ui.strings import number, sentence_for

if TYPE_CHECKING:
    from medvoice.ui.pages.compose.page import ComposePage
    from medvoice.ui.widgets.message import EmptyState

NOT_SAVED, ELSEWHERE = "not_saved", "elsewhere"


class Keeping(QObject):
    """Sentences above the text; they go when their cause is gone."""

    def __init__(self, page: "ComposePage") -> None:
        super().__init__(page)
        self.page = page
        page.session.not_saved.connect(self._not_saved)
        page.session.saving.connect(self._saving)
        page.session.presence.changed.connect(self._presence_changed)
        page.session.too_long.connect(self._show_too_long)
        self._too_long: EmptyState | None = None
        self.too_long_id = ""
        page.session.opened.connect(self._opened)
        page.drafts.chosen.connect(self._another_wanted)  # before the page opens it
        self._last_id = ""

    def _not_saved(self, problem: StorageError) -> None:
        words = sentence_for(problem)
        if self.page.column.banner_words(NOT_SAVED) == words:
            return  # said already; the focus may be on its button
        banner = self.page.column.show_banner(NOT_SAVED, "danger", words, self.tr("Copy text"))
        banner.acted.connect(self.copy_text)

    def _another_wanted(self, _draft_id: str) -> None:
        """A word half composed belongs to the draft it was begun in."""
        QGuiApplication.inputMethod().commit()

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

    def _show_too_long(self, draft: Draft) -> None:
        """A draft made elsewhere that would hold the window up: said, and kept as it is."""
        from medvoice.ui.widgets.message import EmptyState

        self._forget_too_long()
        page = self.page
        count = number(longest(draft))
        self._too_long = EmptyState(
            page.theme,
            self.tr("Too long to edit here"),
            self.tr("This draft has {n} characters. All of it is kept.").format(n=count),
            self.tr("Copy text"),
            kind="default",
        )
        self._too_long.setObjectName("too_long")
        self._too_long.acted.connect(lambda: self._copy(draft))
        self.too_long_id = draft.id
        page.middle.addWidget(self._too_long)
        page.show_nothing_open(self._too_long, draft.id)

    def _opened(self, opened: Opened) -> None:
        self._forget_too_long()
        if opened.draft.id != self._last_id:
            self._last_id = opened.draft.id
            self.page.column.clear_banner(NOT_SAVED)  # it was of the last draft, whose words are held

    def _forget_too_long(self) -> None:
        self.too_long_id = ""
        if self._too_long is not None:
            self.page.middle.removeWidget(self._too_long)
            self._too_long.deleteLater()
            self._too_long = None

    def copy_text(self) -> None:
        """Title and all texts of the open draft to the clipboard, as they stand on the screen."""
        draft = self.page.session.on_screen()
        if draft is not None:
            self._copy(draft)

    def _copy(self, draft: Draft) -> None:
        QGuiApplication.clipboard().setText(whole_text(draft))
        self.page.toast(self.tr("Copied"), None)


def whole_text(draft: Draft) -> str:
    """Title, text and the texts of channels that do not follow it, as plain text."""
    own = [f"{CHANNEL_NAMES[each.channel]}\n{each.text}" for each in draft.variants if each.text is not None]
    return "\n\n".join(part for part in (draft.title, draft.text, *own) if part)
