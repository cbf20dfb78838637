"""The Network page: congresses with their embargoes."""

from medvoice.ui.pages.network.page import NetworkPage

__all__ = ["NetworkPage"]
