"""Use cases over domain, compliance and store."""
