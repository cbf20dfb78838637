"""The rules changed, and the night in which the clocks go back."""

from dataclasses import replace

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from medvoice.bootstrap import Workspace
from medvoice.domain.outbox import PartState
from medvoice.services.rechecking import Newly, Recheck
from medvoice.ui.pages.compose.new_rules_tab import NewRulesTab

from .compose_scenes import popup
from .scene_kit import SHORT_MS, in_workspace, scene
from .stand import Stand, rest, wait_for


def found_in(workspace: Workspace) -> Recheck:
    """As if new rules had found something in one scheduled and two published posts of the sample."""
    outbox, checking = workspace.queueing.outbox, workspace.checking
    told = "Wonderful results, this treatment is completely safe and it always works."
    draft = workspace.drafting.get(workspace.drafting.list()[0].id)
    document = replace(checking.document_for(draft, "linkedin", workspace.identity.get()), text=told)
    findings = checking.check_document(document).findings
    waiting, live = outbox.list(states={PartState.PLANNED}), outbox.list(states={PartState.PUBLISHED})
    return Recheck(
        58,
        tuple(Newly(each, findings[1:2]) for each in live[:2]),
        tuple(Newly(each, findings[:2]) for each in waiting[:1]),
        tuple(each.id for each in waiting[1:4]),
        is_whole=True,
        at=workspace.clock.now(),
    )


@scene
def compose_new_rules(stand: Stand) -> None:
    """What the new rules found, beside the draft."""
    compose = stand.window.compose
    compose.acts.show_new_rules()
    rest(SHORT_MS)
    found: list[Recheck] = []
    in_workspace(stand, lambda workspace: found.append(found_in(workspace)))
    tab = stand.find("new_rules_tab")
    assert isinstance(tab, NewRulesTab)
    tab.show_found(found[0], compose.planning.facts.profile.zone, compose.planning.now())
    tab.take_focus()
    rest(SHORT_MS)


@scene
def window_banner_new_rules(stand: Stand) -> None:
    """The banner that leads there."""
    wait_for(lambda: hasattr(stand.window, "surroundings"), "not watching")
    stand.window.surroundings.rules._show_found(1, 2)
    rest(SHORT_MS)


@scene
def window_banner_looking(stand: Stand) -> None:
    """How far the look at the archive is."""
    words = "The rules changed. Your posts are looked at again: 1,204 of 3,518."
    stand.window.notices.banner("new_rules", "info", words, "Later")
    rest(SHORT_MS)


@scene
def compose_time_twice(stand: Stand) -> QWidget | None:
    """An hour that comes twice: both can be chosen."""
    stand.window.compose.planning.choose_time()
    shown = popup(stand, "time_popover")
    field, zone = stand.find("time_words"), stand.find("time_zone")
    zone.setCurrentText("Europe/Berlin")  # pyright: ignore[reportAttributeAccessIssue]
    field.selectAll()  # pyright: ignore[reportAttributeAccessIssue]
    QTest.keyClicks(field, "2031-10-26 02:30")
    rest(SHORT_MS)
    return shown
