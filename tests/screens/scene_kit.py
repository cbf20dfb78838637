"""What scenes are made with: their register, and the ways of a person through the window."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from medvoice.bootstrap import Workspace, load_rulebook, open_workspace

from .stand import Stand, rest, wait_for

Scene = Callable[[Stand], QWidget | None]
SCENES: dict[str, Scene] = {}
# Scenes of a workspace in which nothing was written yet.
EMPTY = frozenset(
    {
        "calendar_nothing",
        "calendar_nothing_week",
        "compose_nothing",
        "compose_first_words",
        "queue_nothing",
        "settings_connect",
        "settings_nobody",
    }
)
# Scenes of a panel that floats over the window.
FLOATING = frozenset(
    {
        "calendar_readers",
        "compose_filter_menu",
        "compose_left_popover",
        "compose_regions",
        "compose_time_popover",
        "compose_time_twice",
        "compose_variant_popover",
        "queue_menu",
        "window_crash",
        "window_menu",
        "window_trouble",
    }
)
# What closes or changes its nature when the window changes: made anew for each look.
EACH_LOOK = FLOATING | {"compose_drawer", "compose_embargo_time", "compose_filtered", "compose_tie"}
SHORT_MS = 150


def scene(make: Scene) -> Scene:
    """Register a scene by the name of its function. It returns what to look at, None for the window."""
    SCENES[make.__name__] = make
    return make


def in_workspace(stand: Stand, change: Callable[[Workspace], object]) -> None:
    """Change the workspace as another process would, and let the window read it."""
    workspace = open_workspace(stand.home, load_rulebook())
    change(workspace)
    workspace.close()
    rest(SHORT_MS)


def open_draft(stand: Stand, title: str) -> None:
    """Open the draft of that title and wait for its check."""
    workspace = open_workspace(stand.home, load_rulebook())
    wanted = next(row.id for row in workspace.drafting.list() if row.title == title)
    workspace.close()
    stand.window.open_draft(wanted)
    session = stand.window.compose.session
    wait_for(lambda: session.draft is not None and session.draft.id == wanted, f"{title} does not open")
    wait_for(lambda: stand.window.compose.standing is not None, "no standing")
    stand.settle()


def choose_delivery(stand: Stand, title: str) -> None:
    """Show the queue with the pane of the first delivery of that title."""
    stand.window.show_page("queue")
    queue = stand.window.queue
    wait_for(lambda: queue.snapshot is not None and queue.snapshot.rows, "an empty queue")
    row = next(row for row in queue.snapshot.rows if row.title == title)
    queue.list.select(row.id)
    queue.show_details(row.id)
    wait_for(lambda: queue.pane.isVisible() and queue.pane.delivery_id == row.id, f"no pane for {title}")
    rest(SHORT_MS)
