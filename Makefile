# Everything runs in .venv, which is made on first use and again when pyproject.toml changes.
# Needs Python 3.11, 3.12 or 3.13; choose one with `make PYTHON=/path/to/python`.

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
REPORTS := leakgate-reports
DEMO_REPORTS := $(addprefix $(REPORTS)/,result.json junit.xml leakgate.sarif summary.md)

# The first that runs and is new enough: a version manager's shim may exist and still refuse.
NEW_ENOUGH := import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	if $$python -c '$(NEW_ENOUGH)' 2>/dev/null; then echo $$python; break; fi; done)

.PHONY: help demo test check lint format bench clean

help:
	@echo "make demo    scan an example run that leaks; the expected verdict is: blocked"
	@echo "make test    run the tests"
	@echo "make lint    formatting, lint, types and import contracts"
	@echo "make check   lint, then test: what CI runs"
	@echo "make format  rewrite the sources in the project's format"
	@echo "make bench   measure throughput and start-up time"
	@echo "make clean   remove what the other targets made"

$(READY): pyproject.toml
	@test -n "$(PYTHON)" || { echo "no Python 3.11 to 3.13 found; use make PYTHON=/path/to/python" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

demo: $(READY)
	@$(BIN)/python examples/make_leaky_run.py demo-run
	@mkdir -p $(REPORTS) && rm -f $(DEMO_REPORTS)
	@status=0; $(BIN)/leakgate scan demo-run --source-root examples/shop \
		--report json=$(REPORTS)/result.json \
		--report junit=$(REPORTS)/junit.xml \
		--report sarif=$(REPORTS)/leakgate.sarif \
		--report markdown=$(REPORTS)/summary.md || status=$$?; \
	echo; \
	if [ $$status -ne 1 ]; then echo "expected exit code 1 (blocked), got $$status" >&2; exit 1; fi; \
	for report in $(DEMO_REPORTS); do \
		test -s $$report || { echo "$$report was not written" >&2; exit 1; }; done; \
	echo "Blocked with exit code 1, as it should be. The run is in demo-run/, the reports are:"; \
	ls -1 $(DEMO_REPORTS)

test: $(READY)
	$(BIN)/python -m pytest

lint: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check: lint
	$(MAKE) --no-print-directory test

format: $(READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(READY)
	$(BIN)/python benchmarks/run.py

clean:
	rm -rf $(VENV) demo-run $(REPORTS)
