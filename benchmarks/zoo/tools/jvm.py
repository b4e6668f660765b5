"""Test tools of the Java virtual machine, by Maven; the versions stand in each pom.xml."""

from __future__ import annotations

from benchmarks.zoo.tool import Needs, Tool

_FAMILY = "JVM"
_MAVEN = Needs(commands=("mvn", "java"))
_MVN = "mvn --batch-mode --no-transfer-progress"
_KEEP = 'code=0; {run} || code=$?; cp -r {files} "$OUT"/; exit $code'


def _kept(run: str, files: str) -> str:
    """`run`, and what it left copied to the artifacts whether it failed or not."""
    return _KEEP.format(run=run, files=files)


TOOLS = (
    Tool("junit5-surefire", _FAMILY, "junit5", _kept(f"{_MVN} test", "target/surefire-reports"), _MAVEN),
    Tool(
        "allure-junit5",
        _FAMILY,
        "junit5",
        _kept(
            f"{_MVN} test -Dmaven.test.failure.ignore=false -DargLine="
            "-Djunit.jupiter.extensions.autodetection.enabled=true",
            "allure-results",
        ),
        _MAVEN,
    ),
    Tool(
        "jacoco",
        _FAMILY,
        "junit5",
        _kept(f"{_MVN} test; {_MVN} jacoco:report", "target/site target/jacoco.exec"),
        _MAVEN,
        fails=True,
    ),
    Tool("maven-debug-log", _FAMILY, "junit5", _kept(f"{_MVN} -X -e test", "pom.xml"), _MAVEN),
    Tool("testng", _FAMILY, "testng", _kept(f"{_MVN} test", "target/surefire-reports"), _MAVEN),
    Tool("spock", _FAMILY, "spock", _kept(f"{_MVN} test", "target/surefire-reports"), _MAVEN),
    Tool("kotest", _FAMILY, "kotest", _kept(f"{_MVN} test", "target/surefire-reports"), _MAVEN),
    Tool(
        "cucumber-jvm",
        _FAMILY,
        "cucumber-jvm",
        _kept(f"{_MVN} test", "target/surefire-reports target/cucumber.* target/junit.xml target/timeline"),
        _MAVEN,
    ),
    Tool("spring-boot", _FAMILY, "spring-boot", _kept(f"{_MVN} test", "target/surefire-reports"), _MAVEN),
    Tool("extent", _FAMILY, "testng", f"{_MVN} --quiet test", _MAVEN, also=("extent",)),
    Tool(
        "serenity",
        _FAMILY,
        "serenity",
        _kept(f"{_MVN} test || code=$?; {_MVN} serenity:aggregate", "target/site/serenity"),
        _MAVEN,
    ),
    Tool(
        "gradle",
        _FAMILY,
        "gradle",
        _kept(
            "gradle --no-daemon --stacktrace --info test",
            "build/reports build/test-results",
        ),
        Needs(debian=("gradle",)),
    ),
)
