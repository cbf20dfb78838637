"""The rules changed since the last time: what is scheduled and published is looked at again, off the window's
thread, and the person is led to what it found."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from medvoice.app import build
from medvoice.bootstrap import open_workspace
from medvoice.infra.paths import make_paths
from medvoice.infra.resources import resource_path
from medvoice.ui import rule_watch
from medvoice.ui.pages.compose.new_rules_tab import NewRulesTab
from medvoice.ui.theme import Mode, Theme
from medvoice.ui.widgets.message import Banner

from .conftest import Stage

BIRD = "The first meeting of project bluebird was in March."
CALM = "I read the methods before the results."
PACK = """
[pack]
id = "acme"
version = "2026.11.1"
title = "Acme"
engine = ">=1,<2"
regions = ["all"]
effective = 2026-01-01
review_by = 2036-01-01
review_state = "draft"
licence = "internal"

[[rule]]
id = "ACME-WORD-001"
version = "1"
title = "“{quote}” is a name inside the company"
kind = "phrase"
category = "confidential_unpublished"
why = "The name of this programme is not public."
advice = "Leave the name out."
a = ["project bluebird"]
severity = [{ level = "block", regions = "all", lift = "permission" }]
cite = [{ doc = "Company policy on personal posts, section 3" }]
example = [
  { text = "Proud of [[Project Bluebird]] today.", hit = true },
  { text = "A year of [[project bluebird]], and many friends.", hit = true },
  { text = "A blue bird sat on my window.", hit = false },
  { text = "My garden project is nearly done.", hit = false },
]
"""


@pytest.fixture
def posts(home, rulebook) -> dict[str, str]:
    """One held-to-be, one quiet and one published post, cleared under the rules that come with MedVoice."""
    workspace = open_workspace(home, rulebook)
    made: dict[str, str] = {}
    for name, text in (("waiting", BIRD), ("quiet", CALM), ("live", f"{BIRD} I liked it.")):
        draft = workspace.drafting.create(title=name.capitalize(), text=text)
        codes = tuple(workspace.checking.checklist_codes)
        (planned,) = workspace.queueing.schedule(
            draft.id, "2031-01-01 08:10", "UTC", "Jordan Sample", ticks=codes, by_hand=True
        )
        made[name] = planned.id
    workspace.db.run(
        "UPDATE parts SET state = 'published', remote_url = 'https://example.org/p/1' WHERE delivery_id = ?",
        [made["live"]],
    )
    workspace.rechecking.run("Jordan Sample")
    assert not workspace.rechecking.is_due()
    workspace.close()
    return made


def opened(home, rulebook, qtbot):
    app = QApplication.instance()
    theme = Theme.from_resources(resource_path(), mode=Mode.LIGHT)
    theme.apply_to(app)
    window, runner = build(theme, make_paths(home), with_agent=False)
    workspace = open_workspace(home, rulebook)
    window.resize(1440, 900)
    window.show()
    with qtbot.waitSignal(window.ready, timeout=10_000):
        window.start()
    yield Stage(window, workspace, theme, qtbot)
    window.close()
    runner.shutdown()
    workspace.close()
    theme.changed.disconnect()
    app.setStyleSheet("")


@pytest.fixture
def stage(qtbot, home, rulebook, posts, monkeypatch):
    """The window on the morning after the company gave its pack."""
    monkeypatch.setattr(rule_watch, "BEGIN_MS", 20)
    (home / "packs").mkdir(exist_ok=True)
    (home / "packs" / "acme.toml").write_text(PACK, encoding="utf-8")
    yield from opened(home, rulebook, qtbot)


def banner(stage) -> Banner | None:
    return next((each for each in stage.window.findChildren(Banner) if each.isVisible()), None)


def state(stage, delivery_id: str) -> tuple[str, str]:
    part = stage.workspace.queueing.outbox.get(delivery_id).parts[0]
    return str(part.state), part.reason


def cards(stage) -> list[str]:
    tab = stage.find(NewRulesTab, "new_rules_tab")
    named = [each for each in tab.findChildren(QWidget) if each.objectName().startswith("new_rules_y")]
    return [each.objectName().removeprefix("new_rules_") for each in named if each.isVisible()]


def test_what_newly_fires_is_held_or_listed_and_the_banner_leads_there(stage, posts):
    stage.wait(lambda: banner(stage) is not None and "scheduled post is held" in banner(stage).text())
    assert banner(stage).text() == (
        "The rules changed: 1 scheduled post is held and 1 published post has something new."
    )
    assert state(stage, posts["waiting"]) == ("held", "new_finding")
    assert state(stage, posts["quiet"]) == ("planned", "")
    assert state(stage, posts["live"]) == ("published", "")
    assert [one.kind for one in stage.workspace.records.store.list(kind="rebound")] == ["rebound"]
    action = banner(stage).findChild(QWidget, "banner_action")
    action.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(action, Qt.Key.Key_Return)
    stage.wait(lambda: cards(stage) == [posts["waiting"], posts["live"]])
    assert banner(stage) is None
    tab = stage.find(NewRulesTab, "new_rules_tab")
    assert "1 more are scheduled" not in stage.find(QLabel, "new_rules_summary").text()
    assert "1 more is scheduled, has nothing new and goes out as planned." in (
        stage.find(QLabel, "new_rules_summary").text()
    )
    words = " ".join(label.text() for label in tab.findChildren(QLabel))
    assert "Must fix: “project bluebird” is a name inside the company" in words
    assert tab.buttons[0].accessibleName() == "Open draft “Waiting”"
    stage.wait(tab.buttons[0].hasFocus)
    QTest.keyClick(tab.buttons[0], Qt.Key.Key_Return)
    stage.wait(lambda: stage.window.compose.session.draft.title == "Waiting")
    stage.wait(lambda: any("bluebird" in key.finding.quote for key in compliance_cards(stage)))


def compliance_cards(stage):
    return stage.window.compose.compliance.cards.values()


def test_what_was_taken_out_of_the_queue_goes_from_the_list(stage, posts):
    stage.wait(lambda: banner(stage) is not None and "held" in banner(stage).text())
    stage.window.hub.book.run("view.new_rules")
    stage.wait(lambda: cards(stage) == [posts["waiting"], posts["live"]])
    stage.window.bridge.work(
        lambda desk: desk.queueing.cancel(posts["waiting"], "Jordan Sample"),
        owner=stage.window,
        changes=rule_watch.Changes.of(deliveries=[posts["waiting"]]),
    )
    stage.wait(lambda: cards(stage) == [posts["live"]])


def test_the_banner_comes_back_until_it_was_seen_and_nothing_is_looked_at_twice(stage, posts, qtbot):
    window = stage.window
    stage.wait(lambda: banner(stage) is not None and "held" in banner(stage).text())
    window.notices.clear_banner(rule_watch.KEY)  # as the end of the window does: nobody saw it
    rules = window.surroundings.rules
    rules.look()
    stage.wait(lambda: banner(stage) is not None)
    assert banner(stage).text().endswith("1 scheduled post is held and 1 published post has something new.")
    assert not rules.is_busy
    assert len(stage.workspace.records.store.list(kind="rechecked")) == 1
    banner(stage).closed.emit()
    rules.look()
    qtbot.wait(300)
    assert banner(stage) is None
    assert window.hub.book.find("view.new_rules").why_disabled() == ""


def test_a_long_look_says_how_far_it_is_and_rests_while_one_types(stage, posts, monkeypatch):
    window = stage.window
    stage.wait(lambda: banner(stage) is not None and "held" in banner(stage).text())
    window.notices.clear_banner(rule_watch.KEY)
    stage.workspace.rechecking.settings.save("recheck.rules", "other")
    rules = window.surroundings.rules
    monkeypatch.setattr(rule_watch, "AT_A_TIME", 1)
    rules._say.setInterval(0)
    window.compose.session._mark_dirty()
    rules.look()
    stage.wait(lambda: banner(stage) is not None and "looked at again: 0 of " in banner(stage).text())
    assert rules.is_busy
    total = rules._round.total
    assert rules._round.done == 0, "what is being typed comes first"
    window.compose.session.save()
    stage.wait(lambda: not rules.is_busy)
    assert banner(stage).text() == "The rules changed: 1 published post has something new."
    assert total == 2, "what is held already is the person's own"


def test_later_leaves_the_rest_for_the_next_start(stage, posts, monkeypatch):
    window = stage.window
    stage.wait(lambda: banner(stage) is not None and "held" in banner(stage).text())
    window.notices.clear_banner(rule_watch.KEY)
    stage.workspace.rechecking.settings.save("recheck.rules", "other")
    rules = window.surroundings.rules
    monkeypatch.setattr(rule_watch, "AT_A_TIME", 1)
    rules._say.setInterval(0)
    window.compose.session._mark_dirty()
    rules.look()
    stage.wait(lambda: banner(stage) is not None)
    banner(stage).findChild(QWidget, "banner_action").click()
    window.compose.session.save()
    stage.wait(lambda: not rules.is_busy)
    assert window.toast.text() == "1 of 2 posts were looked at. The rest follows at the next start."
    assert banner(stage) is None
    window.surroundings.rules.look()
    stage.wait(lambda: not rules.is_busy and banner(stage) is not None)
    assert "1 published post has something new" in banner(stage).text()


def test_the_first_look_of_all_says_nothing_where_it_finds_nothing(stage, posts):
    window = stage.window
    stage.wait(lambda: banner(stage) is not None and "held" in banner(stage).text())
    window.notices.clear_banner(rule_watch.KEY)
    window.toast.hide()
    stage.workspace.db.run("UPDATE parts SET state = 'cancelled' WHERE delivery_id = ?", [posts["live"]])
    stage.workspace.rechecking.settings.remove("recheck.rules")
    rules = window.surroundings.rules
    rules._say.setInterval(0)
    rules.look()
    stage.wait(lambda: stage.workspace.rechecking.settings.get("recheck.rules"))
    stage.wait(lambda: not rules.is_busy)
    assert banner(stage) is None
    assert not window.toast.isVisible()


@pytest.fixture
def same_rules(qtbot, home, rulebook, posts, monkeypatch):
    """The window on a morning like any other."""
    monkeypatch.setattr(rule_watch, "BEGIN_MS", 20)
    yield from opened(home, rulebook, qtbot)


def test_under_the_same_rules_nothing_is_said(same_rules, qtbot):
    window = same_rules.window
    same_rules.wait(lambda: hasattr(window, "surroundings"))
    window.surroundings.rules.look()
    qtbot.wait(300)
    assert not window.surroundings.rules.is_busy
    assert banner(same_rules) is None
    assert window.hub.book.find("view.new_rules").why_disabled() == "nothing new was found"
