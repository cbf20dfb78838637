"""One key combination that works in every program, where the system lets a program ask for one alone.

Nothing here listens to what is typed: X and Windows are asked for this one combination and tell of no other.
Wayland and macOS leave such keys to the desktop's own settings, where a command can be given a key.
"""

import logging
import os
import socket
import sys
import threading
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from medvoice.services.ports import GlobalKey

_log = logging.getLogger(__name__)
# Qt's portable names of keys whose X name is another; letters, digits, F1 to F35 and signs name themselves.
X_NAMES = {
    "Space": "space",
    "Esc": "Escape",
    "Backspace": "BackSpace",
    "Enter": "KP_Enter",
    "Ins": "Insert",
    "Del": "Delete",
    "PgUp": "Prior",
    "PgDown": "Next",
    "Print": "Print",
}
WINDOWS_KEYS = {
    "Space": 0x20,
    "PgUp": 0x21,
    "PgDown": 0x22,
    "End": 0x23,
    "Home": 0x24,
    "Left": 0x25,
    "Up": 0x26,
    "Right": 0x27,
    "Down": 0x28,
    "Ins": 0x2D,
    "Del": 0x2E,
    "Return": 0x0D,
}
WINDOWS_MODIFIERS = {"Alt": 0x1, "Ctrl": 0x2, "Shift": 0x4, "Meta": 0x8}
NO_REPEAT, HOTKEY, QUIT, OUR_ID = 0x4000, 0x0312, 0x0012, 0x4D56


def open_global_key(platform_name: str) -> "GlobalKey | None":
    """A way to ask for a key, by the name of Qt's platform; None where there is none, as under Wayland, where
    X would see the key only while one of its own windows has the focus. UI thread."""
    if platform_name == "windows" and sys.platform == "win32":
        return WindowsKey()
    is_wayland = os.environ.get("WAYLAND_DISPLAY") or os.environ.get("XDG_SESSION_TYPE") == "wayland"
    if platform_name != "xcb" or is_wayland:
        return None
    try:
        return XKey()
    except Exception as problem:  # noqa: BLE001 - no library, no display, or one that does not let us in
        _log.info("no key of the system: %s", problem)
        return None


def parts_of(keys: str) -> tuple[frozenset[str], str]:
    """Modifiers and key of a combination as Qt writes it for files: "Ctrl+Alt+Space", "Ctrl++"."""
    head, key = (
        (keys[:-2], "+") if keys.endswith("++") else keys.rsplit("+", 1) if "+" in keys else ("", keys)
    )
    return frozenset(head.split("+")) - {""}, key


class XKey:
    """ports.GlobalKey over a connection to X of its own. Raises what Xlib raises when there is no display."""

    def __init__(self) -> None:
        from Xlib import XK, X, display, error

        self._names, self._x, self._errors = XK, X, error
        self._display: Any = display.Display()
        self._root: Any = self._display.screen().root
        self._keys = ""
        self._grabbed: list[tuple[int, int]] = []
        self._pressed_at = 0

    def fileno(self) -> int:
        return self._display.fileno()

    def grab(self, keys: str) -> str:
        self._release()
        self._keys = keys
        modifiers, key = parts_of(keys)
        code, is_shifted = self._code(key)
        if not code:
            return "unknown"
        mask = self._x.ShiftMask if is_shifted or "Shift" in modifiers else 0
        mask |= self._x.ControlMask if "Ctrl" in modifiers else 0
        for name, symbol in (("Alt", "Alt_L"), ("Meta", "Super_L")):
            if name in modifiers:
                wanted = self._mask_of(symbol)
                if not wanted:
                    return "unknown"
                mask |= wanted
        refused = self._errors.CatchError(self._errors.BadAccess)
        for locks in self._lock_masks():
            self._root.grab_key(
                code, mask | locks, True, self._x.GrabModeAsync, self._x.GrabModeAsync, onerror=refused
            )
            self._grabbed.append((code, mask | locks))
        self._display.sync()
        if refused.get_error() is not None:
            self._release()
            return "taken"
        return ""

    def presses(self) -> int:
        count = 0
        while self._display.pending_events():
            event = self._display.next_event()
            if event.type == self._x.KeyPress and any(event.detail == code for code, _mask in self._grabbed):
                self._pressed_at = event.time
                count += 1
            elif event.type == self._x.MappingNotify:
                # Another keyboard: the key may lie elsewhere now.
                self._display.refresh_keyboard_mapping(event)
                if self._grabbed:
                    self.grab(self._keys)
        return count

    def bring(self, window_id: int) -> None:
        from Xlib.protocol import event

        data = (32, [2, self._pressed_at, 0, 0, 0])  # 2: asked for by the person
        atom = self._display.intern_atom("_NET_ACTIVE_WINDOW")
        window = self._display.create_resource_object("window", window_id)
        message = event.ClientMessage(window=window, client_type=atom, data=data)
        mask = self._x.SubstructureRedirectMask | self._x.SubstructureNotifyMask
        self._root.send_event(message, event_mask=mask)
        self._display.flush()

    def close(self) -> None:
        self._display.close()

    def _release(self) -> None:
        for code, mask in self._grabbed:
            self._root.ungrab_key(code, mask)
        self._grabbed.clear()
        self._display.sync()

    def _code(self, key: str) -> tuple[int, bool]:
        """The key of this keyboard for a sign or a name, and whether it takes Shift; 0 for none."""
        name = X_NAMES.get(key, key.lower() if len(key) == 1 else key)
        symbol = self._names.string_to_keysym(name)
        if not symbol and len(name) == 1:
            symbol = ord(name) if ord(name) < 0x100 else 0x0100_0000 + ord(name)
        found = sorted(self._display.keysym_to_keycodes(symbol), key=lambda each: each[1]) if symbol else []
        return (found[0][0], found[0][1] % 2 == 1) if found else (0, False)

    def _mask_of(self, name: str) -> int:
        """Which modifier a key is on this keyboard; 0 for none."""
        code = self._display.keysym_to_keycode(self._names.string_to_keysym(name))
        rows = self._display.get_modifier_mapping()
        return next((1 << at for at, row in enumerate(rows) if code and code in row), 0)

    def _lock_masks(self) -> list[int]:
        """All that Caps Lock, Num Lock and Scroll Lock can make of a state."""
        locks = {self._x.LockMask, self._mask_of("Num_Lock"), self._mask_of("Scroll_Lock")} - {0}
        found = [0]
        for lock in locks:
            found += [each | lock for each in found]
        return found


class WindowsKey:
    """ports.GlobalKey over RegisterHotKey. A thread of its own waits for the message and writes a byte, so no
    other message of the window passes through Python. Written to the documentation; not run by our tests."""

    def __init__(self) -> None:
        self._here, self._there = socket.socketpair()
        self._here.setblocking(False)
        self._thread: threading.Thread | None = None
        self._answer: list[str] = []
        self._asked = threading.Event()

    def fileno(self) -> int:
        return self._here.fileno()

    def grab(self, keys: str) -> str:
        self._end()
        modifiers, key = parts_of(keys)
        is_sign = len(key) == 1 and key.isascii() and key.isalnum()
        is_function = key[:1] == "F" and key[1:].isdecimal() and 1 <= int(key[1:]) <= 24
        code = (
            ord(key.upper()) if is_sign else 0x6F + int(key[1:]) if is_function else WINDOWS_KEYS.get(key, 0)
        )
        if not code:
            return "unknown"
        mask = NO_REPEAT | sum(WINDOWS_MODIFIERS.get(each, 0) for each in modifiers)
        self._answer, self._asked = [], threading.Event()
        self._thread = threading.Thread(target=self._wait, args=(mask, code), name="key", daemon=True)
        self._thread.start()
        self._asked.wait(2)
        return self._answer[0] if self._answer else "unknown"

    def presses(self) -> int:
        try:
            return len(self._here.recv(64))
        except BlockingIOError:
            return 0

    def bring(self, window_id: int) -> None:
        """Windows lets the program come to the front that has just got its key."""

    def close(self) -> None:
        self._end()
        self._here.close()
        self._there.close()

    def _end(self) -> None:
        if self._thread is not None and self._thread.is_alive():
            import ctypes

            windows: Any = ctypes
            windows.windll.user32.PostThreadMessageW(self._thread.native_id, QUIT, 0, 0)
            self._thread.join(2)
        self._thread = None

    def _wait(self, mask: int, code: int) -> None:
        """On the thread: the key belongs to the thread that asks for it, and so do its messages."""
        import ctypes
        from ctypes import wintypes

        windows: Any = ctypes
        user = windows.windll.user32
        is_ours = bool(user.RegisterHotKey(None, OUR_ID, mask, code))
        self._answer.append("" if is_ours else "taken")
        self._asked.set()
        if not is_ours:
            return
        message = wintypes.MSG()
        while user.GetMessageW(ctypes.byref(message), None, 0, 0) > 0:
            if message.message == HOTKEY:
                self._there.send(b"!")
        user.UnregisterHotKey(None, OUR_ID)
