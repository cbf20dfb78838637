"""The agent's pass tells of a sign-in that ends soon, and of nothing else."""

from datetime import timedelta


def test_a_sign_in_that_ends_within_a_week_is_told_once(rig):
    delivery = rig.plan()
    ends_at = (rig.clock.now() + timedelta(days=6)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    rig.publishing.db.run("UPDATE accounts SET expires_at = ?", [ends_at])
    rig.run()
    rig.run()
    assert rig.told.titles == ["A sign-in ends soon"]
    assert rig.states(delivery) == ["published"]
