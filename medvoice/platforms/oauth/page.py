"""The small page that the browser shows when it comes back from a network."""

_WORDS = {
    "done": ("You are back in MedVoice", "{name} said yes. You can close this page."),
    "already_done": ("Already done", "MedVoice has had its answer. You can close this page."),
    "sign_in_declined": (
        "Nothing was connected",
        "You chose not to allow access on {name}. You can close this page and start again any time.",
    ),
    "sign_in_wrong_state": (
        "This answer belongs to another try",
        "MedVoice did not use it. Go back to MedVoice and open the sign-in link it shows now.",
    ),
    "sign_in_no_code": ("Something is missing", "The address holds no answer from {name}."),
    "foreign_host": ("Not here", "This address is for the sign-in of MedVoice only."),
    "not_here": ("Not here", "This address is for the sign-in of MedVoice only."),
    "": ("{name} did not agree", "MedVoice shows what {name} answered. You can close this page."),
}
_NAMES = {"linkedin": "LinkedIn", "x": "X"}
_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>MedVoice</title><style>
:root{{color-scheme:light dark}}
body{{font:16px/1.5 system-ui,sans-serif;margin:0;min-height:100vh;display:grid;place-items:center}}
main{{max-width:28rem;padding:2rem}} h1{{font-size:1.25rem;margin:0 0 .5rem}} p{{margin:0}}
</style></head><body><main><h1>{title}</h1><p>{text}</p></main></body></html>
"""


def callback_page(name: str, network: str) -> bytes:
    """The page of that name as UTF-8; an unknown name is a refusal of the network. Holds nothing of the
    request, so nothing foreign can be shown."""
    title, text = _WORDS.get(name, _WORDS[""])
    name_shown = _NAMES.get(network, network)
    return _PAGE.format(title=title.format(name=name_shown), text=text.format(name=name_shown)).encode()
