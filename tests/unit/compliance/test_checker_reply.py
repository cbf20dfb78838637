"""An answer knows its question: what a patient or a doctor asks is passed on, not answered."""

from dataclasses import replace

import pytest

from medvoice.compliance.reply import Question, check_question, check_reply
from medvoice.domain.finding import CheckResult, Document

from .conftest import compile_shipped
from .small_packs import AS_OF

PASSED_ON = (
    "Thank you. I cannot answer this here; I have passed your question to our medical information team."
)
ANSWER = Document(PASSED_ON, surface="reply")


def asked(question: str) -> Question:
    return check_question(ANSWER, question, compile_shipped(), AS_OF)


def answered(question: str, answer: str) -> CheckResult:
    return check_reply(replace(ANSWER, text=answer), question, compile_shipped(), AS_OF)[0]


def routes(result: CheckResult | Question) -> set[str]:
    return {one.rule for one in result.findings if one.rule.startswith("GL-ROUTE")}


# Written as people ask, not from the word lists; a doctor's, then a patient's.
@pytest.mark.parametrize(
    "question",
    [
        "Great talk! How do you manage neutropenia with ribociclib in practice?",
        "Would you use it off-label in a child of nine?",
        "Colleagues tell me pembrolizumab is pointless there. Your view?",
        "Is it safe in renal impairment?",
        "My husband was diagnosed with myeloma in May. What can we do?",
        "Can I stop my tablets before the scan?",
        "I have psoriasis and the cream does nothing. Any tips?",
        "Should I ask for the new injection?",
    ],
)
def test_a_question_on_treatment_must_be_passed_on(question: str) -> None:
    assert asked(question).is_passed_on
    assert routes(answered(question, "Good question, write to me and I will explain.")) == {"GL-ROUTE-005"}
    assert not answered(question, PASSED_ON).is_blocked


@pytest.mark.parametrize(
    "question",
    [
        "Which session was your favourite?",
        "Is the recording online somewhere?",
        "How did you move from the lab to medical affairs?",
        "Can I share your slide on missing data?",
        "What software did you use for the curves?",
        "Should I do a PhD first?",
    ],
)
def test_other_questions_are_answered_freely(question: str) -> None:
    assert not asked(question).findings
    assert not routes(answered(question, "Yes, gladly; I will send you the link."))


def test_passing_on_is_spoiled_by_an_answer() -> None:
    question = "What dose of pembrolizumab do you begin with?"
    spoiled = answered(question, "I have passed this on. In my experience the lower one is enough.")
    assert routes(spoiled) == {"GL-ROUTE-006"}
    assert spoiled.is_blocked


def test_who_passes_a_question_on_needs_no_sentence_on_views() -> None:
    question = "Is pembrolizumab approved there?"
    assert not answered(question, PASSED_ON).findings
    assert "GL-DISC-001" in {one.rule for one in answered("Where is the poster?", "In hall B.").findings}


def test_a_side_effect_in_the_question_goes_to_safety() -> None:
    told = asked("My mother had a rash after her third pembrolizumab infusion. Is that normal?")
    assert told.goes_to_safety
    assert {"GL-AE-001", "GL-ROUTE-001", "GL-ROUTE-002"} <= {one.rule for one in told.findings}
    one = next(each for each in told.findings if each.rule == "GL-AE-001")
    assert told.text[one.start : one.end] == one.quote


def test_only_what_speaks_of_questions_is_said_of_one() -> None:
    told = asked("Zentorva is a miracle, pembrolizumab cures everybody, isn't it? #best")
    assert {one.rule for one in told.findings} == {"GL-ROUTE-001"}


def test_a_question_no_rule_reads_is_not_passed_over() -> None:
    told = asked("Czy ten lek można brać razem z innymi, jeśli ktoś ma chore nerki?")
    assert {one.rule for one in told.findings} == {"GL-LANG-001"}


def test_without_words_there_is_no_answer_to_judge() -> None:
    assert not answered("Is pembrolizumab approved there?", "  ").findings
