"""The Topics page: what a person wants to be known for, and how that stands."""

from medvoice.ui.pages.topics.page import TopicsPage

__all__ = ["TopicsPage"]
