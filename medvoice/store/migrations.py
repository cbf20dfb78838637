"""The schema, as the migrations that make it. A migration that was released never changes."""

import sqlite3

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from medvoice.store.migration_feeds import FEEDS
from medvoice.store.schema import MIGRATION_SET

MIGRATIONS = Migrations(MIGRATION_SET)


@MIGRATIONS()
def m0001_first(db: Database) -> None:
    """Everything of the first release."""
    db.executescript(_VOICE)
    db.executescript(_CLEARING)
    db.executescript(_OUTBOX)
    db.executescript(_TRAIL)


@MIGRATIONS()
def m0002_congress(db: Database) -> None:
    """Congresses, their sessions and abstracts, and which drafts draw on which abstract."""
    db.executescript(_CONGRESS)


@MIGRATIONS()
def m0003_plan(db: Database) -> None:
    """How often a topic is meant to come, for whom and without what; drafts found by their planned time."""
    db.executescript(_PLAN)


@MIGRATIONS()
def m0004_ideas(db: Database) -> None:
    """Where an idea came from, and pauses of the queue with a scope and a span."""
    db.executescript(_IDEAS)


@MIGRATIONS()
def m0006_feeds(db: Database) -> None:
    """Feeds with what came in them, and what stands in a calendar elsewhere."""
    db.executescript(FEEDS)


def migrate(connection: sqlite3.Connection) -> None:
    """Apply what is pending, inside the transaction that is open. The owner's thread only."""
    MIGRATIONS.apply(Database(connection, execute_plugins=False, strict=True))


# `number` keeps the row number stable through VACUUM, which the search index relies on.
_VOICE = """
CREATE TABLE topics (
    id TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL UNIQUE COLLATE NOCASE,
    slot TEXT NOT NULL UNIQUE,
    promise TEXT NOT NULL,
    target_share INTEGER NOT NULL CHECK (target_share BETWEEN 0 AND 100),
    keywords TEXT NOT NULL,
    created_at TEXT NOT NULL
) STRICT;
CREATE TABLE drafts (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    variant_text TEXT NOT NULL,
    first_line TEXT NOT NULL,
    topic_id TEXT REFERENCES topics (id) ON DELETE SET NULL,
    audience TEXT NOT NULL,
    regions TEXT NOT NULL,
    variants TEXT NOT NULL,
    channels TEXT NOT NULL,
    revision INTEGER NOT NULL CHECK (revision > 0),
    is_idea INTEGER NOT NULL CHECK (is_idea IN (0, 1)),
    planned_wall TEXT NOT NULL,
    planned_zone TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    archived_at TEXT
) STRICT;
CREATE INDEX drafts_by_change ON drafts (updated_at DESC, number DESC);
CREATE INDEX drafts_by_topic ON drafts (topic_id);
CREATE TABLE draft_versions (
    number INTEGER PRIMARY KEY,
    draft_id TEXT NOT NULL REFERENCES drafts (id) ON DELETE CASCADE,
    revision INTEGER NOT NULL,
    why TEXT NOT NULL,
    name TEXT NOT NULL,
    at TEXT NOT NULL,
    snapshot TEXT NOT NULL
) STRICT;
CREATE INDEX draft_versions_by_draft ON draft_versions (draft_id, number);
CREATE VIRTUAL TABLE drafts_fts USING fts5 (
    title, text, variant_text,
    content = 'drafts', content_rowid = 'number',
    tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3'
);
CREATE TRIGGER drafts_fts_insert AFTER INSERT ON drafts BEGIN
    INSERT INTO drafts_fts (rowid, title, text, variant_text)
    VALUES (new.number, new.title, new.text, new.variant_text);
END;
CREATE TRIGGER drafts_fts_delete AFTER DELETE ON drafts BEGIN
    INSERT INTO drafts_fts (drafts_fts, rowid, title, text, variant_text)
    VALUES ('delete', old.number, old.title, old.text, old.variant_text);
END;
CREATE TRIGGER drafts_fts_update AFTER UPDATE OF title, text, variant_text ON drafts BEGIN
    INSERT INTO drafts_fts (drafts_fts, rowid, title, text, variant_text)
    VALUES ('delete', old.number, old.title, old.text, old.variant_text);
    INSERT INTO drafts_fts (rowid, title, text, variant_text)
    VALUES (new.number, new.title, new.text, new.variant_text);
END;
CREATE TABLE accounts (
    id TEXT PRIMARY KEY NOT NULL,
    network TEXT NOT NULL,
    route TEXT NOT NULL CHECK (route IN ('oauth', 'by_hand')),
    display_name TEXT NOT NULL,
    handle TEXT NOT NULL,
    member_id TEXT NOT NULL,
    client_id TEXT NOT NULL,
    base_url TEXT NOT NULL,
    scopes TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('connected', 'sign_in', 'disconnected')),
    state_reason TEXT NOT NULL,
    expires_at TEXT,
    connected_at TEXT NOT NULL
) STRICT;
CREATE TABLE settings (
    key TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL
) STRICT;
CREATE TABLE secrets (
    owner TEXT NOT NULL,
    name TEXT NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (owner, name)
) STRICT;
"""

_CLEARING = """
CREATE TABLE clearances (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    draft_id TEXT NOT NULL REFERENCES drafts (id),
    draft_revision INTEGER NOT NULL,
    channel TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    packs TEXT NOT NULL,
    ticks TEXT NOT NULL,
    dismissals TEXT NOT NULL,
    by TEXT NOT NULL,
    at TEXT NOT NULL,
    hash TEXT NOT NULL,
    voided_at TEXT,
    void_reason TEXT NOT NULL
) STRICT;
CREATE INDEX clearances_by_draft ON clearances (draft_id, channel, number);
CREATE TABLE ticks (
    draft_id TEXT NOT NULL REFERENCES drafts (id) ON DELETE CASCADE,
    code TEXT NOT NULL,
    by TEXT NOT NULL,
    at TEXT NOT NULL,
    text_hash TEXT NOT NULL,
    trigger_hash TEXT NOT NULL,
    fell_at TEXT,
    PRIMARY KEY (draft_id, code)
) STRICT;
CREATE TABLE dismissals (
    draft_id TEXT NOT NULL REFERENCES drafts (id) ON DELETE CASCADE,
    rule TEXT NOT NULL,
    quote TEXT NOT NULL,
    sentence TEXT NOT NULL,
    reason TEXT NOT NULL,
    by TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (draft_id, rule, quote, sentence)
) STRICT;
CREATE TABLE routings (
    number INTEGER PRIMARY KEY,
    draft_id TEXT NOT NULL REFERENCES drafts (id),
    rule TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('routed', 'misread')),
    reference TEXT NOT NULL,
    aware_at TEXT,
    note TEXT NOT NULL,
    by TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;
CREATE INDEX routings_by_draft ON routings (draft_id);
CREATE TABLE sightings (
    draft_id TEXT NOT NULL REFERENCES drafts (id),
    rule TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    seen_at TEXT NOT NULL,
    PRIMARY KEY (draft_id, rule)
) STRICT;
"""

_OUTBOX = """
CREATE TABLE deliveries (
    id TEXT PRIMARY KEY NOT NULL,
    draft_id TEXT NOT NULL REFERENCES drafts (id),
    draft_revision INTEGER NOT NULL,
    title TEXT NOT NULL,
    channel TEXT NOT NULL,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    route TEXT NOT NULL CHECK (route IN ('oauth', 'by_hand')),
    clearance_id TEXT NOT NULL REFERENCES clearances (id),
    clearance_hash TEXT NOT NULL,
    due_at TEXT NOT NULL,
    wall TEXT NOT NULL,
    zone TEXT NOT NULL,
    is_paused INTEGER NOT NULL CHECK (is_paused IN (0, 1)),
    is_late_allowed INTEGER NOT NULL CHECK (is_late_allowed IN (0, 1)),
    created_at TEXT NOT NULL
) STRICT;
CREATE INDEX deliveries_by_due ON deliveries (due_at);
CREATE INDEX deliveries_by_draft ON deliveries (draft_id);
CREATE INDEX deliveries_by_account ON deliveries (account_id);
CREATE TABLE parts (
    id TEXT PRIMARY KEY NOT NULL,
    delivery_id TEXT NOT NULL REFERENCES deliveries (id) ON DELETE CASCADE,
    position INTEGER NOT NULL CHECK (position >= 0),
    text TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('planned', 'due', 'sending', 'published', 'refused', 'waiting',
        'unconfirmed', 'missed', 'held', 'cancelled', 'handed_over')),
    reason TEXT NOT NULL,
    attempts INTEGER NOT NULL CHECK (attempts >= 0),
    body_sha256 TEXT NOT NULL,
    retry_at TEXT,
    first_sent_at TEXT,
    published_at TEXT,
    remote_id TEXT NOT NULL,
    remote_url TEXT NOT NULL,
    fence INTEGER NOT NULL,
    UNIQUE (delivery_id, position)
) STRICT;
CREATE INDEX parts_by_state ON parts (state, delivery_id);
CREATE TABLE attempts (
    part_id TEXT NOT NULL REFERENCES parts (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    fence INTEGER NOT NULL,
    body_sha256 TEXT NOT NULL,
    started_at TEXT NOT NULL,
    ended_at TEXT,
    outcome TEXT NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (part_id, number)
) STRICT;
CREATE TABLE lease (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    holder TEXT NOT NULL,
    fence INTEGER NOT NULL,
    expires_at TEXT NOT NULL,
    heartbeat_at TEXT NOT NULL
) STRICT;
INSERT INTO lease (id, holder, fence, expires_at, heartbeat_at) VALUES (1, '', 0, '', '');
"""

_TRAIL = """
CREATE TABLE records (
    number INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    kind TEXT NOT NULL,
    by TEXT NOT NULL,
    draft_id TEXT NOT NULL,
    delivery_id TEXT NOT NULL,
    facts TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL
) STRICT;
CREATE INDEX records_by_draft ON records (draft_id, number);
CREATE INDEX records_by_delivery ON records (delivery_id, number);
CREATE TRIGGER records_never_change BEFORE UPDATE ON records BEGIN
    SELECT RAISE(ABORT, 'records are append-only');
END;
CREATE TRIGGER records_never_go BEFORE DELETE ON records BEGIN
    SELECT RAISE(ABORT, 'records are append-only');
END;
"""

# An abstract that a draft draws on cannot be removed: that would open its embargo by a side door.
_CONGRESS = """
CREATE TABLE events (
    id TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    zone TEXT NOT NULL,
    starts_on TEXT NOT NULL,
    ends_on TEXT NOT NULL,
    style TEXT NOT NULL CHECK (style IN ('asco', 'esmo', 'own')),
    release_on TEXT,
    place TEXT NOT NULL,
    hashtag TEXT NOT NULL,
    social_policy TEXT NOT NULL CHECK (social_policy IN ('allowed', 'ask', 'no', 'unknown')),
    photo_policy TEXT NOT NULL CHECK (photo_policy IN ('allowed', 'ask', 'no', 'unknown')),
    url TEXT NOT NULL,
    notes TEXT NOT NULL,
    created_at TEXT NOT NULL
) STRICT;
CREATE INDEX events_by_day ON events (starts_on, ends_on);
CREATE TABLE sessions (
    id TEXT PRIMARY KEY NOT NULL,
    event_id TEXT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
    title TEXT NOT NULL,
    wall TEXT NOT NULL
) STRICT;
CREATE INDEX sessions_by_event ON sessions (event_id, wall);
CREATE TABLE abstracts (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    event_id TEXT NOT NULL REFERENCES events (id) ON DELETE RESTRICT,
    title TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('regular', 'late_breaking', 'session', 'fixed')),
    label TEXT NOT NULL,
    session_id TEXT REFERENCES sessions (id) ON DELETE SET NULL,
    wall TEXT NOT NULL,
    zone TEXT NOT NULL
) STRICT;
CREATE INDEX abstracts_by_event ON abstracts (event_id, number);
CREATE TABLE draft_abstracts (
    draft_id TEXT NOT NULL REFERENCES drafts (id) ON DELETE CASCADE,
    abstract_id TEXT NOT NULL REFERENCES abstracts (id) ON DELETE RESTRICT,
    at TEXT NOT NULL,
    PRIMARY KEY (draft_id, abstract_id)
) STRICT;
CREATE INDEX draft_abstracts_by_abstract ON draft_abstracts (abstract_id);
"""

# Zero days: no rhythm. Lists are JSON.
_PLAN = """
ALTER TABLE topics ADD COLUMN cadence_days INTEGER NOT NULL DEFAULT 0 CHECK (cadence_days BETWEEN 0 AND 366);
ALTER TABLE topics ADD COLUMN audience TEXT NOT NULL DEFAULT '';
ALTER TABLE topics ADD COLUMN avoid TEXT NOT NULL DEFAULT '[]';
ALTER TABLE topics ADD COLUMN hashtags TEXT NOT NULL DEFAULT '[]';
ALTER TABLE topics ADD COLUMN mentions TEXT NOT NULL DEFAULT '[]';
CREATE INDEX drafts_by_plan ON drafts (planned_wall) WHERE planned_wall <> '' AND archived_at IS NULL;
"""

# A pause of scope `all` has an empty `scope_id`; without `until` it lasts until it is ended.
_IDEAS = """
CREATE TABLE idea_sources (
    draft_id TEXT PRIMARY KEY NOT NULL REFERENCES drafts (id) ON DELETE CASCADE,
    url TEXT NOT NULL,
    title TEXT NOT NULL,
    way TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;
CREATE TABLE pauses (
    id TEXT PRIMARY KEY NOT NULL,
    scope TEXT NOT NULL CHECK (scope IN ('all', 'topic', 'account')),
    scope_id TEXT NOT NULL,
    since TEXT NOT NULL,
    until TEXT,
    reason TEXT NOT NULL,
    by TEXT NOT NULL,
    at TEXT NOT NULL,
    ended_at TEXT
) STRICT;
CREATE INDEX pauses_open ON pauses (since) WHERE ended_at IS NULL;
"""
