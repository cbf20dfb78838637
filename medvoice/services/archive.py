"""The archive: what lay in it for long enough is let go."""

from datetime import timedelta

from medvoice.domain.errors import UserError
from medvoice.services.drafting import ARCHIVE_DAYS, Drafting


def clear_archive(drafting: Drafting) -> tuple[str, ...]:
    """Delete the drafts that lie in the archive for 30 days or more, but for those whose trail is kept; their
    ids. The thread that owns the connection; raises StorageError."""
    before = drafting.clock.now() - timedelta(days=ARCHIVE_DAYS)
    gone: list[str] = []
    for draft_id in drafting.store.archived_before(before):
        try:
            drafting.remove_forever(draft_id)
        except UserError:
            continue  # it has records, or somebody took it out of the archive just now
        gone.append(draft_id)
    return tuple(gone)
