"""
Compiles the engine's databases for the shipped policies while a wheel is built or the project is installed.

Whoever installs leakgate from its sources then starts warm, on this kind of processor. A wheel that is taken
elsewhere still works: a database for other processors, rules or versions of the library is not loaded.
Never fails a build: without the engine there is nothing to compile.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

POLICIES = ("default", "strict", "advisory")
DATABASES = "leakgate/detect/engine/databases"


class DatabasesHook(BuildHookInterface[Any]):
    """Named by `tool.hatch.build.hooks.custom`."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Fills the folder of databases; it is in no version control."""
        folder = Path(self.root) / DATABASES
        shutil.rmtree(folder, ignore_errors=True)
        sys.path.insert(0, self.root)
        try:
            compile_into(folder, POLICIES)
        except Exception as exc:  # noqa: BLE001 - an optimisation: whatever is wrong shows when leakgate runs
            self.app.display_warning(f"no databases compiled, the first scan will do it: {exc}")
        finally:
            sys.path.remove(self.root)
        build_data["artifacts"].append(f"/{DATABASES}/*.hs")


def compile_into(folder: Path, policies: Sequence[str]) -> None:
    """One set for each shipped policy, and one for each without names in prose or with secrets alone."""
    from dataclasses import replace

    from leakgate.detect.engine.cache import Installation
    from leakgate.model.detection import Category
    from leakgate.policy.load import load_policy
    from leakgate.wiring import build_detector

    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in policies:
        selection = load_policy(name).detect
        for each in (selection, replace(selection, nlp_entities=()), selection.narrowed((Category.SECRET,))):
            build_detector(each, None, databases=Installation(folder))
    folder.chmod(0o755)  # installed for everybody
    for made in folder.iterdir():
        made.chmod(0o644)
