"""Errors that stop a run, named after who must act; trouble with one item is a Gap instead."""

from __future__ import annotations


class LeakgateError(Exception):
    """One line of message, one line of hint; never contains scanned text."""

    exit_code = 70

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(LeakgateError):
    """The command line asks for something that cannot be done."""

    exit_code = 2


class PolicyError(LeakgateError):
    """The policy file, or a file beside it, must be mended by its author."""

    exit_code = 2


class RuleError(LeakgateError):
    """A rule or label file must be mended by its author."""

    exit_code = 2


class ResultError(LeakgateError):
    """A result file of an earlier scan is damaged, foreign, too new or contradicts itself."""

    exit_code = 2


class SourceError(LeakgateError):
    """Artifacts could not be reached at all (a single unreadable one is a Gap)."""

    exit_code = 2


class ReportError(LeakgateError):
    """A report could not be written where the command line wanted it."""

    exit_code = 4


class PublishError(LeakgateError):
    """A report could not be delivered to the service it was meant for."""

    exit_code = 4


class ModelMissing(LeakgateError):
    """The policy asks for natural-language recognition and its model is not installed."""

    exit_code = 3
