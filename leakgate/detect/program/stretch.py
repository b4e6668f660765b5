"""
Is the stretch around a place program text? Told by how words and signs follow each other there.

Counts joints, as only programs have them, against runs of words, as only sentences have them.
"""

from __future__ import annotations

from leakgate.detect.program.tokens import plain_text
from leakgate.model.expressions import expression

REACH = 240  # bytes to both sides
_JOINT = expression(
    rb"===|!==|=>|&&|\|\||\?\?|\?\.|:=|[-+*|&]=|\)\s{0,40}[{;,.)\]:]|\w\(|\w\[[\w.\"']{0,40}\]|[;{}]\s{0,40}[})]|\{\s*\n"
    rb"|\b(?:function|return|const|let|var|typeof|void|throw|await|async|def|self|func|public|private|static"
    rb"|final|elif|lambda|struct|interface|readonly|this|null|undefined|nullptr|nil|else|import|export|class)\b"
    rb"|![A-Za-z(]|;\n|;[a-z_$]|,[a-z]{1,3}[=,)]|\*/|/\*\*"
    rb"|[;{][a-z-]{3,30}:|\}[.\#@a-z]|:(?:before|after|hover|focus|not\()"
)
_SENTENCE = expression(rb"(?:(?<=\s)|^)[A-Za-z]{2,15}(?: [a-z]{2,15}){3,}")
_LEAST_JOINTS = 4
_OF_A_SENTENCE = 2  # joints that outweigh a run of words: programs have comments


def is_program(before: bytes, after: bytes) -> bool:
    """Whether what stands before and behind a place is program text; escapes are undone here."""
    text = plain_text(before) + b" \n" + plain_text(after)
    joints = len(_JOINT.findall(text))
    return joints >= _LEAST_JOINTS + _OF_A_SENTENCE * len(_SENTENCE.findall(text))
