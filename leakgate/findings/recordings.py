"""
Is a file a recording: what a tool wrote down while a test talked to something real?

Told by the names that tools give their files and folders, and by what such a file looks like inside.
Sources: the documentation of VCR, vcrpy, go-vcr, Betamax, Polly.js, nock, WireMock, Hoverfly, Mountebank,
Talkback, `responses`, Jest, Vitest, Storyshots, syrupy, snapshottest, insta, ApprovalTests, Verify,
Playwright, and the HAR 1.2 format.
"""

from __future__ import annotations

import re

from leakgate.model.expressions import expression

_FOLDERS = expression(
    r"(?:.*[._ -])?(?:(?:cassette|recording|snapshot|tape|har|snap|screenshot|dump|capture|golden|approval"
    r"|baseline|wiremock|betamax|nock|polly|vcr|hoverfly|mountebank|talkback|mockserver|approved|received|verified"
    r"|recorded|imposter|stubby|responses?)s?|httpreplay|__files|replays?)(?:[._ -].*)?",
    re.IGNORECASE,
)
_NAMES = expression(
    r".*\.(?:ambr|snap|snapshot|har|cassette|tape|tapes|golden|storyshot|shot|pcap|pcapng|saz|chlsj?|vcr|snap\.new)"
    r"|.*[._-](?:cassettes?|snap(?:shots?)?|recordings?|recorded|har|golden|approved|received|verified|tapes?|vcr"
    r"|nocks?|polly|betamax|responses?|replays?|captures?|wiremock|dump)(?:[._-].*)?\.[a-z0-9]{1,8}"
    r"|(?:cassettes?|snap(?:shots?)?|recordings?|recorded|har|golden|tapes?|vcr|nocks?|betamax|responses?|replays?"
    r"|captures?|wiremock|dump)(?:[._-].*)?\.[a-z0-9]{1,8}",
    re.IGNORECASE,
)
_CODE = expression(
    r".*\.(?:py|pyi|java|kt|kts|groovy|scala|clj|go|rb|rs|php|cs|fs|vb|c|cc|cpp|h|hpp|m|swift|jsx?|mjs|cjs|tsx?"
    r"|mts|cts|vue|svelte|dart|exs?|erl|pl|pm|t|sh|bash|bats|lua|r|jl|robot|feature|ps1|sql)",
    re.IGNORECASE,
)
# What a tool puts into source files on its own: inline snapshots.
_IN_CODE = expression(
    r"InlineSnapshot\s*\(|\binline_snapshot\b|\bassert_(?:\w*_)?snapshot!|\bexpect!?\[\[|\bsnapshot\s*\("
    r"|^exports\[`|^snapshots\[|\bnock\.(?:define|load)\b|\.rawHeaders\b|\.recorded\b",
    re.MULTILINE,
)
# As a key of JSON, YAML or TOML, a table of TOML, an element of XML.
_KEY = r"(?:^|[\s{,\[<-])[\"']?(?:%s)[\"']?(?:\s*[:=>\]]|\s+\w+=)"
# What only recorders write, whatever stands beside it.
_TELLING = expression(
    _KEY
    % (
        r"http_interactions|recorded_(?:at|with)|recordedAt|_recordingName|rawHeaders|raw_headers"
        r"|startedDateTime|imposters|_fromHTTPCache|base64_string|insertedBy|capturedAt|captured_at"
        r"|cassette|reqheaders"
        r"|requestBody|responseBody|request_body|response_body|request_headers|response_headers|requestHeaders"
        r"|responseHeaders"
    )
    + r"|^# serializer version:|^exports\[`|^// (?:Jest|Vitest) Snapshot|^snapshots\["
    + r"|^---\nsource: .*\nexpression:|^HTTP/\d(?:\.\d)? \d{3}\b",
    re.MULTILINE,
)
_ASKED = expression(
    _KEY % r"(?:[a-z_]*_)?req(?:uests?|s)?|(?:http)?requests?|predicates|path|uri|url|scope|method",
    re.MULTILINE | re.IGNORECASE,
)
_ANSWERED = expression(
    _KEY % r"(?:[a-z_]*_)?res(?:p(?:onses?)?|ps)?|(?:http)?responses?|is|reply", re.MULTILINE | re.IGNORECASE
)
_DETAIL = expression(
    _KEY % r"status(?:_?code|_?text)?|code|headers?|body|content(?:-type)?|payload|string|text",
    re.MULTILINE | re.IGNORECASE,
)


def is_recording_name(path: str) -> bool:
    """By folders and name alone."""
    *folders, file = path.split("/")
    return any(map(_FOLDERS.fullmatch, folders)) or _NAMES.fullmatch(file) is not None


def is_recording(path: str, text: str) -> bool:
    """By what is inside: an exchange with an answer in a file of data, a snapshot in one of code."""
    if _CODE.fullmatch(path.rpartition("/")[2]):
        return _IN_CODE.search(text) is not None
    if _TELLING.search(text):
        return True
    return all(each.search(text) is not None for each in (_ASKED, _ANSWERED, _DETAIL))
