"""Which rows of the queue are shown, and what an empty result says."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QCoreApplication

from medvoice.domain.draft import CHANNEL_NAMES
from medvoice.ui.models.moments import moment
from medvoice.ui.models.queue_rows import QueueRow, QueueSnapshot

# What a person asks for, and the sections that answer.
KINDS = {
    "needs": ("needs",),
    "ahead": ("now", "scheduled"),
    "over": ("published", "cancelled"),
}


def _tr(text: str) -> str:
    return QCoreApplication.translate("queue_filter", text)


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """`kind` is a key of KINDS, `channel` a network, `words` what title or line must hold; "" for any."""

    kind: str = ""
    channel: str = ""
    words: str = ""

    @property
    def is_on(self) -> bool:
        return self != QueueFilter()

    def matches(self, row: QueueRow) -> bool:
        """Whether a row is shown. Words are looked for in any case, all of them."""
        if self.kind and row.section not in KINDS[self.kind]:
            return False
        if self.channel and row.channel != self.channel:
            return False
        text = f"{row.title} {row.line} {row.look.word}".casefold()
        return all(word in text for word in self.words.casefold().split())

    def rows(self, snapshot: QueueSnapshot) -> tuple[QueueRow, ...]:
        return tuple(row for row in snapshot.rows if self.matches(row))

    def without_words(self) -> "QueueFilter":
        return replace(self, words="")


@dataclass(frozen=True, slots=True)
class Emptiness:
    """Title, sentence and button of an empty list, with the motif of its drawing. `clears`: the button takes
    the filters away."""

    title: str
    words: str
    button: str
    clears: bool
    motif: str = "clock"


def nothing() -> Emptiness:
    """The queue before its first post."""
    return Emptiness(
        _tr("Nothing waits to be published"),
        _tr("Posts you schedule appear here, with their time and what became of them."),
        _tr("Write a post"),
        clears=False,
    )


def emptiness(snapshot: QueueSnapshot, wanted: QueueFilter) -> Emptiness:
    """What to say where nothing is shown."""
    if not snapshot.rows:
        return nothing()
    show_all = _tr("Show all")
    if wanted.words.strip():
        title = _tr("No post for “{words}”").format(words=wanted.words.strip())
        return Emptiness(title, filters_on(wanted.without_words()), show_all, clears=True, motif="search")
    if wanted.kind == "needs":
        return Emptiness(_tr("All clear"), all_clear(snapshot), show_all, clears=True, motif="check")
    title = _tr("Nothing is scheduled") if wanted.kind == "ahead" else _tr("Nothing was published yet")
    return Emptiness(title if wanted.kind else _tr("No post here"), filters_on(wanted), show_all, clears=True)


def filters_on(wanted: QueueFilter) -> str:
    """Which filters are on, so that an empty list does not puzzle."""
    if wanted.channel:
        return _tr("Only posts for {channel} are shown.").format(channel=CHANNEL_NAMES[wanted.channel])
    return _tr("Other posts are hidden by what you chose above.") if wanted.kind else _tr(
        "No title or state holds these words."
    )  # fmt: skip


def all_clear(snapshot: QueueSnapshot) -> str:
    """Nothing needs the person; when the next post goes out."""
    ahead = [row.delivery for row in snapshot.rows if row.section in ("now", "scheduled")]
    if not ahead or snapshot.is_all_paused:
        return _tr("Nothing needs you.")
    first = min(ahead, key=lambda delivery: delivery.due_at)
    when = moment(first.due_at, snapshot.zone, snapshot.now)
    return _tr("Nothing needs you. The next post goes out on {moment}.").format(moment=when)
