"""SQLite storage, one file per aggregate."""
