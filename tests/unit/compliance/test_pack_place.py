"""A mistake that shows only when rules are put together still names its file and line."""

from medvoice.compliance.pack_place import placed
from medvoice.domain.errors import PackError

RULES = '[[rule]]\nid = "A-1"\na = ["@gadgt"]\n\n[[rule]]\nid = "A-2"\na = ["@gadgt"]\n'
TEXT = f'[class.gadget]\nterms = ["x"]\n\n{RULES}'


def problem(rule: str, key: str = "@gadgt", **more: object) -> PackError:
    return PackError(
        "pack_meaning", pack="own", rule=rule, key=key, line=0, reason="is defined nowhere", **more
    )


def test_file_line_and_meant_name() -> None:
    sources = {"core/core.toml": TEXT, "own/b.toml": TEXT, "own/a.toml": "[pack]\n"}
    one, two = placed([problem("A-1"), problem("A-2")], sources)
    assert (one.params["file"], one.params["line"]) == ("own/b.toml", 6)
    assert (two.params["file"], two.params["line"]) == ("own/b.toml", 10)
    assert str(one.params["reason"]).endswith("; did you mean '@gadget'?")


def test_what_has_a_file_stays_and_what_is_nowhere_stays_without() -> None:
    known = problem("A-1", file="own/b.toml")
    assert placed([known], {}) == (known,)
    (lost,) = placed([problem("A-9", "@zzz")], {"own/b.toml": TEXT})
    assert "file" not in lost.params
    assert lost.params["reason"] == "is defined nowhere"
