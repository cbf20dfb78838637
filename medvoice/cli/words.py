"""One sentence or two for a foreseen problem, for people at a terminal: what happened, what to do next."""

from medvoice.domain.errors import MedVoiceError

WORDS = {
    "account_missing": "No account is connected for {channel}. Connect one (medvoice account connect) or add --by-hand.",
    "account_unknown": "There is no account {id}.",
    "already_published": "This draft is already published on {channel}. Change it, or duplicate it, to post again.",
    "already_scheduled": "This draft is already in the queue for {channel}: {delivery}.",
    "another_agent": "Another MedVoice agent publishes for this workspace.",
    "ask_not_here": "{channel} cannot be asked this way. Please look at your profile there.",
    "ask_too_late": "More than eight minutes have passed. LinkedIn no longer tells; please look at your profile.",
    "base_url_not_loopback": "A base URL must be a practice network on this computer, such as http://127.0.0.1:8799.",
    "browser_absent": "No browser could be opened. Open the address shown above yourself, or use --no-browser.",
    "cannot_cancel": "Nothing in this delivery can be cancelled; it is {state}.",
    "cannot_move": "This delivery cannot be moved; it is {state}.",
    "channel_off": "{channel} is switched off for this draft.",
    "clear_again": "The text or the rules changed since it was cleared. Schedule it again; that clears it anew.",
    "clock_off": "This computer's clock is off by {hours} hours. Set it right, then sign in again.",
    "clock_override_refused": "MEDVOICE_CLOCK works only in a workspace whose accounts are all on the practice network.",
    "code_not_accepted": "The network did not accept the sign-in code. Start the sign-in again.",
    "delivery_unknown": "There is no delivery {id}.",
    "draft_changed_elsewhere": "The draft was changed in another place meanwhile. Your text was not saved over it.",
    "draft_unknown": "There is no draft {id}. List them: medvoice draft list",
    "keys_locked": "Your keyring is locked or did not answer. Unlock it and try again. Nothing was sent.",
    "linkedin_terms_unread": "LinkedIn stays by hand until you have read the note above. To choose signing in, run the "
    "command again with --i-read-linkedin-terms.",
    "link_not_a_post": "That is not the address of a post on {network}.",
    "newer_workspace": "This workspace was written by a newer MedVoice. Update MedVoice; nothing was changed.",
    "no_display": "There is no display here for the window to open on. The commands work without one: medvoice --help",
    "no_keyring": "No keyring was found to keep your sign-in safe. Install one (on Linux: gnome-keyring or KWallet), or "
    "set MEDVOICE_PASSPHRASE_FILE to a file with a passphrase. Nothing was stored.",
    "seal_broken": "The stored sign-in cannot be opened with this passphrase or key. Sign in again, or use the right one.",
    "sign_in_needed": "The sign-in has ended. Connect the account again; nothing was sent.",
    "client_not_accepted": "The network did not accept the app's id or secret. Check both; nothing was connected.",
    "redirect_not_accepted": "The network does not know the callback address. Register it in your app, exactly as shown.",
    "client_id_missing": "Give the id of the app you registered with the network: --client-id.",
    "client_secret_missing": "LinkedIn needs the app's secret: --client-secret-stdin.",
    "sign_in_no_answer": "The network did not answer. Nothing was connected; try again.",
    "sign_in_no_code": "There is no sign-in code in what you pasted.",
    "nothing_to_resolve": "Nothing here waits for your word; it is {state}.",
    "ports_in_use": "The sign-in ports {ports} are in use by another program. Close it and try again.",
    "pack_meaning": "{file}:{line}: {rule} {key}: {reason}. The rules in force stay as they were.",
    "pack_syntax": "{file}:{line}:{column}: {reason}. The rules in force stay as they were.",
    "reason_too_short": "A reason needs at least ten characters.",
    "record_broken": "The record was changed outside MedVoice: entry {number} does not fit the one before.",
    "resolve_first": "This post may be live. Say what you found first: medvoice queue resolve {delivery}",
    "sign_in_declined": "The sign-in was declined in the browser. Nothing was connected.",
    "sign_in_ends_before": "Your sign-in to {channel} ends {ends_wall}, before that moment. Sign in again, then schedule.",
    "sign_in_timed_out": "No answer came from the browser in time. Start the sign-in again.",
    "sign_in_wrong_state": "The answer from the browser belongs to another sign-in. Nothing was connected.",
    "no_free_slot": "Each of your times in the next {days} days has a post.",
    "time_past": "{wall} {zone} is in the past.",
    "time_skipped": "{text} does not exist in {zone}: the clocks skip that hour. Choose another time.",
    "time_unreadable": "“{text}” is not a time. Write it as 2026-12-01 08:10.",
    "workspace_damaged": "The workspace file cannot be read. It was kept as it is: {path}. Last backup: {backup}.",
    "other_member": "You signed in as somebody else. The account stays as it was.",
    "zone_unknown": "“{zone}” is not a time zone. Use a name such as Europe/Berlin.",
    "under_embargo": "“{title}” ({event}) is under embargo until {wall} {zone}. Nothing was scheduled; choose a later time.",
    "embargo_unknown": "When the embargo of “{title}” ({event}) ends is not known. Nothing was scheduled. See: medvoice embargo list",
    "event_unknown": "There is no event {id}. List them: medvoice event list",
    "rule_unknown": "There is no rule {id} in force. List them: medvoice rule list",
    "session_unknown": "There is no session {id} in this event.",
    "abstract_unknown": "There is no abstract {id}.",
    "event_without_name": "An event needs a name.",
    "session_without_title": "A session needs a title.",
    "abstract_without_title": "An abstract needs a title.",
    "event_ends_before": "The event would end on {ends}, before it starts on {starts}.",
    "day_unreadable": "“{text}” is not a day of a congress. Write it as 2026-12-01.",
    "session_outside": "{wall} is not within the days of {event}.",
    "event_in_use": "{drafts} drafts draw on abstracts of this event. Take those off first: medvoice embargo untie",
    "abstract_in_use": "{drafts} drafts draw on this abstract. Take it off them first: medvoice embargo untie",
    "aware_in_future": "You cannot have become aware of it in the future.",
    "cannot_dismiss_block": "This must be fixed; it cannot be dismissed. Change the words, or route an adverse event.",
    "cannot_route": "This finding has no such way out; the text has to change.",
    "channel_unknown": "There is no channel {channel}.",
    "characters_broken": "The text holds half of a character, which cannot be kept. Type it again.",
    "disk_full": "The disk is full. Nothing was saved; what was saved before is safe.",
    "draft_in_queue": "This draft waits in the queue. Take it out first: medvoice queue cancel {delivery}",
    "finding_unknown": "No such finding stands in this draft now.",
    "keys_busy": "Another MedVoice is using your sign-in. Try again in a moment.",
    "lease_refused": "Another MedVoice agent publishes for this workspace.",
    "name_missing": "Say who you are first: medvoice profile set --name …",
    "not_a_workspace": "{path} is not a MedVoice workspace. It was left as it is.",
    "passphrase_file_unreadable": "The passphrase file {path} cannot be read.",
    "passphrase_too_short": "The passphrase needs at least {least} characters.",
    "product_without_name": "A product needs a name.",
    "reference_missing": "Give the reference that your safety contact gave you.",
    "region_unknown": "There are no rules for {region}. Known: US, EU, UK, DE, CH, CA, AU, JP, IN.",
    "tick_unknown": "This text does not ask for the box {item}.",
    "idea_empty": "An idea needs a few words or a link.",
    "link_unreadable": "“{text}” is not an address of a page. It begins with https://.",
    "pause_ends_before": "The pause would end before it starts, or has ended already.",
    "pause_unknown": "There is no pause {id}. List them: medvoice queue pauses",
    "calendar_too_large": "The calendar file is too large ({size:,} bytes; {most:,} at most). Nothing was taken from it.",
    "calendar_unreadable": "This is not a calendar that can be read: {reason}. Nothing was taken from it.",
    "calendar_unwritable": "{path} cannot be written: {reason}. The plan itself is safe.",
    "table_unreadable": "Line {line} of the table cannot be read: {reason}. Nothing was taken from it.",
    "table_too_large": "The table is too large; {most:,} rows at most. Nothing was taken from it.",
    "row_unfit": "Row {line} of the table cannot be taken ({why}). Nothing was taken from it.",
    "cadence_unreadable": "{days} is not a number of days from 0 to {most}.",
    "topic_into_itself": "A topic cannot be joined with itself.",
    "topic_unknown": "There is no topic {id}. List them: medvoice topic list",
    "topics_full": "Six topics are the most. Remove one first.",
    "workspace_locked": "The workspace is in use by another program. Nothing was changed.",
    "workspace_read_only": "The workspace cannot be written: {path}. Nothing was changed.",
    "workspace_unreadable": "The workspace cannot be opened: {path}.",
}
UNFORESEEN = (
    "MedVoice met something it did not foresee; the lines above say where. Your texts are as last saved."
)


class _Params(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "?"


def words_of(problem: MedVoiceError) -> str:
    """The sentence for a problem; an unknown code is named with its details."""
    sentence = WORDS.get(problem.code)
    if sentence is None:
        return f"MedVoice stopped: {problem}"
    said = {name: "none" if value == "" else value for name, value in problem.params.items()}
    return sentence.format_map(_Params(said))
