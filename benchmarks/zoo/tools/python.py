"""Test tools of Python."""

from __future__ import annotations

from benchmarks.zoo.tool import Needs, Tool

_PYTEST = Needs(
    pip=(
        "pytest==8.4.2",
        "pytest-html==4.1.1",
        "allure-pytest==2.15.0",
        "pytest-json-report==1.5.0",
        "pytest-cov==7.0.0",
        "pytest-xdist==3.8.0",
        "hypothesis==6.140.2",
        "pytest-reportlog==0.4.0",
    )
)
_FAMILY = "Python"


def _pytest(name: str, words: str, *also: str) -> Tool:
    return Tool(name, _FAMILY, "pytest", f"python -m pytest {words}", _PYTEST, also=also)


TOOLS = (
    _pytest("pytest", '-v -s --junitxml="$OUT/junit.xml" --durations=3'),
    _pytest("pytest-html", '--html="$OUT/report.html" --self-contained-html --capture=tee-sys'),
    _pytest("allure-pytest", '--alluredir="$OUT/allure-results"', "allure-pytest"),
    _pytest(
        "pytest-json-report", '--json-report --json-report-file="$OUT/report.json" --json-report-indent=2'
    ),
    _pytest(
        "pytest-cov",
        '--cov=shop --cov-report=html:"$OUT/htmlcov" --cov-report=xml:"$OUT/coverage.xml"'
        ' --cov-report=json:"$OUT/coverage.json" --cov-report=lcov:"$OUT/coverage.lcov"',
    ),
    _pytest("pytest-xdist", '-n 2 --junitxml="$OUT/junit.xml" --report-log="$OUT/reportlog.jsonl"'),
    _pytest("hypothesis", "-v --hypothesis-show-statistics --hypothesis-verbosity=verbose", "hypothesis"),
    Tool("unittest", _FAMILY, "unittest", "python3 -m unittest -v"),
    Tool(
        "unittest-xml-reporting",
        _FAMILY,
        "unittest",
        'python -m xmlrunner discover --output "$OUT/xml"',
        Needs(pip=("unittest-xml-reporting==3.2.0",)),
    ),
    Tool(
        "nose2",
        _FAMILY,
        "unittest",
        'nose2 -v --plugin nose2.plugins.junitxml --junit-xml --junit-xml-path "$OUT/nose2.xml"',
        Needs(pip=("nose2==0.15.1",)),
    ),
    Tool(
        "behave",
        _FAMILY,
        "behave",
        'behave --junit --junit-directory "$OUT/junit" -f json.pretty -o "$OUT/report.json" -f pretty -o "$OUT/report.txt" -f plain',
        Needs(pip=("behave==1.3.3", "allure-behave==2.15.0")),
    ),
    Tool(
        "allure-behave",
        _FAMILY,
        "behave",
        'behave -f allure_behave.formatter:AllureFormatter -o "$OUT/allure-results"',
        Needs(pip=("behave==1.3.3", "allure-behave==2.15.0")),
    ),
    Tool(
        "robotframework",
        _FAMILY,
        "robot",
        'robot --outputdir "$OUT" --xunit xunit.xml --loglevel TRACE checkout.robot',
        Needs(pip=("robotframework==7.3.2",)),
    ),
    Tool("tox", _FAMILY, "tox", "tox run -vv", Needs(pip=("tox==4.30.3",)), also=("pytest",)),
    Tool("django", _FAMILY, "django", "python manage.py test -v 3 shop", Needs(pip=("Django==5.2.7",))),
    Tool(
        "locust",
        _FAMILY,
        "locust",
        'locust --headless --users 2 --spawn-rate 2 --run-time 3s --host "$ZOO_URL" --loglevel DEBUG'
        ' --html "$OUT/report.html" --csv "$OUT/stats" --json',
        Needs(pip=("locust==2.41.5",)),
    ),
)
