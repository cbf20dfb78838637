"""The queue: what waits, what goes out now, what needs the person, and what was published."""

from medvoice.ui.pages.queue.page import QueuePage

__all__ = ["QueuePage"]
