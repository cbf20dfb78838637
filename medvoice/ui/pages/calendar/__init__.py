"""The content calendar: month, week and list over the same cards."""

from medvoice.ui.pages.calendar.page import CalendarPage

__all__ = ["CalendarPage"]
