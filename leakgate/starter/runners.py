"""
What tells that a repository uses a test runner, and where its runs leave their files.

A table of facts after the documentation of the runners; never looks at a repository (`survey` does).
"""

from __future__ import annotations

from leakgate.model.records import dataclass


@dataclass(frozen=True, slots=True)
class Runner:
    """`files` are globs relative to the repository; `words` are looked for in the files beside them.

    `places` are what a run leaves, relative to where it runs; `hint` says how to make it leave more, with the
    `command` that does so in one line of a shell with `pipefail`: a pipe hides a failure otherwise.
    """

    name: str
    files: tuple[str, ...] = ()
    words: tuple[tuple[str, str], ...] = ()
    places: tuple[str, ...] = ()
    hint: str = ""
    command: str = ""


_PIPE = "set -o pipefail; mkdir -p out; "
_PYTEST_RUN = "pytest --junitxml=out/junit.xml 2>&1 | tee out/console.log"
_GO_RUN = "go test -json ./... 2>&1 | tee out/go-test.json"
_JEST_RUN = "jest --ci --reporters=default --reporters=jest-junit 2>&1 | tee out/jest.log"
_PYTEST = f"write what it prints and reports: `{_PIPE}{_PYTEST_RUN}`"
_GO = f"write what it prints: `{_PIPE}{_GO_RUN}`"
_JEST = f"write reports and prints: `{_PIPE}{_JEST_RUN}`"
_CYPRESS = ("cypress/screenshots", "cypress/videos")
_VITEST = "add `--reporter=junit --outputFile=out/junit.xml`"
_RSPEC = "add `--format RspecJunitFormatter --out out/rspec.xml`"
_MAVEN = ("**/target/surefire-reports", "**/target/failsafe-reports")
RUNNERS: tuple[Runner, ...] = (
    Runner(
        "pytest",
        ("pytest.ini", "conftest.py", "tests/conftest.py", "test/conftest.py"),
        (("pyproject.toml", "[tool.pytest"), ("setup.cfg", "[tool:pytest]"), ("tox.ini", "pytest")),
        ("out",),
        _PYTEST,
        _PYTEST_RUN,
    ),
    Runner("maven", ("pom.xml", "*/pom.xml"), (), _MAVEN),
    Runner(
        "gradle",
        ("build.gradle", "build.gradle.kts", "*/build.gradle", "*/build.gradle.kts"),
        (),
        ("**/build/test-results", "**/build/reports"),
    ),
    Runner(
        "playwright",
        ("playwright.config.*", "*/playwright.config.*"),
        (("package.json", '"@playwright/test"'),),
        ("test-results", "playwright-report"),
    ),
    Runner("cypress", ("cypress.config.*",), (("package.json", '"cypress"'),), _CYPRESS),
    Runner("jest", ("jest.config.*",), (("package.json", '"jest"'),), ("out",), _JEST, _JEST_RUN),
    Runner("vitest", ("vitest.config.*",), (("package.json", '"vitest"'),), ("out",), _VITEST),
    Runner("go", ("go.mod", "*/go.mod"), (), ("out",), _GO, _GO_RUN),
    Runner("dotnet", ("*.sln", "*.csproj", "*/*.csproj"), (), ("**/TestResults",), "add `--logger trx`"),
    Runner("rspec", (".rspec",), (("Gemfile", "rspec"),), ("out",), _RSPEC),
)  # fmt: skip

# Services whose files are told, and for which nothing is written.
OTHER_SERVICES: tuple[tuple[str, str], ...] = (
    ("Jenkinsfile", "Jenkins"),
    ("azure-pipelines.yml", "Azure Pipelines"),
    (".circleci/config.yml", "CircleCI"),
    ("bitbucket-pipelines.yml", "Bitbucket Pipelines"),
    (".buildkite/pipeline.yml", "Buildkite"),
    (".travis.yml", "Travis CI"),
    (".drone.yml", "Drone"),
    (".woodpecker.yml", "Woodpecker"),
)
