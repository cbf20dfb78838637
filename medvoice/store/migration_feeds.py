"""The tables of feeds and of the calendar that is published."""

# What a feed had is kept apart from ideas: an idea has its own copy.
FEEDS = """
CREATE TABLE feeds (
    id TEXT PRIMARY KEY NOT NULL,
    url TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    topic_id TEXT REFERENCES topics (id) ON DELETE SET NULL,
    added_at TEXT NOT NULL,
    etag TEXT NOT NULL,
    last_modified TEXT NOT NULL,
    state TEXT NOT NULL,
    detail TEXT NOT NULL,
    moved_to TEXT NOT NULL,
    misses INTEGER NOT NULL CHECK (misses >= 0),
    checked_at TEXT,
    next_at TEXT
) STRICT;
CREATE TABLE feed_entries (
    id TEXT PRIMARY KEY NOT NULL,
    feed_id TEXT NOT NULL REFERENCES feeds (id) ON DELETE CASCADE,
    identity TEXT NOT NULL,
    title TEXT NOT NULL,
    link TEXT NOT NULL,
    summary TEXT NOT NULL,
    journal TEXT NOT NULL,
    doi TEXT NOT NULL,
    pmid TEXT NOT NULL,
    published_at TEXT,
    seen_at TEXT NOT NULL,
    last_seen_at TEXT NOT NULL,
    read_at TEXT,
    idea_id TEXT REFERENCES drafts (id) ON DELETE SET NULL
) STRICT;
CREATE INDEX feed_entries_by_feed ON feed_entries (feed_id, seen_at);
CREATE INDEX feed_entries_new ON feed_entries (seen_at) WHERE read_at IS NULL;
CREATE INDEX feed_entries_by_idea ON feed_entries (idea_id) WHERE idea_id IS NOT NULL;
CREATE TABLE published_items (
    uid TEXT PRIMARY KEY NOT NULL,
    href TEXT NOT NULL,
    etag TEXT NOT NULL,
    body_sha256 TEXT NOT NULL,
    state TEXT NOT NULL
) STRICT;
"""
