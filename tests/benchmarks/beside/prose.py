"""The same for proselint, run by the Python of its own environment: JSON in, one line of JSON out."""

import json
import sys
import time

from proselint.checks import __register__
from proselint.config import DEFAULT
from proselint.registry import CheckRegistry
from proselint.tools import LintFile

CheckRegistry().register_many(__register__)
asked = json.load(sys.stdin)
best, found = float("inf"), 0
for number in range(asked["passes"] + 1):
    found = 0
    started = time.process_time()
    for post in asked["posts"]:
        found += len(list(LintFile("post.txt", post).lint(DEFAULT)))
    if number:
        best = min(best, (time.process_time() - started) * 1e3)
print(json.dumps({"name": "proselint 0.16 (all checks)", "ms": best, "found": found}))
