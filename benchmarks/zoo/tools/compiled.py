"""Test tools of Go, Rust, C and C++."""

from __future__ import annotations

from ..tool import Needs, Tool

_GO = Needs(commands=("go",))
_CARGO = Needs(commands=("cargo",))

TOOLS = (
    Tool("go-test", "Go", "go", 'go test -v -coverprofile="$OUT/cover.out" ./...', _GO),
    Tool(
        "go-test-json",
        "Go",
        "go",
        'set -o pipefail; go test -json -bench . -count 1 ./... | tee "$OUT/test.json"',
        _GO,
    ),
    Tool("cargo-test", "Rust", "cargo", "cargo test --verbose -- --nocapture --test-threads 1", _CARGO),
)
