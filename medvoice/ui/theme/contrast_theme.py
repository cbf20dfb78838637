"""The colours of a contrast theme of the system, in the place of all tokens (look.md 8).

A contrast theme has a ground, a text, a highlight and a link, each with its partner, and no more: what we say
with tints is said by borders, icons and words then.
"""

from collections.abc import Iterable

from PySide6.QtGui import QPalette

from medvoice.ui.theme.tokens import contrast_ratio

ROLE = QPalette.ColorRole
TEXT_LEAST, MARK_LEAST = 4.5, 3.0


def colors_of(palette: QPalette, names: Iterable[str]) -> dict[str, str]:
    """ "#RRGGBB" for each token name. What has too little contrast on the ground in the palette itself gives
    way to its text."""

    def of(role: QPalette.ColorRole, group: QPalette.ColorGroup = QPalette.ColorGroup.Active) -> str:
        return palette.color(group, role).name().upper()

    ground, text = of(ROLE.Window), of(ROLE.WindowText)

    def or_text(color: str, least: float) -> str:
        return color if contrast_ratio(color, ground) >= least else text

    solid, on_solid = of(ROLE.Highlight), of(ROLE.HighlightedText)
    if contrast_ratio(solid, on_solid) < TEXT_LEAST or contrast_ratio(solid, ground) < MARK_LEAST:
        solid, on_solid = text, ground
    disabled = of(ROLE.WindowText, QPalette.ColorGroup.Disabled)
    special = {
        "accent.solid": solid,
        "accent.hover": solid,
        "accent.pressed": solid,
        "accent.on": on_solid,
        "accent.text": or_text(of(ROLE.Link), TEXT_LEAST),
        "focus.ring": solid,
        "text.disabled": disabled,
        # What floats has no border: it is the page turned round.
        "bg.tooltip": text,
        "text.onTooltip": ground,
        "congress.bg": solid,
        "congress.text": on_solid,
    }
    return {name: special.get(name, ground if _is_ground(name) else text) for name in names}


def _is_ground(name: str) -> bool:
    return name.startswith("bg.") or name.endswith(".soft") or name == "embargo.bg"
