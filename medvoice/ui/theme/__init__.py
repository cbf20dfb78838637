"""Colours, sizes, fonts and icons, all from tokens.json; see `Theme`."""

from medvoice.ui.theme.fonts import load_fonts
from medvoice.ui.theme.theme import Mode, Theme
from medvoice.ui.theme.tokens import Tokens, contrast_ratio

__all__ = ["Mode", "Theme", "Tokens", "contrast_ratio", "load_fonts"]
