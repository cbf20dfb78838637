"""What a person does on the Compose page besides typing: go to a finding, fix it, split, switch, jump."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QTextCursor

from medvoice.domain.draft import CHANNEL_NAMES, body_offset
from medvoice.domain.level import Level
from medvoice.ui.pages.compose.lanes import REPORTS, body_of, write_report
from medvoice.ui.pages.compose.listing import adds_sentence, fix_in_body, is_in
from medvoice.ui.pages.compose.taking_back import TakingBack
from medvoice.ui.pages.compose.todo import Todo

if TYPE_CHECKING:
    from medvoice.ui.pages.compose.new_rules import NewRules
    from medvoice.ui.pages.compose.page import ComposePage
    from medvoice.ui.pages.compose.region_compare import Comparison
    from medvoice.ui.pages.compose.share_check import ShareCheck
    from medvoice.ui.widgets.minimal_pair import Pair


class Acting(QObject):
    """The acts of a page; each is a method, so that a key, a menu and a click do the same."""

    def __init__(self, page: "ComposePage") -> None:
        super().__init__(page)
        self.page = page
        self.back = TakingBack(page)
        self._share: ShareCheck | None = None
        self._new_rules: NewRules | None = None
        page.compliance.profile_of = lambda: page.planning.facts.profile
        page.compliance.reported.connect(self.keep_report)
        page.compliance.know_since = page.planning.know_since
        page.preview.copied.connect(self.copy)
        page.compliance.note_wanted.connect(self._copy_note)
        page.compliance.compare_requested.connect(self.compare_regions)
        page.compliance.pair_wanted.connect(self.explain)
        page.session.live.connect(self._renew_comparison)
        page.compliance.contact_wanted.connect(lambda: page.settings_requested.emit("profile"))

    def compare_regions(self) -> None:
        """Show the words under the rules of each region; renewed with each check while it is open."""
        draft = self.page.session.draft
        if draft is None:
            return
        from medvoice.ui.pages.compose.region_compare import compare

        def done(found: "Comparison") -> None:
            if self.page.session.draft is not None and self.page.session.draft.id == draft.id:
                self.page.compliance.show_comparison(found)

        self.page.bridge.check(lambda desk: compare(desk, draft), owner=self, on_done=done)

    def explain(self, key: str, rule: str) -> None:
        """Show, in its card, a sentence that a rule finds and one that it lets pass."""
        from medvoice.ui.pages.compose.pairs import pair_for

        def done(pair: "Pair | None") -> None:
            card = self.page.compliance.cards.get(key)
            if card is not None and pair is not None:
                card.show_pair(pair)
            elif pair is None:
                self.page.toast(self.tr("This rule has no short example."), None)

        self.page.bridge.check(lambda desk: pair_for(desk, rule), owner=self, on_done=done)

    def check_clipboard(self) -> None:
        """Read what was copied as something to like, share or answer, in a tab of its own."""
        if self._share is None:
            from medvoice.ui.pages.compose.share_check import ShareCheck

            self._share = ShareCheck(self.page.theme, self.page.bridge)
            self._share.link_requested.connect(self.page.open_url)
            self._share.note_wanted.connect(self._copy_note)
            self._share.contact_wanted.connect(lambda: self.page.settings_requested.emit("profile"))
            self.page.pane.add("share", self.tr("Before I share"), self._share)
        self.page.pane.setVisible(True)
        self.page.pane.show_page("share")
        self._share.read_clipboard()

    def _copy_note(self, text: str) -> None:
        self.copy(text, self.tr("Note copied. Nothing was sent: pass it on to them."))

    def show_new_rules(self) -> None:
        """What the rules of today found in posts cleared under others, in a tab of its own."""
        if self._new_rules is None:
            from medvoice.ui.pages.compose.new_rules import NewRules

            self._new_rules = NewRules(self.page)
        self._new_rules.show()

    def open_warning(self) -> str:
        """The key of the open card when it is a finding to check, else ""."""
        key = self.page.compliance.open_key
        one = self.page.compliance.shown.get(key)
        return key if one is not None and one.finding.level is Level.WARN else ""

    def dismiss_open(self) -> None:
        """Ask for the reason to set the open finding aside."""
        if key := self.open_warning():
            self.page.pane.show_page("compliance")
            self.page.compliance.cards[key].ask_reason()

    def copy_as_it_appears(self) -> None:
        """Copy the text of the channel that the preview shows."""
        self.page.pane.show_page("preview")
        self.page.preview.copy_whole()

    def _renew_comparison(self) -> None:
        if self.page.compliance.is_comparing:
            self.compare_regions()

    def copy(self, text: str, words: str) -> None:
        """Put text on the clipboard and say so."""
        QGuiApplication.clipboard().setText(text)
        self.page.toast(words, None)

    def keep_report(self, _key: str, text: str) -> None:
        """Put a report about a wrong finding on the clipboard and keep it beside the workspace. Nothing is
        sent."""
        QGuiApplication.clipboard().setText(text)
        folder = self.page.session.journal.folder.parent / REPORTS

        def done(path: Path) -> None:
            words = self.tr("Report copied, and kept as {name}. Nothing was sent.")
            self.page.toast(words.format(name=f"{REPORTS}/{path.name}"), None)

        self.page.bridge.work(lambda _desk: write_report(folder, text), owner=self, on_done=done)

    def activate(self, key: str) -> None:
        self.page.pane.show_page("compliance")
        self.page.compliance.open_card(key)

    def go_to(self, key: str) -> None:
        """Select the words of a finding; its channel's own text is shown first where it has one."""
        one, draft = self.page.compliance.shown.get(key), self.page.session.draft
        if one is None or draft is None:
            return
        if not is_in(draft, one.channel, self.page.session.layer):
            self.page.show_layer(one.channel if draft.variant(one.channel).text is not None else "")
        if self.page.column.editor.go_to(key):
            self.page.column.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def apply_fix(self, key: str) -> None:
        """Use the first suggested wording of a finding, as one step that Ctrl+Z takes back."""
        one, draft = self.page.compliance.shown.get(key), self.page.session.draft
        if one is None or draft is None or not one.finding.fixes:
            return
        fix = one.finding.fixes[0]
        self.page.session.save()
        draft = self.page.session.draft or draft
        if self.page.standing is None or self.page.session.live_check.is_busy:
            return  # the words may have moved: the next check names them anew
        place = fix_in_body(draft, one.channel, fix, len(body_of(draft, one.channel)))
        if place is None or adds_sentence(one, draft):
            self.switch_disclaimer(one.channel, True)
            return
        if not is_in(draft, one.channel, self.page.session.layer):
            self.page.show_layer(one.channel if draft.variant(one.channel).text is not None else "")
        self.page.column.editor.apply_fix(*place)
        self.page.session.save()

    def use_suggestion_here(self) -> None:
        """Use the suggested wording of the finding at the caret (Ctrl+.), else of the open card."""
        at = self.page.column.editor.caret()
        for start, end, _level, key in self.page.column.editor.findings():
            if start <= at <= end and self.page.compliance.shown[key].finding.fixes:
                self.apply_fix(key)
                return
        self.apply_fix(self.page.compliance.open_key)

    def switch_channel(self, channel: str, is_on: bool) -> None:
        self.back.set_channel(channel, is_on)

    def toggle_channel(self, channel: str) -> None:
        """Switch a channel on or off by key."""
        self.page.bar.chips[channel].click()

    def toggle_disclaimer(self) -> None:
        """All channels that are on: add the sentence, or take it off when all have it (Ctrl+Shift+D)."""
        draft = self.page.session.draft
        if draft is None:
            return
        is_on = not all(draft.variant(channel).disclaimer for channel in draft.channels_on)
        for channel in draft.channels_on:
            if bool(draft.variant(channel).disclaimer) != is_on:
                self.switch_disclaimer(channel, is_on)

    def switch_disclaimer(self, channel: str, is_on: bool) -> None:
        """Add the sentence that says whose view it is to a channel, or take it off; Ctrl+Z takes it back."""
        self.back.note_disclaimer(channel, is_on)
        self.page.planning.switch_disclaimer(channel, is_on)

    def set_own_text(self, channel: str, is_own: bool) -> None:
        """Give a channel a text of its own, a copy of the main text at first; or take that back."""
        self.page.session.save()
        draft = self.page.session.draft
        if draft is None:
            return
        variant = draft.variant(channel)
        if is_own:
            self.page.session.set_variant(channel, text=draft.text, split_marks=())
            self.page.show_layer(channel)
            return
        kept: dict[str, Any] = {"text": variant.text, "split_marks": variant.split_marks}
        follows: dict[str, Any] = {"text": None, "split_marks": ()}
        put = partial(self.back.put_variant, draft.id, channel)
        put(follows)
        words = self.tr("{channel} follows the main text again").format(channel=CHANNEL_NAMES[channel])
        self.page.toast(words, lambda: put(kept), lambda: put(follows))

    def split_thread(self) -> None:
        """Start a new post of the X thread at the caret, or join there again."""
        draft = self.page.session.draft
        if draft is None or not is_in(draft, "x", self.page.session.layer):
            return
        at = self.page.column.editor.caret() + body_offset(draft, "x")
        variant = draft.variant("x")
        marks = set(variant.split_marks) ^ {at}
        self.back.set_splits(tuple(sorted(marks)))
        self.page.pane.show_page("preview")
        self.page.preview.choose("x")

    def show_left(self) -> None:
        """What is left before scheduling, each line a way to its place."""
        if not self.page.planning.left:
            return
        from medvoice.ui.pages.compose.popovers import LeftPopover

        popover = LeftPopover(self.page.theme, self.page, self.page.planning.left, self.page.planning.changed)
        popover.jumped.connect(self.jump)
        popover.show_below(self.page.bar.schedule_button, is_right_aligned=True)

    def jump(self, item: Todo) -> None:
        """Go to the place of one thing that is left."""
        if item.kind == "name":
            self.page.settings_requested.emit("profile")
        elif item.kind == "account":
            self.page.settings_requested.emit("accounts")
        elif item.kind == "queue":
            self.page.queue_requested.emit()
        elif item.kind == "embargo":
            self.page.embargo.go()
        elif item.kind == "no_channel":
            self.page.bar.chips["linkedin"].setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif item.kind == "tick":
            self.go_to_check(item.code)
        elif key := self.page.compliance.card_for_rule(item.code):
            self.page.pane.show_page("compliance")
            self.page.compliance.open_card(key)
            self.go_to(key)
        elif noted := self.page.compliance.noted_panel():
            self.page.pane.show_page("compliance")
            self.page.compliance.ensureWidgetVisible(noted)
        else:
            self.page.column.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.page.column.editor.moveCursor(QTextCursor.MoveOperation.End)

    def go_to_check(self, code: str = "") -> None:
        """Bring a box of the checklist to the person; the first open one without a code."""
        rows = self.page.compliance.rows
        code = code or next((each for each, row in rows.items() if not row.isChecked()), "")
        if code not in rows:
            return
        self.page.pane.show_page("compliance")

        def reveal() -> None:
            if code in rows:
                self.page.compliance.ensureWidgetVisible(rows[code], 0, self.page.theme.px(40))
                rows[code].setFocus(Qt.FocusReason.ShortcutFocusReason)

        QTimer.singleShot(0, self, reveal)
