"""The learned reader: sums in one integer, what stands beside a sentence, when its rules are silent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medvoice.compliance.engine import check
from medvoice.compliance.learned import LANE, Learned, classes_of, pack, read_learned, unpack
from medvoice.compliance.memory import SentenceCache
from medvoice.compliance.ruleset import Ruleset, compile_ruleset
from medvoice.domain.finding import Document, Finding

from .small_packs import AS_OF, rule_text, ruleset_of

WEIGHTS = """# made for this test
adverse_event testimonial
start	0:-150 1:-150
word itchy	0:300
word happy	1:280
pair so happy	1:40
word cured	1:600
before product	0:120
after product	0:60
cue negation_before	1:-20
"""
RULES = (
    rule_text(
        'kind = "learned"\nwhat = "adverse_event"\nat_least = 100\nconfidence = "learned"'
        '\ntitle = "Reads so{words}"\nabsent = ["as a rule"]\nyields_to = ["GL-T-009"]',
        "GL-T-001",
        "adverse_event",
    ),
    rule_text(
        'kind = "learned"\nwhat = "testimonial"\nat_least = 100\na = ["cured"]\nnegation = "downgrade"\n'
        'question = "suppress"',
        "GL-T-002",
        "testimonial",
    ),
    rule_text('kind = "phrase"\na = ["itchy rash"]', "GL-T-009", "adverse_event"),
    '[cue.negation_before]\nterms = ["never", "not"]\n',
)


@pytest.fixture(scope="module")
def ruleset() -> Ruleset:
    return ruleset_of(*RULES, lexicon={"learned.txt": WEIGHTS})


def found_in(text: str, ruleset: Ruleset, cache: SentenceCache | None = None) -> list[tuple[str, str]]:
    findings: tuple[Finding, ...] = check(Document(text), ruleset, AS_OF, cache).findings
    return [(one.rule, one.quote) for one in findings]


@given(st.lists(st.lists(st.integers(-(10**6), 10**6), min_size=8, max_size=8), min_size=1, max_size=40))
def test_one_sum_adds_all_columns(rows: list[list[int]]) -> None:
    total = sum(pack(dict(enumerate(row))) for row in rows)
    assert unpack(total, 8) == tuple(sum(column) for column in zip(*rows, strict=True))


def test_a_sentence_that_reads_like_the_examples_is_marked_whole(ruleset: Ruleset) -> None:
    text = "A quiet day. My arm is itchy. Then tea."
    assert found_in(text, ruleset) == [("GL-T-001", "My arm is itchy.")]
    (finding,) = check(Document(text), ruleset, AS_OF).findings
    assert finding.message == "Reads so: itchy"
    assert finding.confidence == "learned"


def test_a_sentence_is_read_with_what_stands_beside_it(ruleset: Ruleset) -> None:
    """A medicine in the sentence before weighs more than one in the sentence after."""
    learned = ruleset.learned
    alone = learned.scores(check_view("It is itchy.", ruleset))
    after = learned.scores(check_view("She takes semaglutide. It is itchy.", ruleset))
    before = learned.scores(check_view("It is itchy. She takes semaglutide.", ruleset))
    assert alone == {"adverse_event": [(0, 150)]}
    assert after == {"adverse_event": [(1, 270)]}
    assert before == {"adverse_event": [(0, 210)]}


def check_view(text: str, ruleset: Ruleset) -> list:
    from medvoice.compliance.engine import _view

    return list(_view(Document(text), ruleset, SentenceCache()).facts)


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("I am so happy.", ["GL-T-002"]),
        ("I am not so happy.", []),  # 150 asked for, and DOUBT more
        ("Am I so happy?", []),  # a question silences
        ("It cured me.", ["GL-T-002"]),
        ("It never cured me.", []),  # the word itself is taken back, whatever the score
        ("As a rule it is itchy.", []),  # a word of `absent`
        ("An itchy rash.", ["GL-T-009"]),  # yields to the listed wording
        ("I was cured, and itchy.", ["GL-T-002"]),  # far behind the other column
    ],
)
def test_when_it_speaks(ruleset: Ruleset, text: str, rules: list[str]) -> None:
    assert [rule for rule, _ in found_in(text, ruleset)] == rules


@given(st.lists(st.sampled_from(("It is itchy.", "So happy!", "She takes semaglutide.", "Tea.")), max_size=7))
def test_typing_finds_what_a_fresh_check_finds(lines: list[str]) -> None:
    ruleset = ruleset_of(*RULES, lexicon={"learned.txt": WEIGHTS})
    cache = SentenceCache()
    for count in range(len(lines) + 1):
        text = " ".join(lines[:count])
        assert found_in(text, ruleset, cache) == found_in(text, ruleset)


def test_a_file_of_weights_is_read_strictly() -> None:
    assert read_learned("# nothing\n", {}) == Learned()
    assert classes_of(WEIGHTS) == ("product",)
    assert read_learned(WEIGHTS, {}).before == {}, "a class that no pack defines is left out"
    for line in ("wort itchy\t0:1", "pair so\t0:1", "word itchy\t0", "word itchy\tzero:1"):
        with pytest.raises(ValueError, match=r".+"):
            read_learned(f"one\n{line}\n", {})
    with pytest.raises(ValueError, match="a b"):
        read_learned("a b c d e f g h i\n", {})


def test_the_longest_text_stays_inside_its_lane() -> None:
    from .conftest import compile_shipped

    learned = compile_shipped().learned
    tables = (learned.words, learned.pairs, learned.classes, learned.before, learned.after, learned.cues)
    for table in tables:
        for packed in table.values():
            assert max(map(abs, unpack(packed, len(learned.columns)))) * 3 * 100_000 < 1 << (LANE - 1)


def test_packs_without_weights_have_no_reader() -> None:
    assert compile_ruleset(()).learned == Learned()
