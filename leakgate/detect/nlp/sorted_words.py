"""Looks words up in the text of a sorted list, a word a line: for few words quicker than a set of it."""

from __future__ import annotations


class SortedWords:
    """The words of `text`: lines in the order of their bytes, each with its end."""

    def __init__(self, text: bytes) -> None:
        self._text = text

    def __contains__(self, word: str) -> bool:
        wanted, text = word.encode("utf-8", "surrogatepass"), self._text
        low, high = 0, len(text)  # both where lines begin
        while low < high:
            start = text.rfind(b"\n", low, (low + high) // 2) + 1 or low
            end = text.index(b"\n", start)
            line = text[start:end]
            if line == wanted:
                return True
            if line < wanted:
                low = end + 1
            else:
                high = start
        return False
