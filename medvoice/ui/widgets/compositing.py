"""Whether the screen mixes windows: without it, what is see-through of a popup is black."""

from PySide6.QtGui import QGuiApplication

MANAGER_ATOM = b"_NET_WM_CM_S%d"  # Extended Window Manager Hints 1.5, section 10: owned by the manager


def can_be_see_through() -> bool:
    """True where a popup may have a soft shadow. On X11 only while a compositing manager runs: on plain X
    servers, and on many remote desktops, none does. Takes about a millisecond there; UI thread."""
    if QGuiApplication.platformName() != "xcb":
        return True
    import ctypes  # when something floats: a start does not pay for it

    try:
        x11 = ctypes.CDLL("libX11.so.6")
    except OSError:
        return True
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XInternAtom.restype = x11.XGetSelectionOwner.restype = ctypes.c_ulong
    display = x11.XOpenDisplay(None)
    if not display:
        return True
    held = ctypes.c_void_p(display)
    try:
        name = MANAGER_ATOM % x11.XDefaultScreen(held)
        atom = x11.XInternAtom(held, ctypes.c_char_p(name), 1)
        return bool(atom) and bool(x11.XGetSelectionOwner(held, ctypes.c_ulong(atom)))
    finally:
        x11.XCloseDisplay(held)
