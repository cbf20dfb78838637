"""One file per rule kind."""
