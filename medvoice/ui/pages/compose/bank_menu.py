"""Tags and mentions of the draft's topic, offered where a sign is put in; made when a person asks for one."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMenu, QWidget

if TYPE_CHECKING:
    from medvoice.ui.pages.compose.editor_column import EditorColumn


def offer(column: "EditorColumn", sign: str, topic_id: str | None, anchor: QWidget) -> None:
    """Put a sign at the caret; where the topic has words of that kind, offer them first. `sign` is "#" or
    "@"."""
    topic = next((each for each in column.topics if each.id == topic_id), None)
    bank = () if topic is None else topic.hashtags if sign == "#" else topic.mentions
    if not bank:
        column.insert(sign)
        return
    menu = QMenu(column)
    menu.setObjectName("bank_menu")
    menu.aboutToHide.connect(menu.deleteLater)
    for word in bank:
        shown = f"{sign}{word.removeprefix(sign)}"
        menu.addAction(shown, lambda shown=shown: column.insert(f"{shown} "))
    menu.addSeparator()
    words = QCoreApplication.translate("bank_menu", "Another one")
    menu.addAction(words, lambda: column.insert(sign))
    menu.popup(anchor.mapToGlobal(anchor.rect().topLeft()))
