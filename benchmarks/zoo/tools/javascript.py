"""Test tools of JavaScript that need no browser."""

from __future__ import annotations

from benchmarks.zoo.tool import Needs, Tool

_FAMILY = "JavaScript"
_JEST = Needs(
    npm=(
        "jest@30.2.0",
        "jest-junit@16.0.0",
        "jest-html-reporters@3.1.7",
        "jest-stare@2.5.2",
        "allure-jest@3.4.1",
    )
)
_VITEST = Needs(npm=("vitest@3.2.4", "@vitest/ui@3.2.4", "@vitest/coverage-v8@3.2.4"))
_MOCHA = Needs(npm=("mocha@11.7.4", "mochawesome@7.1.4", "mocha-junit-reporter@2.2.1"))
_MOCHA_FILES = "checkout.spec.js"
_CUCUMBER = Needs(npm=("@cucumber/cucumber@12.2.0",))
_NEWMAN = Needs(npm=("newman@6.2.1", "newman-reporter-htmlextra@1.23.1"))
_NEWMAN_RUN = (
    "newman run shop.postman_collection.json --env-var base=$ZOO_URL"
    ' --env-var "ZOO_STDOUT=$ZOO_STDOUT" --env-var "ZOO_ACTUAL=$ZOO_ACTUAL" --env-var "ZOO_EXPECTED=$ZOO_EXPECTED"'
    ' --env-var "ZOO_LEAKY=$ZOO_LEAKY" --env-var "ZOO_ERROR=$ZOO_ERROR" --env-var "ZOO_LOG=$ZOO_LOG"'
    ' --env-var "ZOO_QUERY=$ZOO_QUERY"'
)

TOOLS = (
    Tool(
        "jest",
        _FAMILY,
        "jest",
        'jest --verbose --coverage --coverageDirectory="$OUT/coverage" --json --outputFile="$OUT/results.json"',
        _JEST,
    ),
    Tool(
        "jest-junit",
        _FAMILY,
        "jest",
        'JEST_JUNIT_OUTPUT_DIR="$OUT" JEST_JUNIT_INCLUDE_CONSOLE_OUTPUT=true'
        " jest --reporters=default --reporters=jest-junit",
        _JEST,
    ),
    Tool(
        "jest-html-reporters",
        _FAMILY,
        "jest",
        'JEST_HTML_REPORTERS_PUBLIC_PATH="$OUT/html" JEST_HTML_REPORTERS_INCLUDE_CONSOLE_LOG=true'
        " jest --reporters=default --reporters=jest-html-reporters",
        _JEST,
    ),
    Tool(
        "jest-stare",
        _FAMILY,
        "jest",
        'JEST_STARE_RESULT_DIR="$OUT/stare" JEST_STARE_LOG=true jest --reporters=default --reporters=jest-stare',
        _JEST,
    ),
    Tool(
        "allure-jest",
        _FAMILY,
        "jest",
        'ALLURE_RESULTS_DIR="$OUT/allure-results" jest --testEnvironment=allure-jest/node'
        " --testEnvironmentOptions='{\"resultsDir\": \"'$OUT'/allure-results\"}'",
        _JEST,
    ),
    Tool(
        "vitest",
        _FAMILY,
        "vitest",
        'vitest run --reporter=verbose --reporter=junit --outputFile.junit="$OUT/junit.xml"'
        ' --reporter=json --outputFile.json="$OUT/results.json"',
        _VITEST,
    ),
    Tool(
        "vitest-html",
        _FAMILY,
        "vitest",
        'vitest run --reporter=html --reporter=default --outputFile.html="$OUT/html/index.html" --coverage'
        " --coverage.reporter=html --coverage.reporter=lcov --coverage.reportOnFailure"
        ' --coverage.reportsDirectory="$OUT/coverage"',
        _VITEST,
    ),
    Tool("mocha", _FAMILY, "mocha", f"mocha --reporter spec {_MOCHA_FILES}", _MOCHA),
    Tool(
        "mocha-json",
        _FAMILY,
        "mocha",
        f'mocha --reporter json --reporter-option output="$OUT/results.json" {_MOCHA_FILES}',
        _MOCHA,
    ),
    Tool(
        "mocha-junit-reporter",
        _FAMILY,
        "mocha",
        f'MOCHA_FILE="$OUT/junit.xml" mocha --reporter mocha-junit-reporter {_MOCHA_FILES}',
        _MOCHA,
    ),
    Tool(
        "mochawesome",
        _FAMILY,
        "mocha",
        f'mocha --reporter mochawesome --reporter-options reportDir="$OUT/mochawesome",code=true {_MOCHA_FILES} context.spec.js',
        _MOCHA,
        also=("mocha-context",),
    ),
    Tool("ava", _FAMILY, "ava", "ava --verbose", Needs(npm=("ava@6.4.1",))),
    Tool(
        "node-test",
        _FAMILY,
        "node-test",
        "node --test --test-reporter=spec --test-reporter-destination=stdout --test-reporter=junit"
        ' --test-reporter-destination="$OUT/junit.xml" --test-reporter=tap --test-reporter-destination="$OUT/run.tap"',
        Needs(commands=("node",)),
    ),
    Tool(
        "tap",
        _FAMILY,
        "tap",
        "tap run --disable-coverage --reporter=tap --allow-empty-coverage",
        Needs(npm=("tap@21.1.0",)),
    ),
    Tool(
        "jasmine",
        _FAMILY,
        "jasmine",
        "jasmine --random=false checkout.spec.js",
        Needs(npm=("jasmine@5.11.0",)),
    ),
    Tool(
        "c8",
        _FAMILY,
        "mocha",
        f'c8 --reporter=html --reporter=lcov --reporter=cobertura --reports-dir "$OUT/coverage" mocha {_MOCHA_FILES}',
        Needs(npm=("c8@10.1.3", "mocha@11.7.4")),
    ),
    Tool(
        "nyc",
        _FAMILY,
        "mocha",
        f'nyc --reporter=html --reporter=clover --reporter=json --report-dir "$OUT/coverage" mocha {_MOCHA_FILES}',
        Needs(npm=("nyc@17.1.0", "mocha@11.7.4")),
    ),
    Tool(
        "cucumber-js",
        _FAMILY,
        "cucumber-js",
        'cucumber-js --format progress --format json:"$OUT/cucumber.json" --format message:"$OUT/cucumber.ndjson"'
        ' --format junit:"$OUT/junit.xml"',
        _CUCUMBER,
    ),
    Tool(
        "cucumber-html", _FAMILY, "cucumber-js", 'cucumber-js --format html:"$OUT/cucumber.html"', _CUCUMBER
    ),
    Tool(
        "newman",
        _FAMILY,
        "newman",
        f'{_NEWMAN_RUN} -r cli,junit,json --reporter-junit-export "$OUT/junit.xml" --reporter-json-export "$OUT/run.json" --verbose',
        _NEWMAN,
    ),
    Tool(
        "newman-htmlextra",
        _FAMILY,
        "newman",
        f'{_NEWMAN_RUN} -r htmlextra --reporter-htmlextra-export "$OUT/report.html" --reporter-htmlextra-logs',
        _NEWMAN,
    ),
)
