"""The one style sheet, filled from tokens: `{name}` is a colour, `{px:number}` a scaled length,
`{r:role}` a radius. Widgets that paint themselves take nothing from here."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from medvoice.ui.theme.theme import Theme

PLACE = re.compile(r"\{([a-z]+(?:[.:][A-Za-z0-9_.]+)+)\}")

TEMPLATE = """
QMainWindow, QDialog { background: {bg.window}; }
QWidget[surface="window"] { background: {bg.window}; }
QWidget[surface="rail"] { background: {bg.rail}; }
QWidget[surface="sidebar"] { background: {bg.sidebar}; }
QWidget[surface="surface"] { background: {bg.surface}; }
QWidget[surface="sunken"] { background: {bg.sunken}; }
QFrame[surface="card"] { background: {bg.surface}; border: 1px solid {border.subtle}; border-radius:
  {r:card}px; }
QFrame[surface="well"] { background: {bg.sunken}; border: 1px solid {border.subtle}; border-radius:
  {r:input}px; }
QWidget[edge="right"] { border-right: 1px solid {border.subtle}; }
QWidget[edge="left"] { border-left: 1px solid {border.subtle}; }
QWidget[edge="bottom"] { border-bottom: 1px solid {border.subtle}; }
QWidget[edge="top"] { border-top: 1px solid {border.subtle}; }
QFrame[line="h"] { background: {border.subtle}; border: none; min-height: 1px; max-height: 1px; }
QFrame[line="v"] { background: {border.default}; border: none; min-width: 1px; max-width: 1px; }

QHeaderView { background: {bg.surface}; border: none; }
QHeaderView::section { background: {bg.surface}; color: {text.secondary}; border: none; padding: 0 {px:8}px; }
QHeaderView::section:horizontal { border-bottom: 1px solid {border.subtle}; }

QLabel { background: transparent; }
QLabel[tone="text.primary"] { color: {text.primary}; }
QLabel[tone="text.secondary"] { color: {text.secondary}; }
QLabel[tone="text.tertiary"] { color: {text.tertiary}; }
QLabel[tone="text.disabled"] { color: {text.disabled}; }
QLabel[tone="accent.text"] { color: {accent.text}; }
QLabel[tone="danger.text"] { color: {danger.text}; }
QLabel[tone="warn.text"] { color: {warn.text}; }
QLabel[tone="info.text"] { color: {info.text}; }
QLabel[tone="ok.text"] { color: {ok.text}; }
QLabel[tone="text.onTooltip"] { color: {text.onTooltip}; }

QLineEdit, QPlainTextEdit[field="true"], QTextEdit[field="true"], QSpinBox, QComboBox, QDateEdit, QTimeEdit,
QDateTimeEdit {
  background: {bg.surface}; color: {text.primary}; border: 1px solid {border.control};
  border-radius: {r:input}px; padding: 0 {px:10}px; min-height: {px:30}px;
  selection-background-color: {accent.solid}; selection-color: {accent.on};
  placeholder-text-color: {text.tertiary};
}
QPlainTextEdit[field="true"], QTextEdit[field="true"] { padding: {px:6}px {px:8}px; }
QLineEdit[problem="true"], QPlainTextEdit[problem="true"] { border: 1px solid {danger.solid}; }
QLineEdit:disabled, QSpinBox:disabled, QComboBox:disabled { color: {text.disabled}; border-color:
  {border.default}; }
/* The style adds three pixels to a spin box. */
QSpinBox { min-height: {px:27}px; }
QLineEdit[bare="true"] { border: none; background: transparent; padding: 0; min-height: 0; }
QComboBox::drop-down { border: none; width: {px:26}px; }
QComboBox QAbstractItemView { background: {bg.raised}; border: 1px solid {border.default}; padding: 4px;
  outline: none; selection-background-color: {bg.selected}; selection-color: {text.primary}; }
QSpinBox::up-button, QSpinBox::down-button, QDateEdit::up-button, QDateEdit::down-button,
  QTimeEdit::up-button,
QTimeEdit::down-button, QDateTimeEdit::up-button, QDateTimeEdit::down-button { width: 0; border: none; }

QTextEdit, QPlainTextEdit, QAbstractScrollArea { border: none; }
QAbstractItemView { background: transparent; outline: none; border: none; }
QScrollArea, QScrollArea > QWidget > QWidget[scroll="true"] { background: transparent; border: none; }

QScrollBar:vertical { background: transparent; width: 10px; margin: 2px; }
QScrollBar#over_bar:vertical { width: 8px; margin: 2px 1px; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 2px; }
QScrollBar::handle { background: {border.default}; border-radius: 3px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover, QScrollBar::handle:pressed { background: {border.control}; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QSplitter::handle { background: {border.subtle}; }
QSplitter::handle:hover, QSplitter::handle:pressed { background: {border.control}; }

QMenuBar { background: {bg.rail}; color: {text.primary}; padding: 2px 6px; }
QMenuBar::item { background: transparent; padding: 4px 10px; border-radius: {r:chip}px; }
QMenuBar::item:selected { background: {bg.selected}; }
QMenu { background: {bg.raised}; color: {text.primary}; border: 1px solid {border.default};
  border-radius: {r:button}px; padding: 6px; }
QMenu::item { padding: {px:6}px {px:28}px {px:6}px {px:12}px; border-radius: {r:chip}px; min-height:
  {px:18}px; }
QMenu::item:selected { background: {bg.selected}; color: {text.primary}; }
QMenu::item:disabled { color: {text.disabled}; }
QMenu::separator { height: 1px; background: {border.subtle}; margin: 6px 8px; }
QMenu::icon { padding-left: {px:10}px; }

QToolTip { background: {bg.tooltip}; color: {text.onTooltip}; border: 1px solid {bg.tooltip}; padding: 1px
  3px; }
QCalendarWidget QAbstractItemView { selection-background-color: {accent.solid}; selection-color:
  {accent.on}; }
"""

# Where a theme of the system has one ground only, what is chosen is the highlight and its text.
CONTRAST_THEME = """
QMenu::item:selected, QMenuBar::item:selected { background: {accent.solid}; color: {accent.on}; }
QComboBox QAbstractItemView { selection-background-color: {accent.solid}; selection-color: {accent.on}; }
"""


def make_qss(theme: "Theme") -> str:
    """The style sheet for the colours and text size in force. Raises KeyError for a name tokens lack."""

    def fill(match: re.Match[str]) -> str:
        name = match.group(1)
        if name.startswith("px:"):
            return str(theme.px(float(name[3:])))
        if name.startswith("r:"):
            return str(theme.radius(name[2:]))
        return theme.hex(name)

    sheet = PLACE.sub(fill, TEMPLATE + CONTRAST_THEME if theme.has_system_colors else TEMPLATE)
    return sheet.replace("1px solid", "2px solid") if theme.is_high_contrast else sheet
