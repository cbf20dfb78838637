"""Showing one topic alone."""

from dataclasses import replace

from medvoice.ui.models.calendar_data import CalendarSnapshot


def only_topic(snapshot: CalendarSnapshot, topic_id: str) -> CalendarSnapshot:
    """The snapshot with the cards of one topic; "" is all of them."""
    if not topic_id:
        return snapshot
    kept = {
        day: tuple(card for card in cards if card.entry.topic_id == topic_id)
        for day, cards in snapshot.cards.items()
    }
    return replace(snapshot, cards={day: cards for day, cards in kept.items() if cards})
