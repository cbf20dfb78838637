"""What a scripted fault does to an answer: the bodies that each network sends when things go wrong."""

from __future__ import annotations

from http import HTTPStatus

from medvoice.platforms.sandbox.exchange import Answer, html_answer, json_answer
from medvoice.platforms.sandbox.faults import Fault
from medvoice.platforms.sandbox.lipost import error
from medvoice.platforms.sandbox.routes import TRAP_PATH, failure
from medvoice.platforms.sandbox.xpost import problem

_THROTTLED = "Resource level throttle limit for calls to this resource is reached."


def instead(fault: Fault, family: str, base_url: str) -> Answer:
    """The answer of a fault that keeps the request from acting, or hides that it acted."""
    if fault.kind == "rate_limit":
        return _limited(fault, family)
    if fault.kind == "revoked":
        return _revoked(family)
    if fault.kind == "redirect":
        return Answer(fault.code, headers=(("Location", base_url + TRAP_PATH),))
    try:
        phrase = HTTPStatus(fault.code).phrase
    except ValueError:
        phrase = "Error"
    return failure(family, fault.code, phrase)


def _limited(fault: Fault, family: str) -> Answer:
    if family == "linkedin":
        return error(429, "TOO_MANY_REQUESTS", _THROTTLED, serviceErrorCode=101)
    if family == "x" and fault.capped:
        detail = "Usage cap exceeded: Daily post cap"
        return problem(429, "UsageCapExceeded", detail, "usage-capped", period="Daily", scope="Product")
    if family == "x":
        return problem(429, "Too Many Requests", "Too Many Requests", "rate-limit-exceeded")
    return failure(family, 429, "Too many requests")


def _revoked(family: str) -> Answer:
    if family == "linkedin":
        message = "The token used in the request has been revoked by the user"
        return error(401, "REVOKED_ACCESS_TOKEN", message, serviceErrorCode=65601)
    if family == "x":
        return problem(401, "Unauthorized", "Unauthorized")
    if family == "x-oauth":
        spent = {"error": "invalid_request", "error_description": "Value passed for the token was invalid."}
        return json_answer(400, spent, ("Cache-Control", "no-store"))
    return failure(family, 401, "Client authentication failed")


def spoil(fault: Fault, answer: Answer) -> Answer:
    """The answer of a request that did act, as the fault lets it through."""
    if fault.kind == "garble":
        page = html_answer(answer.status, "<html><body><h1>One moment, please</h1></body></html>")
        return Answer(answer.status, page.body, page.headers)
    if fault.kind == "no_id":
        kept = tuple(pair for pair in answer.headers if pair[0].lower() != "x-restli-id")
        return Answer(answer.status, answer.body, kept)
    return answer
