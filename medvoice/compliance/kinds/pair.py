"""Kind pair: `a` where `b` stands in scope too; no distance is asked."""

from medvoice.compliance.kinds.phrase import find, find_in

__all__ = ["find", "find_in"]
