"""Choosing where the readers are, so that the calendar says their time beside the person's own."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from medvoice.ui.bridge import Desk
from medvoice.ui.models.calendar_zones import zone_offers
from medvoice.ui.widgets.pick_popover import Pick, PickPopover

if TYPE_CHECKING:
    from medvoice.ui.pages.calendar.acts import CalendarActs


def _tr(text: str) -> str:
    return QCoreApplication.translate("calendar_readers", text)


def zone_picks(desk: Desk) -> tuple[Pick, ...]:
    """No zone, then the one that is chosen, then all others by city. Work lane."""
    chosen = desk.planning.slots.audience_zone
    offers = zone_offers(desk.clock.now(), desk.identity.get().zone)
    none = Pick("", _tr("No second clock"), _tr("The calendar says your own time only"), not chosen)
    found = [Pick(each.key, each.place, each.note, each.key == chosen) for each in offers]
    return (none, *sorted(found, key=lambda pick: not pick.is_on))


def choose_readers(acts: "CalendarActs", parent: QWidget, anchor: QWidget) -> PickPopover:
    """Let the person choose the zone of the readers, or none."""
    made = PickPopover(acts.theme, parent, _tr("Where your readers are"), _tr("City or region"))
    made.setObjectName("calendar_readers_popover")

    def chosen(pick: Pick) -> None:
        if not pick.is_on:
            acts.set_audience(pick.key)

    made.chosen.connect(chosen)
    acts.bridge.work(zone_picks, owner=made, on_done=made.show_picks)
    made.show_below(anchor)
    return made
