"""The time panel hears of a post that says nearly the same, from the workspace itself."""

from medvoice.ui.pages.compose.lane_slots import read_offers

WORDS = "Three questions I ask before I trust a registry, and why the second one matters most of all."


def test_a_post_of_the_queue_that_says_nearly_the_same_is_named(rig) -> None:
    rig.plan(title="First", text=WORDS, channel="linkedin")
    draft = rig.desk.drafting.create(title="Second", text=f"{WORDS} First", channels=("linkedin",))
    said = read_offers(rig.desk, draft.id).alike
    assert "stands in “First” too" in said
    assert said.endswith("LinkedIn may refuse the second one.")
    other = rig.desk.drafting.create(title="Other", text="Words of its own about something else.")
    assert read_offers(rig.desk, other.id).alike == ""
    assert read_offers(rig.desk, "d_none").alike == "", "a draft that is gone is no trouble here"
