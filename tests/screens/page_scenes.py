"""Queue and Settings, and the states they are shown in."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from medvoice.bootstrap import Workspace
from medvoice.domain.finding import Product
from medvoice.domain.outbox import Delivery, PartState
from medvoice.domain.recurrence import Recurrence
from medvoice.services.slots import KeptTime, Slots

from .scene_kit import SHORT_MS, Scene, choose_delivery, in_workspace, scene
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


@scene
def queue_waiting(stand: Stand) -> None:
    """It tries again by itself."""
    choose_delivery(stand, "Median follow-up, in plain words")


@scene
def queue_changed(stand: Stand) -> None:
    """Edited after it was cleared: what changed."""
    choose_delivery(stand, "Registries and the people who type")


@scene
def queue_paused(stand: Stand) -> None:
    """One post that the person paused."""
    choose_delivery(stand, "Quiet weeks")


@scene
def queue_cancelled(stand: Stand) -> None:
    """Taken out of the queue."""
    choose_delivery(stand, "The slide I did not show")


@scene
def queue_published(stand: Stand) -> None:
    """Live, with the way to it."""
    choose_delivery(stand, "What diaries miss")


@scene
def queue_publishing(stand: Stand) -> None:
    """A thread on its way: one of three is live, the second is being sent."""
    title = "How to read a swimmer plot"
    in_workspace(stand, lambda workspace: set_parts(workspace, title, (None, PartState.SENDING)))
    choose_delivery(stand, title)


@scene
def queue_due(stand: Stand) -> None:
    """Its minute has come: it can still be stopped."""
    in_workspace(stand, lambda workspace: set_parts(workspace, "Forest plots without fear", (PartState.DUE,)))
    choose_delivery(stand, "Forest plots without fear")


@scene
def queue_sign_in_needed(stand: Stand) -> None:
    """Planned, and the sign-in has ended: said before its minute comes."""
    in_workspace(stand, end_sign_in)
    choose_delivery(stand, "Questions from the floor")


@scene
def queue_all_paused(stand: Stand) -> None:
    """Everything stands still."""
    queue(stand)
    stand.find("queue_pause_all").click()
    wait_for(lambda: stand.window.queue.snapshot.is_all_paused, "not paused")


@scene
def queue_link_form(stand: Stand) -> None:
    """It is live: the address is asked for."""
    choose_delivery(stand, "What the protocol decided")
    stand.window.queue.pane.open_form("link")


@scene
def queue_wrong_time(stand: Stand) -> None:
    """A time that has passed, said at the field."""
    queue_time_form(stand)
    field = stand.find("queue_time_field")
    QTest.keyClicks(field, "yesterday 8:10")
    QTest.keyClick(field, Qt.Key.Key_Return)


@scene
def queue_found_nothing(stand: Stand) -> None:
    """No post holds the word."""
    queue(stand)
    stand.window.queue.filters.focus_search()
    QTest.keyClicks(stand.window.queue.filters.search.edit, "xylophone")


@scene
def queue_menu(stand: Stand) -> QWidget | None:
    """What can be done with a row."""
    choose_delivery(stand, "Small cohorts, big words")
    place = stand.window.queue.list
    place._show_menu(stand.window.queue.pane.delivery_id, place.viewport().mapToGlobal(place.rect().center()))
    rest(SHORT_MS)
    return stand.find("queue_menu")


def first_of(workspace: Workspace, title: str) -> Delivery:
    """The delivery of a title."""
    return next(each for each in workspace.queueing.outbox.list() if each.title == title)


def set_parts(workspace: Workspace, title: str, states: tuple[PartState | None, ...]) -> None:
    """Bring the first parts of a delivery into states as the agent does; None leaves one as it is."""
    outbox, now = workspace.queueing.outbox, datetime.now(UTC)
    fence = outbox.acquire_lease("scene", now, 60, is_forced=True)
    for part, state in zip(first_of(workspace, title).parts, states, strict=False):
        if state is None:
            continue
        outbox.move_part(part.id, part.state, PartState.DUE, fence=fence)
        if state is PartState.SENDING:
            outbox.begin_attempt(part.id, fence, "0" * 64, now)
    outbox.release_lease("scene", fence)


KEPT = (KeptTime(1, 8, 10), KeptTime(2, 17, 30), KeptTime(3, 12, 0))


def keep_times(workspace: Workspace) -> None:
    """Three times of the week, two more for a topic and a network, two prompts and a post that returns."""
    slots = Slots(workspace.db, workspace.clock)
    topics = workspace.topics.list()
    for one in (*KEPT, KeptTime(4, 8, 10, topics[0].id), KeptTime(4, 12, 0, topics[1].id, "x")):
        slots.keep_time(one, True)
    today = workspace.prompts.today()
    workspace.prompts.add(
        "A paper in plain words", Recurrence("month", today, weekday=1, nth=1), topic_id=topics[0].id
    )
    thursdays = workspace.prompts.add("A question to peers", Recurrence("week", today, 2, weekday=3))
    workspace.prompts.set_on(thursdays.id, False)
    posted = workspace.evergreens.plan.published_since(datetime.now(UTC) - timedelta(days=365))
    if posted:
        workspace.evergreens.add(posted[0][0], 26)


def add_products(workspace: Workspace) -> None:
    """One's own product and another's, and two words that stay inside."""
    products = (
        Product("Samplimab", "own", ("SMP-101",), ("melanoma",)),
        Product("Otherimab", "competitor", (), ("melanoma",)),
    )
    words = ("Project Heron", "SMP-101-204")
    workspace.identity.save(replace(workspace.identity.get(), products=products, confidential_words=words))


def end_at(workspace: Workspace, moment: datetime) -> None:
    """LinkedIn's sign-in ends then."""
    account = next(each for each in workspace.accounts.list() if each.network == "linkedin")
    workspace.accounts.save(replace(account, expires_at=moment))


def end_sign_in(workspace: Workspace) -> None:
    """X ends the sign-in."""
    account = next(each for each in workspace.accounts.list() if each.network == "x")
    workspace.accounts.set_state(account.id, "sign_in", "sign_in")


# Settings


def sheet(key: str) -> Scene:
    """A scene for a sheet of the settings."""

    def make(stand: Stand) -> None:
        stand.window.show_settings(key)
        rest(400)

    make.__name__ = f"settings_{key}"
    make.__doc__ = f"Settings: {key}."
    return scene(make)


for KEY in ("profile", "accounts", "rules", "appearance", "publishing", "rhythm", "keyboard", "about"):
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


@scene
def settings_times(stand: Stand) -> None:
    """Times of the week that the person keeps."""
    in_workspace(stand, keep_times)
    stand.window.show_settings("rhythm")
    wait_for(lambda: len(stand.window.settings.rhythm.times.rows) == len(KEPT) + 2, "no times")


@scene
def settings_times_lower(stand: Stand) -> None:
    """The end of the same sheet: prompts and posts that may return."""
    settings_times(stand)
    bar = stand.window.settings.rhythm.verticalScrollBar()
    bar.setValue(bar.maximum())


def charge_for_x(workspace: Workspace) -> None:
    """X as it is outside of practice, where each post costs something, with a limit for the month."""
    account = next(each for each in workspace.accounts.list() if each.network == "x")
    workspace.accounts.save(replace(account, base_url=""))
    workspace.queueing.spending.set_budget(5_000)


@scene
def settings_x_budget(stand: Stand) -> None:
    """What X costs in this month, and the limit."""
    in_workspace(stand, charge_for_x)
    stand.window.show_settings("accounts")
    rest(400)


@scene
def settings_filled(stand: Stand) -> None:
    """Products and confidential words."""
    in_workspace(stand, add_products)
    stand.window.show_settings("profile")
    rest(400)
    area = stand.window.settings.profile
    area.verticalScrollBar().setValue(400)


@scene
def settings_nobody(stand: Stand) -> None:
    """No account: nobody is signed in."""
    stand.window.show_settings("accounts")
    rest(400)


@scene
def settings_sign_in_again(stand: Stand) -> None:
    """A sign-in that ended, with what waits for it (mockup 13)."""
    in_workspace(stand, end_sign_in)
    stand.window.show_settings("accounts")
    rest(400)


@scene
def settings_ends_soon(stand: Stand) -> None:
    """A sign-in that ends within a week."""
    soon = datetime.now(UTC) + timedelta(days=3)
    in_workspace(stand, lambda workspace: end_at(workspace, soon))
    stand.window.show_settings("accounts")
    rest(400)


@scene
def settings_connect(stand: Stand) -> None:
    """Connecting X: where to register, and the fields of the app."""
    settings_nobody(stand)
    accounts = stand.window.settings.accounts
    accounts.open_connect(next(key for key, card in accounts.cards.items() if card.view.network == "x"))
    wait_for(lambda: accounts.boxes, "no form")


@scene
def settings_wrong_zone(stand: Stand) -> None:
    """A field that does not fit says so below it."""
    stand.window.show_settings("profile")
    rest(400)
    zone = stand.window.settings.profile.fields["zone"]
    zone.combo.lineEdit().setText("Mars/Olympus")
    zone.take()
    wait_for(lambda: zone.problem.isVisible(), "nothing said")
