"""What the body of a LinkedIn post may hold (platforms reference 1.5): names, types, bounds."""

from __future__ import annotations

import re
from typing import Any

from medvoice.platforms.sandbox.exchange import Answer, Refused, json_answer
from medvoice.platforms.sandbox.little import parse_little
from medvoice.platforms.sandbox.world import Token, World

MAX_VISIBLE = 3_000
MAX_ALT = 4_086
MAX_TITLE = 400
_REQUIRED = ("author", "commentary", "visibility", "distribution", "lifecycleState")
_VISIBILITIES = ("PUBLIC", "CONNECTIONS", "LOGGED_IN")
_DURATIONS = ("ONE_DAY", "THREE_DAYS", "SEVEN_DAYS", "FOURTEEN_DAYS")
_IMAGE_URN = re.compile(r"urn:li:image:[A-Za-z0-9_-]+")
_POST_URN = re.compile(r"urn:li:(?:share|ugcPost):[0-9]+")
_MAGIC = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a")


def error(status: int, code: str, message: str, **more: Any) -> Answer:
    """A LinkedIn error body with its tracing headers."""
    body = {"message": message, "status": status, "code": code, **more}
    return json_answer(status, body, ("x-li-fabric", "practice"))


def refuse(status: int, code: str, message: str, **more: Any) -> Refused:
    """The same, to be raised."""
    return Refused(error(status, code, message, **more))


def bad_value(field: str, message: str, code: str = "INVALID_VALUE_FOR_FIELD") -> Refused:
    """400 that names the field, with the input error beside it."""
    details = {
        "inputErrors": [{"description": message, "input": {"inputPath": {"fieldPath": field}}, "code": code}]
    }
    return refuse(400, code, f"{field} :: {message}", errorDetails=details)


def only(value: Any, where: str, required: dict[str, type], optional: dict[str, type]) -> dict[str, Any]:
    """`value` as an object with exactly these names and types. Raises for anything else."""
    if not isinstance(value, dict):
        raise bad_value(where, "must be an object")
    for name, given in value.items():
        kind = required.get(name) or optional.get(name)
        if kind is None:
            message = f"ERROR :: {where}/{name} :: unrecognized field found but not allowed"
            raise refuse(422, "UNPROCESSABLE_ENTITY", message)
        if not isinstance(given, kind) or (isinstance(given, bool) and kind is not bool):
            raise bad_value(f"{where}/{name}", f"must be {kind.__name__}")
    for name in required:
        if name not in value:
            raise bad_value(f"{where}/{name}", "field is required but not found", "MISSING_FIELD")
    return value


def check_post(world: World, token: Token, body: dict[str, Any]) -> str:
    """Raise unless `body` is a post this member may make; else the text that readers will see."""
    kinds: dict[str, type] = {"distribution": dict}
    only(
        body,
        "",
        {name: kinds.get(name, str) for name in _REQUIRED},
        {"isReshareDisabledByAuthor": bool, "content": dict, "reshareContext": dict},
    )
    check_author(token, body["author"], "/author")
    if body["visibility"] not in _VISIBILITIES:
        raise bad_value("/visibility", f"must be one of {', '.join(_VISIBILITIES)}")
    if body["lifecycleState"] != "PUBLISHED":
        raise bad_value("/lifecycleState", "must be PUBLISHED at creation")
    _check_distribution(body["distribution"])
    if "reshareContext" in body:
        only(body["reshareContext"], "/reshareContext", {"parent": str}, {})
        if not _POST_URN.fullmatch(body["reshareContext"]["parent"]):
            raise bad_value("/reshareContext/parent", "must be a share or ugcPost", "INVALID_URN_TYPE")
    if "content" in body:
        check_content(world, token, body["content"])
    return check_commentary(world, body["commentary"])


def check_author(token: Token, author: str, where: str) -> None:
    """Only the member who gave the token may be the author."""
    if not author.startswith("urn:li:person:"):
        raise bad_value(where, "must be a person", "INVALID_URN_TYPE")
    if author != f"urn:li:person:{token.member.member_id}":
        raise refuse(
            403,
            "ACCESS_DENIED",
            f"Field Value validation failed in REQUEST_BODY: Data Processing Exception while processing "
            f"fields [{where}]",
            serviceErrorCode=100,
        )


def check_commentary(world: World, commentary: str) -> str:
    """The visible text. Raises for blank or too long text, and for a bare reserved character if strict."""
    if not commentary.strip():
        raise bad_value("/commentary", "must not be blank", "INVALID_VALUE_BLANK_FIELD")
    if "\0" in commentary:
        raise bad_value("/commentary", "holds a NUL")
    little = parse_little(commentary)
    if little.cut_at is not None and world.settings.strict_little == "reject":
        raise bad_value("/commentary", f"reserved character at {little.cut_at} has no backslash")
    if len(little.visible) > MAX_VISIBLE:
        raise bad_value("/commentary", f"exceeds {MAX_VISIBLE} characters", "FIELD_LENGTH_TOO_LONG")
    return little.visible


def _check_distribution(distribution: dict[str, Any]) -> None:
    only(
        distribution,
        "/distribution",
        {"feedDistribution": str, "targetEntities": list, "thirdPartyDistributionChannels": list},
        {},
    )
    if distribution["feedDistribution"] != "MAIN_FEED":
        raise bad_value("/distribution/feedDistribution", "a member posts to MAIN_FEED")
    for name in ("targetEntities", "thirdPartyDistributionChannels"):
        if distribution[name]:
            raise bad_value(f"/distribution/{name}", "must be empty for a member")


def check_content(world: World, token: Token, content: dict[str, Any]) -> None:
    """At most one of media, multiImage, article and poll, each within its bounds."""
    checks = {
        "media": _check_media,
        "multiImage": _check_images,
        "article": _check_article,
        "poll": _check_poll,
    }
    only(content, "/content", {}, dict.fromkeys(checks, dict))
    if len(content) != 1:
        raise bad_value("/content", "holds exactly one of " + ", ".join(checks))
    for name, value in content.items():
        checks[name](world, token, value)


def _check_image(world: World, token: Token, urn: str, where: str) -> None:
    if not _IMAGE_URN.fullmatch(urn):
        raise bad_value(where, "must be an image", "INVALID_URN_TYPE")
    image = world.images.get(urn)
    if image is None or image.owner != f"urn:li:person:{token.member.member_id}":
        raise bad_value(where, "is no image of this author", "INVALID_IMAGE_ID")
    if image.content is None:
        raise bad_value(where, "Media asset is waiting for its upload", "MEDIA_ASSET_WAITING_UPLOAD")
    if not image.content.startswith(_MAGIC):
        raise bad_value(where, "Media asset could not be processed", "MEDIA_ASSET_PROCESSING_FAILED")


def _too_long(value: dict[str, Any], name: str, limit: int, where: str) -> None:
    if len(value.get(name, "")) > limit:
        raise bad_value(f"{where}/{name}", f"exceeds {limit} characters", "FIELD_LENGTH_TOO_LONG")


def _check_media(world: World, token: Token, value: dict[str, Any]) -> None:
    only(value, "/content/media", {"id": str}, {"altText": str, "title": str})
    _too_long(value, "altText", MAX_ALT, "/content/media")
    _check_image(world, token, value["id"], "/content/media/id")


def _check_images(world: World, token: Token, value: dict[str, Any]) -> None:
    where = "/content/multiImage/images"
    only(value, "/content/multiImage", {"images": list}, {})
    if not 2 <= len(value["images"]) <= 20:
        raise bad_value(where, "takes 2 to 20 images")
    for image in value["images"]:
        only(image, where, {"id": str}, {"altText": str})
        _too_long(image, "altText", MAX_ALT, where)
        _check_image(world, token, image["id"], f"{where}/id")


def _check_article(world: World, token: Token, value: dict[str, Any]) -> None:
    where = "/content/article"
    only(value, where, {"source": str, "title": str}, {"description": str, "thumbnail": str})
    if not re.match(r"https?://[^\s/]", value["source"]):
        raise bad_value(f"{where}/source", "must be an absolute web address")
    if not value["title"].strip():
        raise bad_value(f"{where}/title", "must not be blank", "INVALID_VALUE_BLANK_FIELD")
    _too_long(value, "title", MAX_TITLE, where)
    if "thumbnail" in value:
        _check_image(world, token, value["thumbnail"], f"{where}/thumbnail")


def _check_poll(world: World, token: Token, value: dict[str, Any]) -> None:
    where = "/content/poll"
    only(value, where, {"question": str, "options": list, "settings": dict}, {})
    _too_long(value, "question", 140, where)
    if not 2 <= len(value["options"]) <= 4:
        raise bad_value(f"{where}/options", "takes 2 to 4 options")
    for option in value["options"]:
        only(option, f"{where}/options", {"text": str}, {})
        _too_long(option, "text", 30, f"{where}/options")
    only(value["settings"], f"{where}/settings", {"duration": str}, {})
    if value["settings"]["duration"] not in _DURATIONS:
        raise bad_value(f"{where}/settings/duration", f"must be one of {', '.join(_DURATIONS)}")
