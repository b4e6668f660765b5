"""Test tools of Go, Rust, C and C++; the versions of modules and crates stand in the projects."""

from __future__ import annotations

from benchmarks.zoo.tool import Needs, Tool

_GO = Needs(commands=("go",))
_CARGO = Needs(commands=("cargo",))
_CMAKE = "cmake -S . -B build -DCMAKE_BUILD_TYPE=Debug && cmake --build build --verbose"

TOOLS = (
    Tool("go-test", "Go", "go", 'go test -v -coverprofile="$OUT/cover.out" ./...', _GO),
    Tool(
        "go-test-json",
        "Go",
        "go",
        'set -o pipefail; go test -json -bench . -count 1 ./... | tee "$OUT/test.json"',
        _GO,
    ),
    Tool(
        "gotestsum",
        "Go",
        "go",
        'go run gotest.tools/gotestsum@v1.13.0 --format testname --junitfile "$OUT/junit.xml"'
        ' --jsonfile "$OUT/test.json" -- -count 1 ./...',
        _GO,
    ),
    Tool(
        "ginkgo",
        "Go",
        "ginkgo",
        'go mod tidy && go run github.com/onsi/ginkgo/v2/ginkgo -v --json-report="$OUT/report.json"'
        ' --junit-report="$OUT/junit.xml" --trace',
        _GO,
    ),
    Tool("cargo-test", "Rust", "cargo", "cargo test --verbose -- --nocapture --test-threads 1", _CARGO),
    Tool(
        "cargo-doc",
        "Rust",
        "cargo",
        'cargo doc --no-deps && cp -r target/doc "$OUT"/ && echo "$ZOO_STDOUT"',
        _CARGO,
        fails=False,
        tests=False,
    ),
    Tool(
        "googletest",
        "C++",
        "gtest",
        f'{_CMAKE} && ./build/checkout_test --gtest_output="xml:$OUT/gtest.xml" --gtest_catch_exceptions=1',
        Needs(debian=("libgtest-dev",), commands=("cmake",)),
    ),
    Tool(
        "ctest",
        "C++",
        "gtest",
        f'{_CMAKE}; code=0; ctest --test-dir build --verbose --output-junit "$OUT/junit.xml" || code=$?;'
        ' cp -r build/Testing "$OUT"/; exit $code',
        Needs(debian=("libgtest-dev",), commands=("ctest",)),
    ),
    Tool(
        "catch2",
        "C++",
        "catch2",
        f"{_CMAKE}; code=0; ./build/checkout_test --reporter console --durations yes || code=$?;"
        ' ./build/checkout_test --reporter junit --out "$OUT/junit.xml" || true;'
        ' ./build/checkout_test --reporter xml --success --out "$OUT/catch.xml" || true; exit $code',
        Needs(debian=("catch2",), commands=("cmake",)),
    ),
    Tool(
        "cargo-nextest",
        "Rust",
        "cargo",
        "cargo nextest run --no-fail-fast --success-output immediate",
        Needs(commands=("cargo-nextest",)),
    ),
    Tool(
        "dotnet-test",
        ".NET",
        "dotnet",
        'dotnet test --logger trx --results-directory "$OUT"',
        Needs(commands=("dotnet",)),
    ),
    Tool(
        "hspec",
        "Haskell",
        "hspec",
        "ghc -o spec CheckoutSpec.hs && ./spec --format=specdoc",
        Needs(commands=("ghc",)),
    ),
)
