"""Queue and Settings, and the states they are shown in."""

from .scene_kit import SHORT_MS, Scene, choose_delivery, scene
from .stand import Stand, rest, wait_for


@scene
def queue_nothing(stand: Stand) -> None:
    """Nothing waits (mockup 16)."""
    stand.window.show_page("queue")
    wait_for(lambda: stand.window.queue.snapshot is not None, "no queue")


# Queue


@scene
def queue(stand: Stand) -> None:
    """Everything that waits and what became of the rest (mockup 07)."""
    stand.window.show_page("queue")
    page = stand.window.queue
    wait_for(lambda: page.snapshot is not None and page.snapshot.rows, "an empty queue")


@scene
def queue_lower(stand: Stand) -> None:
    """Its end."""
    queue(stand)
    rest(SHORT_MS)
    bar = stand.window.queue.list.verticalScrollBar()
    bar.setValue(bar.maximum())


@scene
def queue_held(stand: Stand) -> None:
    """Held for a sign-in."""
    choose_delivery(stand, "Small cohorts, big words")


@scene
def queue_unconfirmed(stand: Stand) -> None:
    """Nobody knows whether it is live."""
    choose_delivery(stand, "What the protocol decided")


@scene
def queue_missed(stand: Stand) -> None:
    """The computer was off."""
    choose_delivery(stand, "A poster is a conversation")


@scene
def queue_refused(stand: Stand) -> None:
    """The network said no."""
    choose_delivery(stand, "Two posts that said the same")


@scene
def queue_partly(stand: Stand) -> None:
    """One of three posts of a thread is live."""
    choose_delivery(stand, "How to read a swimmer plot")


@scene
def queue_by_hand(stand: Stand) -> None:
    """A post that the person posts."""
    choose_delivery(stand, "Time zero, again")


@scene
def queue_scheduled(stand: Stand) -> None:
    """A post that waits for its time."""
    choose_delivery(stand, "Questions from the floor")


@scene
def queue_time_form(stand: Stand) -> None:
    """Another time, in the pane."""
    choose_delivery(stand, "A poster is a conversation")
    stand.window.queue.pane.open_form("time")


# Settings


def sheet(key: str) -> Scene:
    """A scene for a sheet of the settings."""

    def make(stand: Stand) -> None:
        stand.window.show_settings(key)
        rest(400)

    make.__name__ = f"settings_{key}"
    make.__doc__ = f"Settings: {key}."
    return scene(make)


for KEY in ("profile", "accounts", "rules", "appearance", "publishing", "keyboard"):
    sheet(KEY)


@scene
def settings_profile_lower(stand: Stand) -> None:
    """The end of the person's own sheet."""
    stand.window.show_settings("profile")
    rest(400)
    area = stand.window.settings.profile
    bar = area.verticalScrollBar() if hasattr(area, "verticalScrollBar") else None
    if bar is not None:
        bar.setValue(bar.maximum())
