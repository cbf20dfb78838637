"""Everything a person can do in the window, said once: menus, keys, palette and shortcut sheet read it here.

A page offers what it can do as `commands() -> Sequence[Command]`; the window adds its own, and the book
holds both while the page is in front. Compose lists its own in `pages/compose/commands`. Deeds that can be
taken back go on the window's stack: `UndoStack.of(widget).push(label, undo, redo)`.
"""

from medvoice.ui.commands.book import CommandBook
from medvoice.ui.commands.command import SECTIONS, Command, section_title
from medvoice.ui.commands.undo import UndoStack

__all__ = ["SECTIONS", "Command", "CommandBook", "UndoStack", "section_title"]
