"""What is new: feeds of journals, searches and authorities."""

from medvoice.ui.pages.feeds.page import FeedsPage

__all__ = ["FeedsPage"]
