"""From a key or a button of the queue to what it does: a form in the pane, another page, a service call."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from medvoice.domain.outbox import Delivery
from medvoice.ui.models.queue_rows import QueueRow

if TYPE_CHECKING:
    from medvoice.ui.pages.queue.page import QueuePage

# The person's own page on a network, where they look whether a post is there.
PROFILES = {
    "linkedin": "https://www.linkedin.com/in/me/recent-activity/all/",
    "x": "https://x.com/{handle}",
}


class QueueDoing(QObject):
    """Acts on the page it belongs to."""

    def __init__(self, page: "QueuePage") -> None:
        super().__init__(page)
        self.page = page
        # What a time chosen in the pane is for: several parts of one draft, or only the post shown.
        self._moving: tuple[str, ...] = ()

    def act(self, delivery_id: str, key: str) -> None:
        """Do what an action's key says for a delivery."""
        row, page = self.page.row_of(delivery_id), self.page
        if row is None:
            return
        shown: dict[str, Callable[[], None]] = {
            "choose_time": lambda: self._open_time((delivery_id,)),
            "schedule_again": lambda: self._open_time((delivery_id,)),
            "is_live": lambda: page.open_form(delivery_id, "link"),
            "sign_in": lambda: page.settings_requested.emit("accounts"),
            "clear_again": lambda: page.draft_requested.emit(row.delivery.draft_id),
            "open_draft": lambda: page.draft_requested.emit(row.delivery.draft_id),
            "open_post": lambda: self._open(row.link),
            "copy_link": lambda: self._copy(row.link, self.tr("The link is on your clipboard.")),
            "copy_open": lambda: self._copy_and_open(row),
            "look": lambda: self._open(profile_url(row)),
            "answer": page.answer_requested.emit,
            "later": page.close_pane,
        }
        if key in shown:
            shown[key]()
        else:
            self._serve(row.delivery, key)

    def act_on_group(self, group_id: str, key: str) -> None:
        """Do something with all parts of a draft at once."""
        group = self.page.model.group_at(self.page.model.index_of(group_id))
        if group is None:
            return
        deliveries, acts = [row.delivery for row in group.rows], self.page.acts
        if key == "open_draft":
            self.page.draft_requested.emit(deliveries[0].draft_id)
        elif key == "choose_time_all":
            self._open_time(tuple(each.id for each in deliveries))
        elif key == "unschedule_all":
            acts.unschedule_all(deliveries)
        else:
            acts.pause_parts(deliveries, key == "pause_all_of")

    def _serve(self, delivery: Delivery, key: str) -> None:
        acts = self.page.acts
        deeds = {
            "post_now": lambda: acts.post_now(delivery),
            "pause": lambda: acts.pause_parts([delivery], True),
            "resume": lambda: acts.pause_parts([delivery], False),
            "unschedule": lambda: acts.unschedule_all([delivery]),
            "stop": lambda: acts.stop(delivery),
            "back_to_draft": lambda: acts.back_to_draft(delivery),
            "take_back": lambda: acts.back_to_draft(delivery),
            "not_there": lambda: acts.not_there(delivery),
            "not_done": lambda: acts.not_there(delivery),
            "ask": lambda: acts.ask(delivery),
            "comments_looked": lambda: acts.looked(delivery),
        }
        deeds[key]()

    # What the pane's forms answer

    def _open_time(self, delivery_ids: tuple[str, ...]) -> None:
        self._moving = delivery_ids
        self.page.open_form(delivery_ids[0], "time", len(delivery_ids))

    def time_chosen(self, delivery_id: str, wall: str) -> None:
        """A time from the pane: move what the form was opened for."""
        wanted = self._moving if delivery_id in self._moving else (delivery_id,)
        rows = [row for row in (self.page.row_of(each) for each in wanted) if row is not None]
        if not rows:
            return
        zone = rows[0].delivery.zone
        if rows[0].section == "cancelled":
            self.page.acts.schedule([rows[0].delivery], wall, zone)
        else:
            self.page.acts.move([row.delivery for row in rows], wall, zone)

    def link_chosen(self, delivery_id: str, text: str) -> None:
        """The pasted address of a post."""
        row = self.page.row_of(delivery_id)
        if row is not None:
            self.page.acts.is_live(row.delivery, text)

    # Clipboard and browser

    def _open(self, url: str) -> None:
        if url:
            self.page.open_url(url)

    def _copy(self, text: str, words: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.page.acts.toast(words, None, None)

    def _copy_and_open(self, row: QueueRow) -> None:
        """The text goes to the clipboard first: the composer may open empty."""
        parts = [part.text for part in row.delivery.parts]
        text = parts[0] if len(parts) > 1 else "\n\n".join(parts)
        words = self.tr("The text is on your clipboard.")
        if row.is_edited:
            words = self.tr("The text you cleared is on your clipboard, without your later changes.")
        self._copy(text, words)
        self.page.open_url(self.page.composer_url(row.channel, parts[0]))


def profile_url(row: QueueRow) -> str:
    """Where the person sees their own posts; "" where MedVoice does not know the name."""
    if row.channel == "x" and not row.account_name:
        return ""
    return PROFILES[row.channel].format(handle=row.account_name.lstrip("@"))
