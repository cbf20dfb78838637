"""Where a person stopped writing: the draft and the caret in it, brought back the next time."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings

if TYPE_CHECKING:
    from medvoice.domain.draft import Draft
    from medvoice.ui.editor import PostEditor

DRAFT, CARET = "compose/draft", "compose/caret"


class LastPlace:
    """`draft_id` is the draft that was open when the window closed, "" for none. UI thread only."""

    def __init__(self, look: QSettings) -> None:
        self._look = look
        self.draft_id = str(look.value(DRAFT, ""))
        caret = str(look.value(CARET, ""))
        self._caret = int(caret) if caret.isdecimal() else 0

    def keep(self, draft: "Draft | None", editor: "PostEditor", layer: str) -> None:
        """Keep what is open; a channel's own text opens with the main text the next time, at its start."""
        self._look.setValue(DRAFT, draft.id if draft is not None else "")
        self._look.setValue(CARET, 0 if draft is None or layer else editor.textCursor().position())
        self._look.sync()

    def bring_back(self, editor: "PostEditor", draft_id: str) -> None:
        """Put the caret where it stood, once: a draft opened later starts at its beginning."""
        if draft_id == self.draft_id and self._caret:
            cursor = editor.textCursor()
            cursor.setPosition(min(self._caret, editor.document().characterCount() - 1))
            editor.setTextCursor(cursor)
        self._caret = 0
