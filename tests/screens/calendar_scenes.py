"""The calendar in each of its views, with congresses, an embargo and drafts with a moment in mind."""

from datetime import timedelta

from PySide6.QtWidgets import QWidget

from medvoice.ui.pages.calendar import CalendarPage

from .scene_kit import SHORT_MS, scene
from .stand import Stand, rest, wait_for

ZONE = "Europe/Berlin"
DRAFTS = (
    ("Biomarker or bystander?", 1, "08:10"),
    ("Why I left the lab", 1, "12:30"),
    ("A hazard ratio is not a risk", 4, "08:10"),
    ("Swimmer plots, slowly", 7, "08:10"),
    ("Three talks I will not miss", 9, "12:30"),
)


def calendar(stand: Stand, kind: str = "month", days: int = 0) -> CalendarPage:
    """The calendar, on the day so many days from today."""
    window = stand.window
    desk = window.outside.open_desk()
    try:
        today = desk.planning.clock.now().date()
        service, topics = desk.congresses, desk.topics.list()
        if not service.store.events():
            first = today + timedelta(days=6)
            event = service.add_event(
                "European Immuno-Oncology Forum", ZONE, first, first + timedelta(days=3), place="Vienna"
            )
            wall = f"{first + timedelta(days=2)} 09:00"
            session = service.add_session(event.id, "Registry studies", wall)
            abstract = service.add_abstract(
                event.id, "A registry of 400", kind="session", session_id=session.id
            )
            for at, (title, ahead, clock) in enumerate(DRAFTS):
                draft = desk.drafting.create(title=title, text="Words", topic_id=topics[at].id)
                wall = f"{today + timedelta(days=ahead)} {clock}"
                desk.drafting.save(draft.id, draft.revision, planned_wall=wall, planned_zone=ZONE)
            service.link(draft.id, abstract.id, "Jordan Sample")
            desk.topics.change(topics[-1].id, cadence_days=3)
    finally:
        desk.close()
    window.show_page("calendar")
    page = window.page_of("calendar")
    assert isinstance(page, CalendarPage)
    wait_for(lambda: page.read is not None, "not read")
    page.show_view(kind)
    if days:
        page.show_day(today + timedelta(days=days))
    wait_for(lambda: page.read is not None, "not read")
    rest(SHORT_MS)
    return page


@scene
def calendar_month(stand: Stand) -> None:
    """The month with a congress, its embargo and what waits for a place."""
    calendar(stand)


@scene
def calendar_day(stand: Stand) -> None:
    """Today with more posts than there is room for, at the side."""
    page = calendar(stand)
    page.month.more_requested.emit(page.read.today)
    rest(SHORT_MS)


@scene
def calendar_gap(stand: Stand) -> None:
    """Topics that were not written about for long, suggested on days."""
    desk = stand.window.outside.open_desk()
    try:
        for topic in desk.topics.list():
            desk.topics.change(topic.id, cadence_days=2)
        day = desk.planning.clock.now().date() + timedelta(days=6)
        desk.planning.slots.keep(f"{day} 08:10", True)
    finally:
        desk.close()
    calendar(stand)


@scene
def calendar_nothing(stand: Stand) -> None:
    """An empty workspace: what will stand here."""
    stand.window.show_page("calendar")
    page = stand.window.page_of("calendar")
    assert isinstance(page, CalendarPage)
    wait_for(lambda: page.empty.isVisible(), "not read")
    rest(SHORT_MS)


@scene
def calendar_nothing_week(stand: Stand) -> None:
    """A workspace with drafts and nothing planned: two weeks with one click."""
    desk = stand.window.outside.open_desk()
    try:
        for title in ("Bench to bedside to inbox", "Confidence intervals, kindly", "Time zero, again"):
            desk.drafting.create(title=title, text="Words")
    finally:
        desk.close()
    stand.window.show_page("calendar")
    page = stand.window.page_of("calendar")
    assert isinstance(page, CalendarPage)
    page.show_view("week")
    wait_for(lambda: page.empty.isVisible(), "not read")
    rest(SHORT_MS)


@scene
def calendar_card(stand: Stand) -> None:
    """A post that waits for an embargo, chosen."""
    page = calendar(stand, days=9)
    page.view.set_card(next(card.key for card in page.read.all() if card.waits_until is not None))
    page.open_side()
    rest(SHORT_MS)


@scene
def calendar_week(stand: Stand) -> None:
    """The week of the congress."""
    calendar(stand, "week", 7)


@scene
def calendar_this_week(stand: Stand) -> None:
    """This week, with the hour it is."""
    calendar(stand, "week")


@scene
def calendar_list(stand: Stand) -> None:
    """The days one after another."""
    calendar(stand, "list")


@scene
def calendar_go_to(stand: Stand) -> None:
    """Going to a date."""
    calendar(stand).ask_date()
    rest(SHORT_MS)


def readers_in(stand: Stand, zone: str) -> None:
    """Choose where the readers are."""
    desk = stand.window.outside.open_desk()
    try:
        desk.planning.slots.set_audience_zone(zone)
    finally:
        desk.close()


def keep_times(stand: Stand) -> None:
    """Keep four times of the week."""
    desk = stand.window.outside.open_desk()
    try:
        today = desk.planning.clock.now().date()
        for ahead, clock in ((1, "17:00"), (6, "08:10"), (6, "12:30"), (8, "12:00")):
            desk.planning.slots.keep(f"{today + timedelta(days=ahead)} {clock}", True)
    finally:
        desk.close()


@scene
def calendar_month_times(stand: Stand) -> None:
    """The month with the person's own times."""
    keep_times(stand)
    calendar(stand)


@scene
def calendar_week_times(stand: Stand) -> None:
    """The week of the congress with the person's own times, one of them free."""
    keep_times(stand)
    readers_in(stand, "Asia/Tokyo")
    calendar(stand, "week", 7)


@scene
def calendar_month_tokyo(stand: Stand) -> None:
    """The month with the readers' time on its cards."""
    readers_in(stand, "Asia/Tokyo")
    page = calendar(stand)
    page.view.set_card(next(card.key for card in page.read.all() if card.title == DRAFTS[0][0]))
    rest(SHORT_MS)


@scene
def calendar_week_tokyo(stand: Stand) -> None:
    """This week with two columns of hours, the readers' and the person's."""
    readers_in(stand, "Asia/Tokyo")
    calendar(stand, "week")


@scene
def calendar_list_tokyo(stand: Stand) -> None:
    """The list with the readers' time."""
    readers_in(stand, "America/Los_Angeles")
    calendar(stand, "list")


@scene
def calendar_readers(stand: Stand) -> QWidget:
    """Choosing where the readers are."""
    readers_in(stand, "Asia/Tokyo")
    page = calendar(stand)
    page.doing.choose_readers()
    rest(SHORT_MS)
    popover = page.findChild(QWidget, "calendar_readers_popover")
    assert popover is not None
    return popover
