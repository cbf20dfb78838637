"""The QPalette of a theme: standard widgets and Qt's own dialogs get the same colours as ours."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QPalette

if TYPE_CHECKING:
    from medvoice.ui.theme.theme import Theme

ROLES = {
    QPalette.ColorRole.Window: "bg.window",
    QPalette.ColorRole.WindowText: "text.primary",
    QPalette.ColorRole.Base: "bg.surface",
    QPalette.ColorRole.AlternateBase: "bg.sunken",
    QPalette.ColorRole.Text: "text.primary",
    QPalette.ColorRole.PlaceholderText: "text.tertiary",
    QPalette.ColorRole.Button: "bg.surface",
    QPalette.ColorRole.ButtonText: "text.primary",
    QPalette.ColorRole.BrightText: "danger.text",
    QPalette.ColorRole.ToolTipBase: "bg.tooltip",
    QPalette.ColorRole.ToolTipText: "text.onTooltip",
    QPalette.ColorRole.Highlight: "accent.solid",
    QPalette.ColorRole.HighlightedText: "accent.on",
    QPalette.ColorRole.Accent: "accent.solid",
    QPalette.ColorRole.Link: "accent.text",
    QPalette.ColorRole.LinkVisited: "accent.text",
    QPalette.ColorRole.Light: "bg.raised",
    QPalette.ColorRole.Midlight: "bg.hover",
    QPalette.ColorRole.Mid: "border.default",
    QPalette.ColorRole.Dark: "border.control",
    QPalette.ColorRole.Shadow: "border.control",
}
DISABLED = {
    QPalette.ColorRole.WindowText: "text.disabled",
    QPalette.ColorRole.Text: "text.disabled",
    QPalette.ColorRole.ButtonText: "text.disabled",
    QPalette.ColorRole.Highlight: "bg.hover",
    QPalette.ColorRole.HighlightedText: "text.disabled",
}


def make_palette(theme: "Theme") -> QPalette:
    """All groups filled from tokens. Set it always: the offscreen platform ignores setColorScheme."""
    palette = QPalette()
    for role, name in ROLES.items():
        palette.setColor(role, theme.color(name))
    for role, name in DISABLED.items():
        palette.setColor(QPalette.ColorGroup.Disabled, role, theme.color(name))
    return palette
