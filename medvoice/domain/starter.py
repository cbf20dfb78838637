"""Ways to begin a post: a few labels to write behind, in the order in which such a post is read best.

The labels claim nothing and name nothing, so that no rule finds anything in them; what is left empty is seen.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Starter:
    """`text` is what the draft begins with; `hint` says when it fits, in a few words."""

    id: str
    name: str
    hint: str
    text: str


STARTERS = (
    Starter(
        "paper",
        "A paper in plain words",
        "one study, for readers who will not open it",
        "The question they asked:\n\nWhat they did:\n\nWhat they saw, with the numbers:\n\n"
        "What it cannot tell:\n\nWhere to read it:",
    ),
    Starter(
        "congress",
        "A congress note",
        "what stayed with you, once it may be told",
        "The session:\n\nWhat was asked:\n\nWhat I did not know before:\n\nWhat I would ask the speaker:",
    ),
    Starter(
        "career",
        "A career lesson",
        "something you would tell yourself of five years ago",
        "Where I stood then:\n\nWhat I got wrong:\n\nWhat changed my mind:\n\nWhat I do now:",
    ),
    Starter(
        "method",
        "A method explained",
        "one idea of statistics or design",
        "The everyday picture:\n\nWhat it is called:\n\nWhere it goes astray:\n\nHow to spot it:",
    ),
    Starter(
        "question",
        "A question to peers",
        "something that others know better",
        "What I am trying to understand:\n\nWhat I have read so far:\n\nHow do you see it?",
    ),
)


def starter_of(starter_id: str) -> Starter | None:
    """The starter of that id, None when there is none."""
    return next((each for each in STARTERS if each.id == starter_id), None)
