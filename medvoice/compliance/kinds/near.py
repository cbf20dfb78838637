"""Kind near: `a` and `b` within some words, or in some scope."""

from medvoice.compliance.kinds.phrase import find, find_in

__all__ = ["find", "find_in"]
