"""Settings: who writes, which accounts, which rules, how it looks, and how posts go out."""

from medvoice.ui.pages.settings.page import SettingsPage

__all__ = ["SettingsPage"]
