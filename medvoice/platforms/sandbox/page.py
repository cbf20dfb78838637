"""The pages a person sees: the feed, one post, the consent question, a notice. No script, all escaped."""

from __future__ import annotations

import re
from datetime import datetime
from html import escape
from urllib.parse import quote, urlsplit

from medvoice.platforms.sandbox import weight
from medvoice.platforms.sandbox.exchange import Answer, html_answer
from medvoice.platforms.sandbox.ledger import LedgerEntry
from medvoice.platforms.sandbox.world import MEMBERS, Member, World

NETWORK_NAMES = {"linkedin": "LinkedIn", "x": "X"}
_SCOPE_WORDS = {
    "openid": "know who you are",
    "profile": "see your name",
    "email": "see your e-mail address",
    "w_member_social": "publish and delete posts in your name",
    "tweet.read": "read your posts",
    "tweet.write": "publish and delete posts in your name",
    "users.read": "see your profile",
    "media.write": "upload pictures",
    "offline.access": "stay connected until you disconnect it",
}
_MARKED = re.compile(r"(?<![\w&])[#@]\w+")
_STYLE = """
:root{color-scheme:light dark;--page:#f4f5f2;--card:#fff;--ink:#1c2421;--soft:#59645f;--line:#dfe3de;
--accent:#0b6b5d;--on-accent:#fff;--tint:#e3f1ed}
@media (prefers-color-scheme:dark){:root{--page:#131816;--card:#1c2320;--ink:#e8ece9;--soft:#a3aea8;
--line:#313a36;--accent:#6fcdb9;--on-accent:#0c1a17;--tint:#20332e}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);
font:16px/1.5 Inter,"Segoe UI",system-ui,-apple-system,"Noto Sans",sans-serif}
a{color:var(--accent)}
a:focus-visible,button:focus-visible,select:focus-visible{outline:3px solid var(--accent);
outline-offset:2px}
header,main{max-width:1080px;margin:0 auto;padding:24px}
header{padding-bottom:0}h1{font-size:24px;margin:0}h2{font-size:18px;margin:0 0 12px}
.soft{color:var(--soft);margin:4px 0 0}
.columns{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,360px),1fr));gap:24px}
article,.card{background:var(--card);border:1px solid var(--line);border-radius:12px;
padding:16px;margin:0 0 12px}
article:has(+ .part){border-radius:12px 12px 0 0}.part:has(+ .part){border-radius:0}
article.part{margin:-13px 0 12px;border-top:1px dashed var(--line);border-radius:0 0 12px 12px}
.by{display:flex;gap:12px;align-items:center}
.mark{width:40px;height:40px;border-radius:50%;background:var(--tint);color:var(--accent);font-weight:600;
display:grid;place-items:center;flex:none}
.by b{display:block;line-height:1.25}.by span,.by a{font-size:14px;color:var(--soft)}
.text{white-space:pre-wrap;overflow-wrap:anywhere;margin:12px 0 0}
.text i{font-style:normal;color:var(--accent)}
.note{font-size:14px;color:var(--soft);margin:8px 0 0}
.narrow{max-width:560px}
button{font:inherit;font-weight:600;padding:10px 20px;border-radius:8px;border:1px solid var(--line);
background:var(--card);color:var(--ink);cursor:pointer}
button.first{background:var(--accent);color:var(--on-accent);border-color:var(--accent)}
.row{display:flex;gap:12px;margin-top:20px;flex-wrap:wrap}
select{font:inherit;padding:8px;border-radius:8px;border:1px solid var(--line);background:var(--card);
color:inherit}
"""


def _frame(title: str, body: str) -> str:
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body>{body}</body></html>"
    )


def _safe(page: str, status: int = 200, form_target: str = "") -> Answer:
    policy = (
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'; "
        f"form-action 'self' {form_target}"
    )
    return html_answer(
        status, page, ("Content-Security-Policy", policy.strip()), ("Referrer-Policy", "same-origin")
    )


def notice(title: str, text: str) -> str:
    """A page that says one thing."""
    body = (
        f'<main class="narrow"><div class="card"><h1>{escape(title)}</h1><p>{escape(text)}</p></div></main>'
    )
    return _frame(title, body)


def notice_answer(status: int, title: str, text: str) -> Answer:
    """The same as an answer."""
    return _safe(notice(title, text), status)


def consent(
    network: str, app_name: str, scopes: list[str], members: list[Member], redirect_uri: str
) -> Answer:
    """The question "Practice LinkedIn asks: allow MedVoice?" with Allow and Deny; needs no script."""
    title = f"Practice {NETWORK_NAMES[network]} asks: allow {app_name}?"
    wishes = dict.fromkeys(_SCOPE_WORDS.get(scope, scope) for scope in scopes)
    wanted = "".join(f"<li>{escape(wish)}</li>" for wish in wishes)
    people = "".join(f'<option value="{escape(m.handle)}">{escape(m.name)}</option>' for m in members)
    body = (
        f'<main class="narrow"><form method="post" class="card"><h1>{escape(title)}</h1>'
        f'<p class="soft">This is practice: nothing leaves this computer.</p>'
        f"<p>{escape(app_name)} would be able to:</p><ul>{wanted}</ul>"
        f'<label for="who">Signed in as</label> <select id="who" name="practice_member">{people}</select>'
        '<div class="row"><button class="first" name="practice_decision" value="allow">Allow</button>'
        '<button name="practice_decision" value="deny">Deny</button></div></form></main>'
    )
    target = urlsplit(redirect_uri)
    return _safe(_frame(title, body), form_target=f"{target.scheme}://{target.netloc}")


def post_path(entry: LedgerEntry) -> str:
    """Where a post can be looked at: LinkedIn's and X's own path shapes."""
    if entry.network == "linkedin":
        return f"/feed/update/{quote(entry.remote_id, safe=':')}/"
    return f"/{_member(entry).handle}/status/{entry.remote_id}"


def _member(entry: LedgerEntry) -> Member:
    return next(m for m in MEMBERS if m.network == entry.network and m.member_id == entry.author)


def _colour(text: str) -> str:
    """Escaped text with addresses, hashtags and mentions in the accent colour."""
    spans = weight.find_urls(text)
    taken = {index for start, end in spans for index in range(start, end)}
    spans += [m.span() for m in _MARKED.finditer(text) if m.start() not in taken]
    parts: list[str] = []
    at = 0
    for start, end in sorted(spans):
        parts += [escape(text[at:start]), "<i>", escape(text[start:end]), "</i>"]
        at = end
    return "".join(parts) + escape(text[at:])


def _moment(moment: datetime) -> str:
    return f'<time datetime="{moment.isoformat()}">{moment:%d %b %Y, %H:%M:%S} UTC</time>'


def _article(entry: LedgerEntry, css: str = "") -> str:
    member = _member(entry)
    initials = member.given_name[0] + member.family_name[0]
    edited = '<p class="note">Edited</p>' if entry.edited_at else ""
    replied = '<p class="note">A comment</p>' if entry.network == "linkedin" and entry.reply_to else ""
    handle = f"@{member.handle}" if entry.network == "x" else NETWORK_NAMES[entry.network]
    return (
        f'<article class="{css}" aria-label="Post by {escape(member.name)}"><div class="by">'
        f'<span class="mark" aria-hidden="true">{escape(initials)}</span><div><b>{escape(member.name)}</b>'
        f"<span>{escape(handle)} · </span>"
        f'<a href="{escape(post_path(entry))}">{_moment(entry.created_at)}</a></div></div>'
        f'<p class="text" dir="auto">{_colour(entry.text)}</p>{edited}{replied}</article>'
    )


def _in_threads(entries: list[LedgerEntry]) -> list[tuple[LedgerEntry, bool]]:
    """Newest conversation first; inside one, each part after the one it answers. True marks a later part."""
    answers: dict[str, list[LedgerEntry]] = {}
    shown = {entry.remote_id for entry in entries}
    roots: list[LedgerEntry] = []
    for entry in entries:
        if entry.reply_to in shown:
            answers.setdefault(str(entry.reply_to), []).append(entry)
        else:
            roots.append(entry)
    ordered: list[tuple[LedgerEntry, bool]] = []
    for root in reversed(roots):
        pending = [(root, False)]
        while pending:
            entry, is_part = pending.pop()
            ordered.append((entry, is_part))
            pending += [(child, True) for child in reversed(answers.get(entry.remote_id, []))]
    return ordered


def feed(world: World) -> Answer:
    """`/`: what was published on both networks, newest first."""
    columns = ""
    for network, name in NETWORK_NAMES.items():
        entries = [e for e in world.ledger.entries() if e.network == network and e.deleted_at is None]
        posts = "".join(_article(entry, "part" if is_part else "") for entry, is_part in _in_threads(entries))
        empty = '<p class="card">Nothing here yet. What you publish will show up here.</p>'
        columns += (
            f'<section aria-labelledby="{network}"><h2 id="{network}">{name}</h2>{posts or empty}</section>'
        )
    body = (
        '<header><h1>Practice network</h1><p class="soft">Posts here never leave this computer. '
        f'<a href="/">Look again</a></p></header><main class="columns">{columns}</main>'
    )
    return _safe(_frame("Practice network", body))


def single(world: World, network: str, remote_id: str, handle: str | None = None) -> Answer:
    """One post at its own address, with what answers it."""
    entry = world.ledger.get(network, remote_id) or world.planted.get(network, remote_id)
    if entry is None or (handle is not None and _member(entry).handle != handle.lower()):
        return notice_answer(404, "No such post", "There is no post at this address.")
    if entry.deleted_at is not None:
        return notice_answer(404, "This post was deleted", "Its author took it down.")
    others = [e for e in world.ledger.entries() if e.network == network and e.deleted_at is None]
    around = [pair for pair in _in_threads(others) if _belongs(world, pair[0], entry)]
    posts = "".join(_article(part, "part" if at else "") for at, (part, _) in enumerate(around))
    body = f'<main class="narrow"><p><a href="/">All posts</a></p>{posts or _article(entry)}</main>'
    return _safe(_frame(f"Post by {_member(entry).name}", body))


def _belongs(world: World, other: LedgerEntry, entry: LedgerEntry) -> bool:
    """Whether `other` is `entry` or answers it, directly or through others."""
    seen: LedgerEntry | None = other
    while seen is not None:
        if seen.remote_id == entry.remote_id:
            return True
        seen = world.ledger.get(seen.network, seen.reply_to) if seen.reply_to else None
    return False
