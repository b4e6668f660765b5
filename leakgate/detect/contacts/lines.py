"""
Lines and fields in which tools name who made a piece of software, each in the tool's own syntax.

A shape of a line holds for the whole line: what a tool does not write there makes it another line. A shape of
a field holds for the field. The table is the documentation's as well; nothing here is a word near a value.
"""

# ruff: noqa: E501 - expressions that are cut in two are harder to read than long ones

from __future__ import annotations

import re

from leakgate.model.expressions import expression
from leakgate.model.records import dataclass


@dataclass(frozen=True, slots=True)
class LineShape:
    """`expression` has a group `who` (and `who2`, …) for the places of contacts.

    A `block` is what at least two further lines of the paragraph look like, `above` what one of the two lines
    before does. `anywhere`: the field may stand in a longer line.
    """

    id: str
    what: str
    example: str
    expression: re.Pattern[bytes]
    block: re.Pattern[bytes] | None = None
    above: re.Pattern[bytes] | None = None
    anywhere: bool = False


_ESCAPE = rb"(?:\x1b\[[0-9;?]*[A-Za-z]|\x1b\(B)"
# What runners put before a line: a time, a level, a step of BuildKit, a service of Compose.
_PREFIX = (
    rb"(?:==\d+== )?"
    rb"(?:"
    + _ESCAPE
    + rb"|travis_\w+:[\w:=,-]+|[ \t])*(?:\d{4}-\d\d-\d\d[T ][\d:.,]+(?:Z|[+-]\d\d:?\d\d)?[ \t]+"
    rb"(?:\d\d[OE][+]?[ \t]?)?)?(?:"
    + _ESCAPE
    + rb"|##\[\w+\])*(?:\[?(?:INFO|DEBUG|WARN|WARNING|ERROR|info|debug"
    rb"|warn)\]?:?[ \t]+|[ ]*\[(?:exec|java|junit)\] |\#\d+ [\d.]+ |[\w-]{1,32}[ \t]+\| )?(?:"
    + _ESCAPE
    + rb")*"
)
_SUFFIX = rb"(?:" + _ESCAPE + rb"|[ \t])*"
_MAIL = rb"[\w.+-]{1,64}(?:@| at | \[at\] | AT )[\w-]+(?:(?:\.| dot )[\w-]+)+"
_NAME_WORD = rb"(?:[A-Z\xc3-\xc5\xd0-\xe9][\w.'\x80-\xff-]*|(?:de|da|do|van|von|der|den|la|le|del|di|bin|al|el|ter|of|for|the)\b)"
_NAME = _NAME_WORD + rb"(?:,? (?:Inc\.?|Ltd\.?|LLC|GmbH)|[ ](?:&[ ])?" + _NAME_WORD + rb"){0,6}"
_PERSON = (
    rb"(?:"
    + _NAME
    + rb"(?: \([^()\n]{1,60}\))? ?[<(](?:mailto:)?"
    + _MAIL
    + rb"[>)]|"
    + _NAME
    + rb" (?:&lt;)?"
    + _MAIL
    + rb"(?:&gt;)?|<?"
    + _MAIL
    + rb">?(?: \("
    + _NAME
    + rb"\))?"
    rb"|"
    + _NAME
    + rb"(?: [<(](?:https?://[^\s<>()]+|\[https?://[^\s<>()\]]+\]\(https?://[^\s<>()]+\)|[\w-]+\.[a-z]{2,6})[>)])?)"
)
_PEOPLE = (
    _PERSON
    + rb"(?:(?:,? and |[,;:] ?)"
    + _PERSON
    + rb"){0,40}(?:,? (?:et al\.?|and others|and contributors))?"
)
_COMMENT = rb"[+-]?[ \t]*(?:/?\*{1,3}|//+|\#+|--|;+|%+|\|+|!+|::)?[ \t]*"
_END_OF_COMMENT = rb"[ \t]*(?:\*+/?|\|+|\#+)?"
_YEARS = rb"(?:\d{4}(?:[ ]?(?:-|,|/|\xe2\x80\x93)[ ]?(?:\d{2,4}|present|now))*,?[ ]{1,2})"
# An X.500 name (RFC 4514, or as OpenSSL writes it) of an organisation.
_PART = rb"(?:[A-Za-z][A-Za-z0-9.]{0,24})[ ]?=[ ]?(?:\"[^\"\n]{1,160}\"|[^,/=\n+]{1,160}(?:/[^=,\n]{1,60}(?=[,/]|$))?)"
_X500 = rb"/?" + _PART + rb"(?:(?:, ?|/|\+ ?)" + _PART + rb"){2,14}"


def _line(
    identity: str, what: str, example: str, *choices: bytes, block: bytes = b"", above: bytes = b""
) -> LineShape:
    whole = expression(_PREFIX + rb"(?:" + rb"|".join(choices) + rb")" + _SUFFIX)
    return LineShape(
        identity,
        what,
        example,
        whole,
        expression(block) if block else None,
        expression(above) if above else None,
    )


def _field(identity: str, what: str, example: str, *choices: bytes) -> LineShape:
    return LineShape(identity, what, example, expression(b"|".join(choices)), anywhere=True)


def _who(text: bytes, number: int = 1) -> bytes:
    return rb"(?P<who" + (b"" if number == 1 else str(number).encode()) + rb">" + text + rb")"


_BETWEEN = rb"(?:" + _ESCAPE + rb"| ){1,8}"
_PROGRAM = rb"(?:[\w.'/()+-]+,? {1,2}){0,8}"
_SENTENCE_TEXT = rb"(?:[^{}\"=|;\t<>@\n:]|:(?! )){0,200}"
_SENTENCE = rb"(?:[*-] |(?:request )?\#\d|(?=[A-Za-z(\[`-][\w.\]\#`-]* ))" + _SENTENCE_TEXT
_NICKNAME = rb"(?: \([\w-]{2,24}\))?"
_STANZA = (
    rb"(?:Package|Version|Name|Summary|Home-?page|Homepage|URL|License|Architecture|Arch|Section|Priority|Build Date|Signature"
    rb"|Depends|Requires|Required-by|Description|Release|Group|Size|Source RPM|Installed-Size|Location|Repository|Bugs"
    rb"|Source|Standards-Version|Metadata-Version|Platform)[ \t]*:[ \t]"
)
# Each part gives nothing back, or a list without a generic family would be read over and over.
_FONT = rb"(?:\\{0,2}[\"'][\w .-]{1,40}+\\{0,2}[\"']|[A-Za-z-][\w -]{0,40}+)"
_FONTS = rb"(?:" + _FONT + rb",(?:\s|\\n){0,4}+){1,24}+(?:" + _FONT + rb")?"
_GENERIC = rb"(?<=[, \n:\"'])(?:sans-serif|serif|monospace|cursive|fantasy|system-ui)(?![\w-])"
LINES: tuple[LineShape, ...] = (
    _line(
        "gpg-key", "GnuPG about a key that signs packages or commits",
        'gpg: key 0A1B2C3D: public key "{name} <{mail}>" imported',
        rb"gpg: key [0-9A-Fx]{8,42}: (?:public key )?\"" + _who(rb"[^\"\n]{1,200}")
        + rb"\" (?:imported|not changed|\d+ new [a-z ]{3,20}(?:, \d+ new [a-z ]{3,20})*)",
        rb"gpg: (?:Good|BAD|Expired|Revoked)? ?signature from \"" + _who(rb"[^\"\n]{1,200}", 2) + rb"\"(?: \[[a-z ]+\])?",
        rb"gpg: {5,24}aka \"" + _who(rb"[^\"\n]{1,200}", 3) + rb"\"(?: \[[a-z ]+\])?",
        rb"uid {2,24}(?:\[[ a-z]+\] )?" + _who(_NAME + rb"(?: \([^()\n]{1,60}\))? <" + _MAIL + rb">", 4),
    ),
    _line(
        "vim-version", "`vim --version`", "Modified by {name} <{mail}>",
        rb"(?:Modified|Compiled) by " + _who(_PERSON),
        above=rb"(?:Included patches|Extra patches|Modified by|VIM - Vi IMproved|\w+ version)\b",
    ),
    _line(
        "image-maintainer", "an instruction of a Dockerfile, as the builder echoes it",
        'Step 2/9 : LABEL maintainer="{name} <{mail}>"',
        rb"(?:Step \d+/\d+ : |\#\d+ \[[^\]\n]{1,60}\] )?LABEL (?:[\w.-]+=(?:\"[^\"\n]*\"|\S+) )*"
        rb"\"?(?:org\.opencontainers\.image\.authors|maintainer|MAINTAINER|Maintainer|author|authors)\"?[= ]\"?"
        + _who(_NAME + rb" " + _MAIL + rb"|" + _PEOPLE) + rb"\"?(?: \\)?",
        rb"(?:Step \d+/\d+ : |\#\d+ \[[^\]\n]{1,60}\] )?MAINTAINER \"?" + _who(_NAME + rb",? \"?" + _MAIL + rb"|" + _PEOPLE, 2)
        + rb"\"?",
    ),
    _line(
        "certificate", "an organisation's X.500 name, as tools list certificates",
        "Certificate added: C=DE, O=Example Trust, CN=Example Root, E={mail}",
        rb"(?:Certificate added: |(?:subject|issuer|Subject|Issuer)(?:=|: ?) ?|\d+ s: ?|i: ?)" + _who(_X500),
    ),
    _line(
        "commit", "`git log` and `git show`: the author under the commit",
        "commit 1f0c3b5a7d9e2f4a6c8b0d1e3f5a7c9b2d4e6f80\nAuthor: {name} <{mail}>",
        rb"(?:Author|Commit|Committer|Tagger): +" + _who(rb"[^<>\n\"={}|]{1,60} <" + _MAIL + rb">"),
        above=rb"(?:commit|tag|Merge:|Author(?:Date)?:|CommitDate:) ?[\w -]",
    ),
    _line(
        "trailer", "a trailer of a commit", "Signed-off-by: {name} <{mail}>",
        rb"(?:Signed-off|Co-authored|Reviewed|Acked|Tested|Reported|Suggested|Approved|Helped|Co-developed)-[Bb]y: "
        + _who(rb"[^<>\n\"={}|]{1,60} <" + _MAIL + rb">"),
    ),
    _line(
        "committer-identity", "a command that tells git who commits", '$ git config --global user.email "{mail}"',
        rb"(?:[$+>%] |\[command\]\S*/)?git config (?:--(?:global|local|system|add) )*user\.(?:email|name) [\"']?"
        + _who(_MAIL + rb"|" + _NAME) + rb"[\"']?",
    ),
    _line(
        "commit-property", "a property that a build reads from the commit", "git.commit.user.email = {mail}",
        rb"(?:\[\w{3,32}\] )?(?:git|build)\.(?:commit|build)\.(?:author|committer|user)\.(?:name|email)(?: = |=|: | )"
        + _who(_PEOPLE),
    ),
    _line(
        "package-stanza", "the description of a package: dpkg, apt, rpm, pip, R", "Maintainer: {name} <{mail}>",
        rb"(?:Maintainer|Original-Maintainer|XSBC-Original-Maintainer|Uploaders|Packager|Vendor|Authors?|Author-email"
        rb"|Maintainer-email|Authors@R)[ \t]*: " + _who(_PEOPLE),
        block=_STANZA,
    ),
    _line(
        "debian-changelog", "the end of an entry of Debian's changelogs",
        " -- {name} <{mail}>  Mon, 02 Jan 2023 10:00:00 +0000",
        rb"-- " + _who(_NAME + rb" <" + _MAIL + rb">") + rb"  [A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} [\d:]{8} [+-]\d{4}",
    ),
    _line(
        "copyright", "a copyright line, also behind a program's name", "Copyright (c) 2019-2023 {name} <{mail}>",
        _COMMENT + _PROGRAM + rb"(?:[Pp]ortions )?(?:Copyright|COPYRIGHT|copyright)(?: ?\([cC]\)| \xc2\xa9|:)*,? " + _YEARS
        + rb"?(?:and GNU GPL'd, )?(?:by {1,2})?" + _who(_PEOPLE)
        + rb"[.,]?(?: +\d{4}-\d\d-\d\d)?(?: ?All [Rr]ights [Rr]eserved\.?| This program comes with ABSOLUTELY NO WARRANTY\.?| \(MIT License\))?" + _END_OF_COMMENT,
        _COMMENT + rb"(?:\([cC]\)|\xc2\xa9) " + _who(_PEOPLE, 3) + rb"[.,]?" + _END_OF_COMMENT + rb"(?=[ \t]*$)",
        _COMMENT + rb"(?:[A-Z][\w-]{2,30} version \d+\.\d+[\d.]*, )?(?:\([cC]\)|\xc2\xa9) " + _YEARS + rb"(?:by )?" + _who(_PEOPLE, 2)
        + rb"[.,]?(?: - https?://[\w./-]{4,60})?" + _END_OF_COMMENT,
    ),
    _line(
        "author-tag", "a tag of documentation comments", " * @author {name} <{mail}>",
        _COMMENT + rb"[@\\](?:author|maintainer|copyright)[ \t]+" + _who(_PEOPLE) + rb"(?: <https?://[\w./-]{4,60}>)?" + _END_OF_COMMENT,
    ),
    _line(
        "written-by", "the last line of `--version`, and of banners", "Written by {name} and {name}.",
        _COMMENT + rb"(?:Written|Developed|Created|Maintained|Programmed) (?:and \w{1,12} )?by:? " + _who(_PEOPLE) + rb"\.?"
        + _END_OF_COMMENT,
        rb"Currently maintained by " + _who(_PEOPLE, 2) + rb"\.?(?: {1,2}Please send bug reports to)?",
        rb"Phar (?:fully realized|based on [\w./-]{1,40}, original concept) by " + _who(_PEOPLE, 3) + rb"\.?",
    ),
    _line(
        "program-banner", "a program's name, its version of three parts and who wrote it", "Tuner 1.7.9 by {name} <{mail}>",
        rb"(?:(?:>>|\.\.\.)[ ]{1,3})?[A-Za-z][\w+-]{2,30}(?: version)? v?\d+\.\d+\.\d+[\w.+-]{0,12},? (?:\([\w. -]{1,24}\) )?(?:-|--|by) "
        + _who(_PEOPLE) + rb"(?: \([cC]\) \d{4}(?:-\d{4})?)?\.?(?: \[?https?://[^\s\]]+\]?)?",
        rb"1?[ ]?PROGRAM \* [A-Z][\w-]{1,24} \([\w ./-]{4,80}\)[ ]{2,12}Authors?: " + _who(_PEOPLE, 2) + rb"(?:, \d{4})?",
    ),
    _line(
        "banner", "a line of a box around a program's name, version or licence", "*  {mail}  *",
        rb"[*#|!;]{1,3}[ \t]+" + _who(_PEOPLE) + rb"[ \t]+[*#|!;]{1,3}",
        block=rb"(?i)^[ \t]*[*#|!;][^\n]{0,120}\b(?:version|program|copyright|e-mail|free software|licen[cs]e|build|license terms"
        rb"|https?:|written by)",
    ),
    _line(
        "report-bugs", "where a tool wants reports", "Report bugs to <{mail}>.",
        rb"(?:Please )?(?:[Rr]eport|[Ss]end|[Mm]ail|[Ee]mail)(?: any| all)? (?:[\w-]{1,20} )?(?:bugs?|bug reports?|problems"
        rb"|comments|this)(?: and [a-z]{3,12})? (?:about [\w-]{1,20} )?to:? <?" + _who(_MAIL) + rb">?\.?",
    ),
    _line(
        "npm-deprecated", "what the author of a package says to npm's users",
        "npm WARN deprecated mill@1.2.3: this version is no longer kept by {name}, mail {mail}",
        rb"npm [Ww][Aa][Rr][Nn] deprecated (?:@[\w.-]+/)?[\w.-]+@\d[\w.+-]*: " + _who(rb"[^\n]{1,600}"),
        rb"npm" + _BETWEEN + rb"WARN" + _BETWEEN + rb"deprecated" + _BETWEEN + rb"(?:@[\w.-]+/)?[\w.-]+@\d[\w.+-]*: " + _who(rb"[^\n]{1,600}", 2),
    ),
    _line(
        "configure-check", "a question of `configure`, among others", "checking for {name}... no",
        rb"(?:configure: )?checking (?:for|if|whether|target system is)\b" + _who(rb"[\w .,'()/+-]{1,80}") + rb"\.\.\. ?(?:\(cached\) )?"
        rb"(?:yes|no|none|N/A|/[\w./-]{1,80})",
        block=rb"^(?:configure: )?checking (?:[a-z]+ )[^\n]{1,80}\.\.\. ?[\w/(]",
    ),
    _line(
        "php-extension", "`php -i` about an extension", "author => {name}", rb"authors? => " + _who(_PEOPLE),
    ),
    _line(
        "maven-developers", "a Maven plugin about the project", "[INFO]     Developers: {name},{name}",
        rb"Developers: " + _who(_PEOPLE),
        above=rb"\[?INFO\]? ",
    ),
    _line(
        "spdx-line", "an SPDX document as tags and values", "PackageSupplier: Person: {name} ({mail})",
        rb"(?:PackageSupplier|PackageOriginator|Creator): (?:Person|Organization): " + _who(_NAME + rb"(?: ?\(" + _MAIL + rb"\))?"),
    ),
    _line(
        "pull-request", "a changelog about a pull request", "* Mend it. Pull request #1234 by {name}.",
        _SENTENCE + rb"\b[Pp]ull request \#\d{1,7} by " + _who(_NAME) + _NICKNAME + rb"\.?",
        rb"[*-] [^\n]{4,200}\b[Pp]ull request \#\d{1,7} by " + _who(_NAME, 3) + _NICKNAME + rb"\.?",
        rb"[*-] " + _SENTENCE_TEXT + rb" \#\d{1,7} by " + _who(_NAME, 4) + _NICKNAME + rb"\.?",
    ),
    _line(
        "pull-request-wrapped", "the same, wrapped", "* Mend it. Pull request\n  #1234 by {name}.",
        rb"(?:request )?\#\d{1,7} by " + _who(_NAME, 2) + _NICKNAME + rb"\.?",
        rb"(?:by )?" + _who(_NAME, 3) + rb"\.?",
        above=_SENTENCE + rb"\b[Pp]ull(?: request(?: \#\d{1,7}(?: by(?: " + _NAME + rb")?)?)?)?\s*$",
    ),
    _field(
        "crate-authors", "cargo's variable for the authors of a crate", "CARGO_PKG_AUTHORS='{name} <{mail}>'",
        rb"(?<![\w.])CARGO_PKG_AUTHORS=(?:'" + _who(_PEOPLE) + rb"'|\"" + _who(_PEOPLE, 2) + rb"\")",
    ),
    _field(
        "organisation-certificate", "the X.500 name in an extended validation certificate, which only organisations get",
        "O=Example Ltd.,L=Town,street=1 Street,businessCategory=Private Organization",
        rb"(?P<who>(?:" + _PART + rb"(?:\\{1,2}, [^,=\n]{1,40})?(?:, ?|/|\+ ?)){2,14}businessCategory=(?:Private Organization|Government Entity"
        rb"|Business Entity|Non-Commercial Entity)(?:(?:, ?|/)" + _PART + rb"){0,6})",
    ),
    _field(
        "jgit-person", "JGit about an author", "PersonIdent[{name}, {mail}, Sat Aug 25 15:32:41 2012 +0200]",
        rb"PersonIdent\[" + _who(_NAME + rb", " + _MAIL) + rb", [A-Z][a-z]{2} [A-Z][a-z]{2} \d{1,2} [\d:]{8} \d{4} [+-]\d{4}\]",
    ),
    _field(
        "elisp-package", "the property list of an Emacs package", '(:maintainer "{name}" . "{mail}")',
        rb"\(:(?:authors|maintainers?)[ ]*(?P<who>(?:\(*\"[^\"\n]{1,60}\" \. \"" + _MAIL + rb"\"\)*[ ]*){1,20})",
    ),
    _field(
        "profile-link", "a link of Markdown from a name to its public profile", "[{name}](https://github.com/mill)",
        rb"(?<!\w)\[" + _who(_NAME) + rb"(?: \(?@[\w-]{1,40}\)?)?\]\(https?://(?:www\.)?(?:github|gitlab|twitter)\.com/[\w-]{1,40}/?\)",
        rb"(?<!\w)\[@[\w-]{1,40}\]\(https?://(?:www\.)?(?:github|gitlab|twitter)\.com/[\w-]{1,40}/?\) \(" + _who(_NAME, 2) + rb"\)",
    ),
    _field(
        "font", "a list of fonts in a style sheet, with a generic family", "font-family:Mill,\"{name}\",sans-serif",
        rb"(?:\bfont|[fF]ont-?[fF]amily|--[\w-]{0,24}font[\w-]{0,24})\s{0,2}:\s{0,2}\"?(?=[^;{}<>]{0,600}?" + _GENERIC + rb")" + _who(_FONTS),
    ),
    _field(
        "spdx-field", "an SPDX document in JSON", '"supplier": "Person: {name} ({mail})"',
        rb"\"(?:supplier|originator)\"[ ]?:[ ]?\"(?:Person|Organization): " + _who(_NAME + rb"(?: ?\(" + _MAIL + rb"\))?") + rb"\"",
    ),
)  # fmt: skip
