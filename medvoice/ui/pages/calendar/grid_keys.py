"""What the keys of the calendar mean, the same in month, week and list."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

K, M = Qt.Key, Qt.KeyboardModifier
PLAIN = {
    K.Key_Return: "open",
    K.Key_Enter: "open",
    K.Key_Space: "show",
    K.Key_N: "new",
    K.Key_B: "best",
    K.Key_P: "place",
    K.Key_Delete: "unschedule",
    K.Key_T: "today",
    K.Key_G: "go_to",
    K.Key_M: "month",
    K.Key_W: "week",
    K.Key_L: "list",
    K.Key_Z: "readers",
    K.Key_PageUp: "previous",
    K.Key_PageDown: "next",
    K.Key_Menu: "menu",
    K.Key_Escape: "escape",
}
ALT = {
    K.Key_Left: "day_back",
    K.Key_Right: "day_on",
    K.Key_Up: "up",
    K.Key_Down: "down",
    K.Key_PageUp: "week_back",
    K.Key_PageDown: "week_on",
}


def meaning(event: QKeyEvent) -> str:
    """The act a key stands for, "" for none of ours."""
    modifiers = event.modifiers() & ~M.KeypadModifier
    key = Qt.Key(event.key())
    if modifiers == M.NoModifier:
        return PLAIN.get(key, "")
    if modifiers == M.AltModifier:
        return ALT.get(key, "")
    if modifiers == M.ShiftModifier and key == K.Key_F10:
        return "menu"
    return ""
