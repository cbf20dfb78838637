"""Everyday words of the field must stay silent above a suggestion."""

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from medvoice.domain.finding import Document, Finding, Level

EVERYDAY = """
I trained in internal medicine before I moved to the field.
The reviewers asked about internal validity and internal consistency.
Our data pipeline works again after the weekend.
No risk adjustment was made in the first model.
Guarantee-time bias is easy to miss and hard to repair.
The authors fitted a mixture cure model.
All cases were biopsy-proven.
A confirmed response needs a second scan.
Breakthrough pain is hard to put into a diary.
It is the leading cause of death in many countries.
Best supportive care was the comparator.
The first author answered my question at the poster.
The superior vena cava was open.
Half-life is not the same as elimination half-life in tissue.
Complete response was the endpoint of the trial.
A fast-track designation is a regulatory term.
I met a patient advocate in Lyon who asked the best question.
The safe harbour method removes eighteen kinds of detail.
The safety of a cohort design depends on its exclusions.
At least the coffee was warm, and my best day was Tuesday.
We report the methods first, then the figures.
Most patients in registries are older than those in trials.
State-of-the-art review on heart failure, link in the comments.
Whether it is safe was the question of the study.
Safe travels to everyone on the way home.
The session went fast and ended on time.
Registration for the course is 90 euros.
The embargo lifted at nine this morning.
I expect a long queue at the coffee bar.
Coffee is on me if you find me at the poster hall.
NCT00458213 was registered on 12/04/2026.
Message me if you want the reading list.
I do not speak for my company.
The curve is patent, the question is open.
Tolerability was assessed in all age groups.
Please share your slides with the study group.
She works in phase 1 research in Basel.
A like counts as publishing, so I bookmark instead.
Speak to your own doctor if you have symptoms.
Never stop a medicine without speaking to your doctor.
No medicine is free of side effects.
TNF-α is a cytokine and IFN-γ is another one.
Zoë from Zürich and Đorđe from Niš wrote the code.
The registry has been running since 1998.
Nausea should be reported like any other side effect.
A randomised trial is better than my memory.
I work in Medical Affairs. Opinions are my own.
Our field needs patience and good questions.
My grandmother asked me what I do all day.
The hospital pharmacy opens at eight.
Co-authors, re-analysis and follow-up: words with hyphens.
I took the night train and felt tired in the morning.
The committee will publish its minutes next year.
He is the only one in the team who likes mornings.
A heart failure nurse taught me how to listen.
Statistics is the art of being wrong in a useful way.
The best part of a session is the first question from the floor.
Eighteen people can teach you a question.
I lost my badge twice this week.
Thanks to everyone who came to the poster.
Free entry to the museum on Sunday.
Our family moved to Leeds in March.
The plan is to read one paper a day.
A paper on dose-finding designs is worth your time.
Please ask me about careers in medical affairs.
What does the black triangle mean?
The winner of the poster prize is a nurse from Porto.
Why off-label policy matters.
""".strip().splitlines()


@pytest.mark.parametrize("text", EVERYDAY)
def test_everyday_words_stay_silent(text: str, find: Callable[[Document], tuple[Finding, ...]]) -> None:
    loud = [
        (finding.rule, finding.quote)
        for finding in find(Document(text=f"{text}\n\nViews are my own."))
        if finding.level is not Level.ADVISE
    ]
    assert loud == []


def test_the_sample_posts_of_the_workspace_stay_silent(
    find: Callable[[Document], tuple[Finding, ...]],
) -> None:
    path = Path(__file__).parents[2] / "resources" / "templates" / "sample_workspace.toml"
    rows = tomllib.loads(path.read_text(encoding="utf-8"))
    texts = [row["text"] for row in (*rows["draft"], *rows["published"]) if "text" in row]
    assert len(texts) > 20
    for text in texts:
        loud = [f for f in find(Document(text=f"{text}\n\nViews are my own.")) if f.level is not Level.ADVISE]
        assert loud == [], text
