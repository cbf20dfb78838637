"""The events of Network: filled, one of unknown date, empty, its sheets, and Compose under an embargo."""

from datetime import date, timedelta
from pathlib import Path

from PySide6.QtWidgets import QWidget

from medvoice.bootstrap import Workspace
from medvoice.ui.pages.compose.time_popover import TimePopover
from medvoice.ui.pages.network import NetworkPage
from medvoice.ui.widgets.pick_popover import PickPopover

from .scene_kit import SHORT_MS, in_workspace, open_draft, scene
from .stand import Stand, rest, wait_for

HOME, ME = "Europe/Vienna", "Jordan Sample"
ICS = """BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//Sample//EN\r
BEGIN:VEVENT\r
UID:1@sample.invalid\r
DTSTART;VALUE=DATE:20270412\r
DTEND;VALUE=DATE:20270415\r
SUMMARY:Rare Disease Evidence Days\r
LOCATION:Porto\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:2@sample.invalid\r
DTSTART;VALUE=DATE:20270601\r
SUMMARY:Spring Methods Day\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:3@sample.invalid\r
DTSTART;VALUE=DATE:20270601\r
RRULE:FREQ=WEEKLY\r
SUMMARY:Journal club\r
END:VEVENT\r
END:VCALENDAR\r
"""


def programme(desk: Workspace) -> None:
    """The events of the mockup: two ahead with abstracts, one without, two that are over."""
    service, today = desk.congresses, desk.clock.now().date()

    def at(days: int) -> date:
        return today + timedelta(days=days)

    first = service.add_event(
        "European Immuno-Oncology Forum",
        HOME,
        at(5),
        at(8),
        place="Vienna",
        style="esmo",
        hashtag="EIOF26",
        social_policy="allowed",
        photo_policy="ask",
        url="https://example.org/policy",
    )
    plenary = service.add_session(first.id, "Registry studies", f"{at(7)} 09:00")
    late = service.add_session(first.id, "Late-breaking abstracts", f"{at(8)} 14:30")
    held = service.add_abstract(first.id, "A registry of 400", number="12", session_id=plenary.id)
    service.add_abstract(first.id, "Older adults, five years on", number="31", session_id=plenary.id)
    last = service.add_abstract(
        first.id, "First results in second line", kind="late_breaking", number="LBA3", session_id=late.id
    )
    service.add_event("Registry Methods Days", "Europe/Paris", at(19), at(21), place="Lyon")
    far = service.add_event(
        "American Oncology Meeting", "America/Chicago", at(80), at(83), place="Chicago", style="asco"
    )
    service.add_abstract(far.id, "A dose question", number="204")
    for name, zone, days, place in (
        ("Regional evidence meeting", HOME, -60, "Graz"),
        ("Summer Oncology Days", "Europe/Stockholm", -140, "Malmö"),
    ):
        event = service.add_event(name, zone, at(days), at(days), place=place)
        session = service.add_session(event.id, "Oral abstracts", f"{at(days)} 10:00")
        service.add_abstract(event.id, "An old question", session_id=session.id)
    topics = desk.topics.list()
    for number, (title, abstract) in enumerate(
        (("Three talks I will not miss", held), ("What “late-breaking” is", last), ("My questions", held))
    ):
        draft = desk.drafting.create(title=title, text="Words about it.", topic_id=topics[number].id)
        wall = f"{at(7 + number)} 12:30"
        desk.drafting.save(draft.id, draft.revision, planned_wall=wall, planned_zone=HOME)
        service.link(draft.id, abstract.id, ME)


def network(stand: Stand, *, is_filled: bool = True) -> NetworkPage:
    """The page, read."""
    if is_filled:
        in_workspace(stand, programme)
    stand.window.show_page("network")
    page = stand.window.page_of("network")
    assert isinstance(page, NetworkPage)
    wait_for(lambda: page.snapshot is not None, "not read")
    rest(SHORT_MS)
    return page


@scene
def network_events(stand: Stand) -> None:
    """What is ahead and what is over, the next event at the side."""
    network(stand)


@scene
def network_unknown(stand: Stand) -> None:
    """An event whose embargo has no known date."""
    page = network(stand)
    page.list.select(page.snapshot.coming[2].id)
    page.act("enter")
    rest(SHORT_MS)


@scene
def network_nothing(stand: Stand) -> None:
    """No event yet."""
    network(stand, is_filled=False)


@scene
def network_add(stand: Stand) -> None:
    """Adding an event; a field says what does not fit."""
    page = network(stand)
    page.act("add")
    rest(SHORT_MS)
    page.sheet.fields["first"].put("31 Feb 2027")
    page.sheet.save()
    rest(SHORT_MS)


@scene
def network_edit(stand: Stand) -> None:
    """The abstracts of an event, and one being written."""
    page = network(stand)
    page.act("abstract")
    rest(SHORT_MS)
    page.sheet.abstracts.form.title.setText("Nine patients")
    page.sheet.ensureWidgetVisible(page.sheet.abstracts.form.button)
    rest(SHORT_MS)


@scene
def network_import(stand: Stand) -> None:
    """What a calendar file holds, before anything is taken."""
    page = network(stand)
    path = Path(stand.home) / "congresses.ics"
    path.write_bytes(ICS.encode())
    page.show_import(str(path))
    wait_for(lambda: page.import_sheet is not None and bool(page.import_sheet.boxes), "no preview")
    rest(SHORT_MS)


def under_embargo(stand: Stand) -> None:
    """An open draft with all done but for the embargo of an abstract shown in another zone."""

    def write(desk: Workspace) -> None:
        service, today = desk.congresses, desk.clock.now().date()
        first = today + timedelta(days=9)
        event = service.add_event(
            "American Oncology Meeting", "America/Chicago", first, first + timedelta(days=3), place="Chicago"
        )
        session = service.add_session(event.id, "Oral abstracts", f"{first + timedelta(days=1)} 08:00")
        for number in range(1, 6):
            made = service.add_abstract(
                event.id, f"Registry question {number}", number=f"LBA{number}", session_id=session.id
            )
        draft = desk.drafting.create(
            title="Three talks I will not miss", text="I read the methods before the results."
        )
        for item in desk.clearing.standing(draft.id).left:
            if item.kind == "tick":
                desk.clearing.tick(draft.id, item.code, ME)
        service.link(draft.id, made.id, ME)

    in_workspace(stand, write)
    open_draft(stand, "Three talks I will not miss")
    button = stand.window.compose.bar.schedule_button
    wait_for(lambda: button.state == "embargo", "no embargo")
    rest(SHORT_MS)


@scene
def compose_embargo(stand: Stand) -> None:
    """A draft that waits for an embargo: from when it can go out."""
    under_embargo(stand)


@scene
def compose_embargo_time(stand: Stand) -> QWidget | None:
    """A moment before the end of an embargo, refused, and the first one possible."""
    under_embargo(stand)
    planning = stand.window.compose.planning
    planning.choose_time()
    popover = stand.window.findChild(TimePopover)
    assert isinstance(popover, TimePopover)
    popover.words.setText("tomorrow 8:10")
    popover.words.textEdited.emit("tomorrow 8:10")
    rest(SHORT_MS)
    return popover


@scene
def compose_tie(stand: Stand) -> QWidget | None:
    """Choosing what a draft draws on."""
    under_embargo(stand)
    stand.window.compose.embargo.choose()
    popover = stand.window.findChild(PickPopover)
    assert isinstance(popover, PickPopover)
    wait_for(lambda: popover.model.picks, "nothing to choose")
    rest(SHORT_MS)
    return popover
