"""The kit on one sheet, to be looked at: `python tests/ui/kit/gallery.py FOLDER` writes light and dark PNGs.

The sheet mirrors the component sheets of the design; the test beside it builds it in both modes.
"""

import sys
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from medvoice.domain.finding import Citation, Finding, Fix, Level
from medvoice.ui.editor import PostEditor
from medvoice.ui.theme import Mode, Theme
from medvoice.ui.widgets.base import Label, PaintedButton, Surface
from medvoice.ui.widgets.button import Button, IconButton
from medvoice.ui.widgets.channel_chip import ChannelChip
from medvoice.ui.widgets.controls import CheckItem, PaneTabs, SegmentedControl, Switch
from medvoice.ui.widgets.field import Field, SearchField
from medvoice.ui.widgets.finding_card import CardFacts, FindingCard
from medvoice.ui.widgets.focus_ring import FocusRing
from medvoice.ui.widgets.message import Banner, EmptyState
from medvoice.ui.widgets.nav_rail import NavRail
from medvoice.ui.widgets.overlay import Popover, Toast
from medvoice.ui.widgets.pill import CountBadge, KeyCap, RingMeter, StatusPill, TopicChip
from medvoice.ui.widgets.schedule_button import ScheduleButton

TOPICS = {"rwe": "Real-world evidence", "io": "Immuno-oncology", "methods": "Reading trials",
          "patient": "Patient voice", "congress": "Congress notes", "career": "MSL career"}  # fmt: skip


def sample_finding(level: Level, title: str, with_fix: bool = False) -> Finding:
    fixes = (Fix("Use this wording", 0, 30, "how older adults tolerate it is still an open question"),)
    return Finding(
        rule="sample", version="1", category="promotion", level=level, start=0, end=30,
        quote="is safe and well tolerated", message=title,
        why="The public reads LinkedIn. Praise for your company's medicine can count as advertising.",
        advice="Name the source, or leave the claim out.",
        basis=(Citation("ABPI Code 2024, Clause 6.4", "https://example.org/abpi", str(date(2024, 10, 1))),),
        fixes=fixes if with_fix else (), regions=("UK",), confidence="combination", pack="uk",
    )  # fmt: skip


def row(*widgets: QWidget) -> QHBoxLayout:
    layout = QHBoxLayout()
    layout.setSpacing(8)
    for widget in widgets:
        layout.addWidget(widget)
    layout.addStretch(1)
    return layout


def _buttons(theme: Theme) -> list[QLayout | QWidget]:
    off = Button(theme, "Not available")
    off.setEnabled(False)
    waiting, ready, done, embargo = (ScheduleButton(theme) for _ in range(4))
    waiting.set_not_ready(2)
    ready.set_ready("Tuesday 17 November, 08:10")
    done.set_scheduled("Tuesday 17 November, 08:10")
    embargo.set_embargo("19 Nov, 09:00")
    return [
        row(Button(theme, "Schedule", kind="primary", icon="send"), Button(theme, "Preview"),
            Button(theme, "New", kind="soft", icon="plus"), Button(theme, "Skip", kind="ghost")),
        row(Button(theme, "Delete draft", kind="danger", icon="trash-2"), off,
            IconButton(theme, "ellipsis", "More"),
            Button(theme, "Fix", size="small"), Button(theme, "Show", kind="link")),
        row(ready, waiting), row(done, embargo),
    ]  # fmt: skip


def _marks(theme: Theme) -> list[QLayout | QWidget]:
    pills = [("neutral", "pencil", "Draft"), ("warn", "triangle-alert", "2 to check"),
             ("danger", "octagon-alert", "1 must fix"), ("ok", "circle-check", "Ready"),
             ("accent", "loader-circle", "Publishing"),
             ("info", "rotate-cw-clock", "Trying again at 08:15")]  # fmt: skip
    chips = [TopicChip(theme, slot, name) for slot, name in TOPICS.items()]
    ring = RingMeter(theme)
    ring.set_meter(181, 280)
    views = SegmentedControl(theme, "Preview of")
    views.add("linkedin", "LinkedIn", "linkedin")
    views.add("x", "X thread", "x")
    return [
        row(*(StatusPill(theme, *pill) for pill in pills[:3])),
        row(*(StatusPill(theme, *pill) for pill in pills[3:])),
        row(*chips[:2]), row(*chips[2:4]), row(*chips[4:]),
        row(views, CountBadge(theme, "5"), CountBadge(theme, "3", "danger"),
            KeyCap(theme, "Ctrl"), KeyCap(theme, "K"), ring),
    ]  # fmt: skip


def _chips(theme: Theme) -> list[QLayout | QWidget]:
    chips: list[QLayout | QWidget] = []
    for channel, name, used, limit, is_on in (
        ("linkedin", "LinkedIn", 787, 3000, True), ("x", "X", 262, 280, True),
        ("x", "X", 294, 280, True), ("linkedin", "LinkedIn", 0, 3000, False),
    ):  # fmt: skip
        chip = ChannelChip(theme, channel, name)
        chip.setChecked(is_on)
        chip.set_meter(used, limit, 5 if used == 262 else 1)
        chips.append(row(chip))
    asked = ChannelChip(theme, "x", "X")
    asked.set_needs_sign_in(True)
    return [*chips, row(asked)]


def _controls(theme: Theme) -> list[QLayout | QWidget]:
    ticked = CheckItem(theme, "C01", "No patient can be recognised")
    ticked.set_ticked(True)
    open_item = CheckItem(theme, "C02", "Employer link is disclosed", "US FTC, 16 CFR 255.5")
    on, off = Switch(theme, "Disclaimer"), Switch(theme, "Other")
    on.setChecked(True)
    tabs = PaneTabs(theme)
    for key, label in (("preview", "Preview"), ("compliance", "Compliance"), ("references", "References")):
        tabs.add(key, label)
    tabs.set_mark("compliance", "3", "danger")
    tabs.set_mark("references", "2")
    tabs.set_current("compliance")
    wrong = Field(theme, "DOI", "")
    wrong.set_text("10.1000/xyz")
    wrong.set_problem("This DOI was not found. Check the last part.")
    search = SearchField(theme, "Search drafts", "Ctrl+Shift+F")
    return [ticked, open_item, row(on, off), tabs, search, wrong]


def _cards(theme: Theme) -> list[QLayout | QWidget]:
    facts = [
        (sample_finding(Level.BLOCK, "Unqualified “safe”, own product", True),
         ("is safe and well tolerated", "tolerability is still an open question")),
        (sample_finding(Level.WARN, "Claim without a source"), None),
        (sample_finding(Level.ADVISE, "Opening runs past two lines"), None),
    ]  # fmt: skip
    cards = [
        FindingCard(theme, CardFacts(f"card{n}", finding, f"{n + 1} of 3", diff))
        for n, (finding, diff) in enumerate(facts)
    ]
    cards[0].set_open(True)
    return [
        *cards,
        Banner(theme, "danger", "X ended the sign-in. One post is held.", "Sign in to X"),
        Banner(theme, "warn", "Waits for the embargo, Thu 19 Nov, 09:00.", icon="lock"),
        Banner(
            theme, "info", "Rules updated to 2026.11. Drafts checked again.", "What changed", is_closable=True
        ),
    ]


def _page(theme: Theme) -> list[QLayout | QWidget]:
    editor = PostEditor(theme)
    editor.setFixedHeight(250)
    text = (
        "Most of the questions start the same way: “But can we trust it?” 😀\n\nMost registry reports take"
        " the protocol as read [1]. The data show that our therapy is safe and well tolerated."
        " #RealWorldEvidence @someone"
    )
    editor.set_text(text)
    spans = [
        ("Most of the questions", "advise"),
        ("Most registry reports", "warn"),
        ("our therapy is safe and well tolerated", "block"),
    ]
    editor.set_findings(
        [(text.index(words), text.index(words) + len(words), level, words) for words, level in spans]
    )
    empty = EmptyState(
        theme,
        "Nothing is waiting",
        "Posts you schedule appear here with their state.",
        "Write a post",
        "Open the calendar",
        motif="clock",
    )
    empty.setFixedHeight(300)
    return [editor, empty]


class Gallery(Surface):
    """Rail at the left, then three columns of parts; a toast below."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("surface")
        self.resize(1440, 980)
        rail = NavRail(theme)
        for key, icon, label in (
            ("compose", "pen-line", "Compose"),
            ("calendar", "calendar-days", "Calendar"),
            ("queue", "send", "Queue"),
        ):
            rail.add(key, icon, label)
        rail.add("settings", "settings", "Settings", is_at_bottom=True)
        rail.set_badge("queue", 1, "1 needs attention")
        rail.agent.set_state("on")
        grid = QHBoxLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.addWidget(rail)
        sheet = QGridLayout()
        sheet.setContentsMargins(24, 16, 24, 16)
        sheet.setHorizontalSpacing(32)
        grid.addLayout(sheet, 1)
        groups = ((("Buttons", _buttons), ("Marks", _marks), ("Controls", _controls)),
                  (("Findings and banners", _cards),), (("Channels", _chips), ("Page", _page)))  # fmt: skip
        for number, column in enumerate(groups):
            stack = QVBoxLayout()
            stack.setSpacing(8)
            for title, make in column:
                stack.addWidget(Label(theme, title, "smallStrong", "text.secondary"))
                for part in make(theme):
                    stack.addLayout(part) if isinstance(part, QLayout) else stack.addWidget(part)
            stack.addStretch(1)
            sheet.addLayout(stack, 0, number)
            sheet.setColumnStretch(number, 1)
        self.toast = Toast(theme, self)
        self.ring = FocusRing(theme, self)
        self.first = self.findChild(PaintedButton, "schedule_button")


def popover(theme: Theme) -> Popover:
    box = Popover(theme)
    box.body.addWidget(Label(theme, "Two things before you schedule", "section"))
    for words in ("Fix “safe and well tolerated”", "Confirm the employer link"):
        box.body.addLayout(row(Label(theme, words), Button(theme, "Show", kind="link", size="small")))
    return box


def main(folder: Path) -> None:
    app = QApplication([])
    theme = Theme.from_resources(Path(__file__).parents[3] / "resources", mode=Mode.LIGHT)
    theme.apply_to(app)
    gallery, box = Gallery(theme), popover(theme)
    gallery.show()
    gallery.activateWindow()
    gallery.toast.say("Scheduled for Tue 17 Nov, 08:10", "Undo", lambda: None)
    assert gallery.first is not None
    gallery.first.setFocus(Qt.FocusReason.TabFocusReason)
    box.show_below(gallery.first)
    folder.mkdir(parents=True, exist_ok=True)
    for mode in (Mode.LIGHT, Mode.DARK):
        theme.set_mode(mode)
        for _ in range(5):
            app.processEvents()
        picture: QPixmap = gallery.grab()
        picture.save(str(folder / f"kit-{mode.value}.png"))
        box.grab().save(str(folder / f"popover-{mode.value}.png"))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
