"""The theme: one object that is handed to every widget and delegate, and tells them when it changed."""

import gc
import sys
from enum import StrEnum
from pathlib import Path
from typing import Self

from PySide6.QtCore import QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from medvoice.ui.theme.fonts import load_fonts
from medvoice.ui.theme.icons import IconStore
from medvoice.ui.theme.palette import make_palette
from medvoice.ui.theme.qss import make_qss
from medvoice.ui.theme.tokens import Tokens

MIN_SCALE, MAX_SCALE = 0.9, 1.5
# Large numbers and counts; times and meters ask for tabular figures where they are drawn (look.md 2.2).
# Not for running text: Inter's tabular set also widens the hyphen.
TABULAR_ROLES = frozenset({"metric", "caption"})
TITLE_ROLES = frozenset({"viewTitle", "draftTitle", "heroTitle", "metric"})


# With more contrast hairlines become borders and soft text plain text (look.md 8); tints drop where boxes are
# painted.
STRONGER = {
    "border.subtle": "border.control",
    "border.default": "border.control",
    "text.tertiary": "text.primary",
    "text.secondary": "text.primary",
}


class Mode(StrEnum):
    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Theme(QObject):
    """Colours, sizes, fonts and icons in force. UI thread only.

    `changed` fires after mode, system colour scheme, text size, motion or contrast changed; widgets then
    read everything again. Names are those of tokens.json; an unknown name raises KeyError.
    """

    changed = Signal()

    def __init__(
        self,
        tokens: Tokens,
        icons_dir: Path | None = None,
        *,
        mode: Mode = Mode.SYSTEM,
        text_scale: float = 1.0,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.tokens = tokens
        # The folder of what comes with the program, None for a theme that was made without one.
        self.resources = icons_dir.parent if icons_dir is not None else None
        self._icons = IconStore(icons_dir, float(tokens.sizes["stroke.icon"]))
        self._mode = mode
        self._scale = min(max(text_scale, MIN_SCALE), MAX_SCALE)
        self._wants_less_motion = False
        self._colors: dict[str, QColor] = {}
        self._fonts: dict[tuple[str, bool, bool], QFont] = {}
        self.has_own_fonts = True
        self._window: QWidget | None = None
        self._has_sheet = True
        self._wants_contrast = self._is_high_contrast = False
        self._system: dict[str, str] | None = None
        self._is_dark = self._find_dark()
        self._watch_system()

    @classmethod
    def from_resources(
        cls,
        resources: Path,
        *,
        mode: Mode = Mode.SYSTEM,
        text_scale: float = 1.0,
        parent: QObject | None = None,
    ) -> Self:
        """Read `themes/tokens.json`, register `fonts/` and use `icons/` of the resource folder."""
        text = (resources / "themes" / "tokens.json").read_text("utf-8")
        families = load_fonts(resources / "fonts")
        made = cls(
            Tokens.from_json(text), resources / "icons", mode=mode, text_scale=text_scale, parent=parent
        )
        # Each role's first family is ours; the rest of its list are the system's.
        made.has_own_fonts = all(names[0] in families for names in made.tokens.families.values())
        return made

    # Choices of the person

    @property
    def mode(self) -> Mode:
        return self._mode

    @property
    def is_dark(self) -> bool:
        return self._is_dark

    @property
    def is_high_contrast(self) -> bool:
        """Whether the person or the system asks for more contrast."""
        return self._wants_contrast or self._is_high_contrast or self.has_system_colors

    @property
    def has_system_colors(self) -> bool:
        """Whether all colours are those of a contrast theme of the system."""
        return self._system is not None

    @property
    def wants_contrast(self) -> bool:
        """The app's own setting for more contrast, whatever the system says."""
        return self._wants_contrast

    @property
    def wants_less_motion(self) -> bool:
        """The app's own setting for less motion, whatever the system says."""
        return self._wants_less_motion

    @property
    def text_scale(self) -> float:
        """Text size as a factor, 0.9 to 1.5."""
        return self._scale

    def set_mode(self, mode: Mode) -> None:
        if mode != self._mode:
            self._mode = mode
            self._refresh()

    def set_text_scale(self, factor: float) -> None:
        """0.9 to 1.5; values outside are brought inside."""
        factor = min(max(factor, MIN_SCALE), MAX_SCALE)
        if factor != self._scale:
            self._scale = factor
            self._refresh()

    def set_less_motion(self, is_wanted: bool) -> None:
        """The app's own setting; the system's wish counts as well."""
        if is_wanted != self._wants_less_motion:
            self._wants_less_motion = is_wanted
            self._refresh()

    def set_more_contrast(self, is_wanted: bool) -> None:
        """The app's own setting; the system's wish counts as well."""
        if is_wanted != self._wants_contrast:
            self._wants_contrast = is_wanted
            self._refresh()

    def follow_palette(self, palette: QPalette | None) -> None:
        """Take all colours from the palette of a contrast theme, whatever the mode; None ends it."""
        self._take_palette(palette)
        self._refresh()

    def _take_palette(self, palette: QPalette | None) -> None:
        self._system = None
        if palette is not None:
            from medvoice.ui.theme.contrast_theme import colors_of

            self._system = colors_of(palette, self.tokens.light)
        self._is_dark = self._find_dark()

    # Values

    def hex(self, name: str) -> str:
        """The colour as "#RRGGBB"."""
        if self._system is not None:
            return self._system[name]
        table = self.tokens.dark if self._is_dark else self.tokens.light
        return table[STRONGER.get(name, name) if self.is_high_contrast else name]

    def color(self, name: str, alpha: float = 1.0) -> QColor:
        """A colour by token name; `alpha` 0 to 1 for scrims and overlays. Treat the result as read-only."""
        if alpha != 1.0:
            tinted = QColor(self.hex(name))
            tinted.setAlphaF(alpha)
            return tinted
        if name not in self._colors:
            self._colors[name] = QColor(self.hex(name))
        return self._colors[name]

    def px(self, size: str | float) -> int:
        """A size role of tokens.json ("control", "switch.w") or a number of pixels, times the text size."""
        value = self.tokens.sizes[size] if isinstance(size, str) else size
        return round(value * self._scale)

    def fixed(self, size: str) -> int:
        """A size role that does not grow with text: the panes of the frame and strokes."""
        return round(self.tokens.sizes[size])

    def radius(self, role: str) -> int:
        return self.tokens.radii[role]

    def duration_ms(self, role: str) -> int:
        """Milliseconds of a motion role ("fast", "base", "slow"), 0 when less motion is wanted."""
        return 0 if self.has_less_motion else int(self.tokens.motion[role])

    @property
    def has_less_motion(self) -> bool:
        if self._wants_less_motion:
            return True
        hints = QGuiApplication.styleHints()
        accessibility = hints.accessibility() if hasattr(hints, "accessibility") else None
        preference = getattr(accessibility, "motionPreference", None)  # Qt 6.12 and later
        if preference is not None:
            return getattr(preference(), "name", "") == "ReducedMotion"
        style = QApplication.style() if QApplication.instance() is not None else None
        if style is None:
            return False
        from PySide6.QtWidgets import QStyle  # a fiftieth of a start, and the first frame does not move

        return style.styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) == 0

    def font(self, role: str, *, is_italic: bool = False, is_tabular: bool = False) -> QFont:
        """The font of a type role, scaled. A copy: change it freely. `is_tabular` for numbers in columns,
        times and meters."""
        key = (role, is_italic, is_tabular)
        if key not in self._fonts:
            font = self._make_font(role, is_italic)
            if is_tabular or role in TABULAR_ROLES:
                font.setFeature(QFont.Tag("tnum"), 1)
            self._fonts[key] = font
        return QFont(self._fonts[key])

    def line_height(self, role: str) -> int:
        """Line height of a type role in pixels, scaled."""
        return round(self.tokens.types[role].line * self._scale)

    # Icons

    def has_icon(self, name: str) -> bool:
        return self._icons.has(name)

    def pixmap(self, name: str, color: str = "text.secondary", size: int = 16, dpr: float = 1.0) -> QPixmap:
        """The icon in a token's colour; `size` in unscaled pixels, grown with the text size here."""
        return self._icons.pixmap(name, self.hex(color), round(size * self._scale), dpr)

    def icon(self, name: str, color: str = "text.secondary", size: int = 16) -> QIcon:
        """The icon for menus and standard widgets, with a disabled variant, sharp at 1x and 2x."""
        icon = QIcon()
        for dpr in (1.0, 2.0):
            icon.addPixmap(self.pixmap(name, color, size, dpr))
            icon.addPixmap(self.pixmap(name, "text.disabled", size, dpr), QIcon.Mode.Disabled)
        return icon

    def paint_icon(
        self, painter: QPainter, name: str, color: str, x: float, y: float, size: int = 16
    ) -> None:
        """Draw the icon with its top left at (x, y), sharp on the painter's device."""
        # The painter's own scale holds the device pixel ratio.
        pixmap = self.pixmap(name, color, size, painter.deviceTransform().m11())
        side = round(size * self._scale)
        painter.drawPixmap(QRectF(x, y, side, side), pixmap, QRectF(pixmap.rect()))

    def icon_size(self, size: int = 16) -> QSize:
        return QSize(round(size * self._scale), round(size * self._scale))

    # The whole program

    def apply_to(self, app: QApplication, *, has_sheet: bool = True) -> None:
        """Fusion, palette, base font and the one style sheet; again by itself on every change. Without
        `has_sheet` the sheet waits for the window that `dress` names."""
        if not app.property("began_in_fusion"):
            # Its answer has PySide make QStyle with all it holds, which no first frame needs: a tenth of it.
            app.setStyle("Fusion")
        self._has_sheet = has_sheet
        self._ask_system(app)
        self._dress(app)
        self.changed.connect(self._dress_running)

    def dress(self, window: QWidget) -> None:
        """Give the sheet to a window and all that belongs to it, no longer to the program: Qt takes a quarter
        of the time then (61 against 261 ms for 500 widgets)."""
        self._window = window
        if self._has_sheet:
            self._has_sheet = False
            app = QApplication.instance()
            if isinstance(app, QApplication):
                app.setStyleSheet("")
        window.setStyleSheet(self.qss())

    def qss(self) -> str:
        return make_qss(self)

    def _dress_running(self) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            self._dress(app)

    def _dress(self, app: QApplication) -> None:
        # Qt walks over all widgets here: a widget that Python's collector deletes meanwhile ends the process.
        was_collecting = gc.isenabled()
        gc.disable()
        try:
            app.setPalette(make_palette(self))
            app.setFont(self.font("body"))
            if self._window is not None and isValid(self._window):
                self._window.setStyleSheet(self.qss())
            elif self._has_sheet:
                app.setStyleSheet(self.qss())
        finally:
            if was_collecting:  # a start has it off until one can write
                gc.enable()

    def _make_font(self, role: str, is_italic: bool) -> QFont:
        spec = self.tokens.types[role]
        font = QFont()
        font.setFamilies(list(self.tokens.families[spec.family]))
        font.setPixelSize(max(1, round(spec.size * self._scale)))
        font.setWeight(QFont.Weight(spec.weight))
        font.setItalic(is_italic)
        if spec.family == "editor":
            font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        if role in TITLE_ROLES:
            font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 99)
        return font

    def _find_dark(self) -> bool:
        if self._system is not None:
            return QColor(self._system["bg.window"]).lightnessF() < 0.5
        if self._mode != Mode.SYSTEM:
            return self._mode == Mode.DARK
        return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark

    def _watch_system(self) -> None:
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._system_changed)
        if hasattr(hints, "accessibility"):  # Qt 6.10 and later
            accessibility = hints.accessibility()
            self._is_high_contrast = accessibility.contrastPreference() == Qt.ContrastPreference.HighContrast
            accessibility.contrastPreferenceChanged.connect(self._contrast_changed)

    def _ask_system(self, app: QApplication) -> None:
        """Where more contrast is a theme with colours of its own, those count: on Windows."""
        if sys.platform != "win32" or not self._is_high_contrast:
            self._take_palette(None)
            return
        app.setPalette(QPalette())  # ours taken away, the system's is left
        self._take_palette(app.palette())

    def _system_changed(self) -> None:
        app = QApplication.instance()
        if self._system is not None and isinstance(app, QApplication):
            self._ask_system(app)  # another contrast theme
            self._refresh()
        elif self._mode == Mode.SYSTEM and self._find_dark() != self._is_dark:
            self._refresh()

    def _contrast_changed(self, preference: Qt.ContrastPreference) -> None:
        self._is_high_contrast = preference == Qt.ContrastPreference.HighContrast
        app = QApplication.instance()
        if isinstance(app, QApplication):
            self._ask_system(app)
        self._refresh()

    def _refresh(self) -> None:
        self._is_dark = self._find_dark()
        self._colors.clear()
        self._fonts.clear()
        self.changed.emit()
