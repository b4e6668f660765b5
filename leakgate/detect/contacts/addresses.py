"""
Addresses that belong to no person, whoever writes them where: of machines, lists, robots and roles.

The evidence is the address itself, or the one sign that makes it something else than an address (a path behind
it, a service before it). Never looks at words around it.
"""

# ruff: noqa: E501 - expressions that are cut in two are harder to read than long ones

from __future__ import annotations

import re

from leakgate.model.expressions import expression
from leakgate.model.records import dataclass
from leakgate.model.spans import Span


@dataclass(frozen=True, slots=True)
class AddressShape:
    """`example` is built of reserved domains; `of_nobody` is false for roles, behind which people may sit."""

    id: str
    what: str
    example: str
    expression: re.Pattern[str]
    of_nobody: bool = True


def _shape(identity: str, what: str, example: str, text: str, *, of_nobody: bool = True) -> AddressShape:
    return AddressShape(identity, what, example, expression(rf"(?i){text}"), of_nobody)


_FREE_MAIL = (
    r"(?!.*@(?:g(?:oogle)?mail|gmx|outlook|hotmail|live|yahoo|icloud|me|aol|proton(?:mail)?|web|mail|t-online|qq|163"
    r"|yandex|zoho|fastmail)\.)"
)
# RFC 2142, and what software projects call the mailboxes of everybody.
_ROLE = (
    r"info|marketing|sales|support|abuse|noc|security|postmaster|hostmaster|usenet|news|webmaster|www|uucp|ftp"
    r"|admin|administrator|root|contact|contacts|contacto|kontakt|hello|help|helpdesk|office|team|press|legal|privacy"
    r"|licens(?:e|es|ing)|copyright|pki|ca|certs?|certificates?|cps|tls|ssl"
    r"|bugs?|feedback|issues?|patch(?:es)?|releases?|releng|packag(?:e|er|ers|ing)|pkg|maintainers?"
    r"|developers?|devs?|devel|development|dev-?team|core-?team|engineering|opensource|open-source|oss|community"
    r"|build|builds|builder|deploy|deployer|ci|jenkins|gpg|gpgsecurity|key(?:s|master)?|signing|ops|devops|sre|infra|gpgkey"
    r"|(?:linux|apt|rpm|ftp|archive|yarn|debian|ubuntu|fedora|centos|mysql|mongodb|docker|postgres(?:ql)?|apache2?)"
    r"(?:-?(?:master|admin|packages|packag(?:er|ing)|build|release|key|signing|team|maintainers?))?"
    r"|www-data|nobody|daemon|vagrant|travis|runner|github|gitlab|buildd|mysql-build|git|hg|svn|ec2-user"
)
# The parts of names of algorithms; numbers and the two sides of a connection (`s`, `c`) stand behind one.
_PART_OF_AN_ALGORITHM = (
    r"aes|sha|hmac|umac|md|curve|x|ed|ecdsa|nistp|rsa|dss|ssh|sk|chacha|poly|gcm|ctr|cbc|etm|group|cert|ecdh"
    r"|v|kex|sntrup|mlkem|ntru|prime|diffie|hellman|exchange|rijndael|zlib|delayed|gss|ext|info|hostkeys|prove|session"
    r"|bind|strict|no|more|sessions|keepalive|eow|auth|agent|req|posix|rename|statvfs|fstatvfs|hardlink|fsync|limits|lsetstat"
    r"|expand|path|copy|data|home|directory|users|groups|by|id|streamlocal|forward|direct|forwarded|cancel|tun|publickey"
    r"|hostbound|webauthn|ripemd|kexguess|arcfour|blowfish|cast|des|twofish|serpent|compress|lz|ping|pong|guess|none"
)
_ALGORITHM = (
    rf"(?:(?:{_PART_OF_AN_ALGORITHM})\d*(?:x\d+)*(?:(?:{_PART_OF_AN_ALGORITHM})\d+)?"
    rf"(?:-(?:(?:{_PART_OF_AN_ALGORITHM})?\d+(?:x\d+)?|{_PART_OF_AN_ALGORITHM}|[sc])){{1,12}}"
    r"|(?:umac|hmac|aes|chacha|ecdsa|curve|sntrup|mlkem)\d{2,}"
    r"|zlib|tun|eow|statvfs|fstatvfs|hardlink|fsync|limits|lsetstat|keepalive)"
)
ADDRESSES: tuple[AddressShape, ...] = (
    _shape(
        "noreply", "nobody reads what is sent there", "no-reply@example.com",
        r"(?:[\w.+-]*[._+-])?(?:no|do-?not)[._-]?reply(?:[._+-][\w.+-]*)?@.+|[^@]+@(?:[\w-]+\.)*no-?reply\..+"
        r"|(?:mailer-daemon|bounces?(?:[+-].*)?|notifications?|no-?spam)@.+",
    ),
    _shape(
        "service-account", "an account of a cloud for programs", "build@project.iam.gserviceaccount.example",
        r"[^@]+@(?:[\w-]+\.)*gserviceaccount\.(?:com|example)|[^@]+@(?:[\w-]+\.)*(?:amazonses|sns\.amazonaws)\.com"
        r"|[^@]+@(?:group|resource)\.calendar\.google\.com|service-\d+@.+|(?:org-\d+|git|hg|svn)@(?:[\w-]+\.)+[a-z]{2,24}|(?:svc|srv|sa)[-_][\w.-]+@.+",
    ),
    _shape(
        "robot", "a program that writes", "release-bot@example.com",
        _FREE_MAIL + r"(?:[\w.+-]*[._+-])?(?:bot|robot|autobot|dependabot|renovate|buildbot|hudson|ci|cd)\d*"
        r"(?:\[bot\])?(?:\+.*)?@.+|[^@]*\[bot\]@.+|[^@]+@bots?\..+",
    ),
    _shape(
        "list", "a mailing list", "devel@lists.example.org",
        r"[^@]+@(?:[\w-]+\.)*(?:lists?|mailman|groups|listserv|googlegroups|freelists|librelist|redhat-lists)"
        r"\.(?:[\w-]+\.)*[a-z]{2,24}|[^@]+@vger\.kernel\.org|[^@]+@groups\.io|(?:bug|help|info|gnu)-[\w-]+@(?:[\w-]+\.)?gnu\.org"
        r"|[\w-]+@(?:gcc\.gnu|sourceware|lists\.[\w-]+)\.org"
        r"|(?:dev|users?|issues|commits|private|announce|notifications)@[\w-]+\.(?:[\w-]+\.)?apache\.org"
        r"|" + _FREE_MAIL + r"[a-z][\w-]*-(?:devel|users|bugs|announce|discuss|list|maintainers|request|commits|owner|packagers"
        r"|security-team|release-team)@.+",
    ),
    _shape(
        "message", "the identifier of a message", "0123456789abcdef0123@mail.example.com",
        r"[0-9a-f]{16,}@.+|(?:\d[.-]?){10,}[^@]*@.+",
    ),
    _shape(
        "algorithm", "the name of an algorithm or extension of SSH (RFC 4251, section 6)",
        "aes256-gcm@ssh.example", _ALGORITHM + r"@(?:[\w-]+\.)+[a-z]{2,12}",
    ),
    _shape(
        "role", "the mailbox of a role, as RFC 2142 and software projects have them", "security@example.com",
        rf"(?:{_ROLE})(?:\+[\w.-]*)?@.+", of_nobody=False,
    ),
)  # fmt: skip
# `user@host:path` of scp, rsync and git: the name of an account as systems allow it, a host's, a path.
_ACCOUNT = expression(rb"[a-z_][a-z0-9_-]{0,31}")
_HOST = expression(rb"(?:[A-Za-z0-9-]+\.){2,}[A-Za-z]{2,24}|(?:github|gitlab|bitbucket)\.(?:com|org)")
_PATH = expression(rb":(?:/[\w.~]|~|[\w.-]+/[\w./-]*[\w-]|[\w./-]+\.git\b)")
_SERVICE = expression(rb"(?:^|[^\w/])[A-Za-z][\w.-]{0,30}/$")
_REALM = expression(rb"[a-zA-Z0-9_.-]+@[A-Z0-9-]+(?:\.[A-Z0-9-]+)+")
_EXTENSION = expression(rb"\d{1,6}@")
_TAG_OF_A_STRING = 0x01
_TAGS = frozenset((0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x0A, 0x0B, 0x0C, 0x0D, 0x0E, 0x1C, 0x2C))
# What stands apart from an address itself, for the documentation.
SIGNS: tuple[tuple[str, str, str], ...] = (
    ("remote", "an account's name, a host and a path, as scp and git write them", "deploy@build.example.com:/srv"),
    ("principal", "a Kerberos principal of a service (RFC 4120): its name before, a realm in capitals", "HTTP/web@EXAMPLE.COM"),
    ("extension", "an extension of a switchboard behind `sip:`", "sip:1001@pbx.example.com"),
    ("heap-dump", "a string of a Java heap dump (HPROF), and before it bytes of its record's number", "GM4@Finalizer.java"),
)  # fmt: skip


def address_of_nobody(address: str) -> str | None:
    """The id of the shape by which nobody's mailbox is told, wherever it stands; None for people and roles."""
    return next((s.id for s in ADDRESSES if s.of_nobody and s.expression.fullmatch(address)), None)


def address_of_a_role(address: str) -> bool:
    return any(s.expression.fullmatch(address) for s in ADDRESSES if not s.of_nobody)


def sign_of_an_account(data: bytes, span: Span) -> str | None:
    """The id of the sign that makes what stands at `span` an account of a machine, or None."""
    value = data[span.start : span.end]
    local, _, host = value.partition(b"@")
    before = data[max(0, span.start - 32) : span.start]
    if _ACCOUNT.fullmatch(local) and _HOST.fullmatch(host) and _PATH.match(data, span.end):
        return "remote"
    if _REALM.fullmatch(value) and _SERVICE.search(before):
        return "principal"
    if _EXTENSION.match(value) and before.endswith((b"sip:", b"sips:")):
        return "extension"
    return None


def in_a_heap_record(data: bytes, span: Span) -> str | None:
    """
    The id of the sign where the address at `span` begins in the head of a string's record, and ends with that.

    A record of HPROF is a tag of one byte, a time of four, a length of four, and as its body the string's number
    of four or eight bytes, then the string. The next record's tag stands behind it.
    """
    at = data.find(b"@", span.start, span.end)
    if at < 0:
        return None
    for width in (8, 4):
        for head in range(max(0, at - width - 8), at - 8):
            end = head + 9 + int.from_bytes(data[head + 5 : head + 9], "big")
            if data[head] == _TAG_OF_A_STRING and end == span.end and span.start >= head + 9:
                apart = b"@" not in data[head + 9 + width : end]
                return "heap-dump" if apart and (end == len(data) or data[end] in _TAGS) else None
    return None
