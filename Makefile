# Everything runs in .venv, which is made of what is locked, on first use and again when the lock changes.
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

COUNT ?= 10000
TOOLS := $(VENV)/tools

# What make bench measures: names from `python -m benchmarks.run --help`, or quick, or full.
WORK ?= quick
ROUNDS ?= 3
LIMIT ?= 60
PATIENCE ?= 60
PAGE ?= docs/performance.md
# More words for the benchmark, such as --corpus DIR --tree DIR --contenders leakgate kingfisher
BENCH ?=

# Where the zoo is installed and run, outside the tree or in an ignored folder; more words such as --only pytest
ZOO ?= build/zoo
ZOO_JOBS ?= 1
TOOLS_ONLY ?=

.PHONY: help demo test check lint format tables bench bench-full bench-micro bench-pii fuzz zoo integration lock audit
.PHONY: sbom clean

help:
	@echo "make demo    scan an example run that leaks; the expected verdict is: blocked"
	@echo "make test    run the tests"
	@echo "make lint    formatting, lint, types and import contracts"
	@echo "make check   lint, then test: what CI runs"
	@echo "make format  rewrite the sources in the project's format"
	@echo "make tables  write the JSON that is made of rules, names of fields and policies"
	@echo "make bench   compare with other scanners: WORK=quick ROUNDS=3 LIMIT=60 PAGE=docs/performance.md BENCH=..."
	@echo "make bench-full   the same on everything, up to 1,000 MB: some 25 minutes"
	@echo "make bench-micro  each stage within the process"
	@echo "make bench-pii    what naive Presidio finds beside it: LOGS=DIR LABELLED=DIR"
	@echo "make fuzz    COUNT inputs for every reader, file and report (COUNT=10000)"
	@echo "             guided by coverage where atheris is"
	@echo "make zoo     runs of real test tools, clean and leaky, and what leakgate makes of them; needs the network:"
	@echo "             ZOO=DIR ZOO_JOBS=1 TOOLS_ONLY='pytest jest' (all of them take an hour the first time)"
	@echo "make integration  what needs other programs or the network: the zoo"
	@echo "make lock    write requirements/*.txt: every dependency with its version and hashes"
	@echo "make audit   ask for known vulnerabilities of what is locked; needs the network"
	@echo "make sbom    write the bill of materials of the image to $(REPORTS)/sbom.json (CycloneDX)"
	@echo "make clean   remove what the other targets made"

$(READY): pyproject.toml requirements/ci.txt
	@test -n "$(PYTHON)" || { echo "no Python 3.11 to 3.13 found; use make PYTHON=/path/to/python" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements/ci.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
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
	$(BIN)/python -m pytest -n auto

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

$(VENV)/.bench: $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[bench]'
	@touch $@

tables: $(READY)
	$(BIN)/python -m tests.kit.tables

bench: $(VENV)/.bench
	$(BIN)/python -m benchmarks.run --work $(WORK) --rounds $(ROUNDS) --limit $(LIMIT) --patience $(PATIENCE) \
		$(if $(PAGE),--page $(PAGE)) $(BENCH)

bench-full:
	$(MAKE) --no-print-directory bench WORK=full LIMIT=300 PATIENCE=40

# What is found beside naive Presidio: LOGS is a directory of real logs, LABELLED one with truth.jsonl.
bench-pii: $(READY)
	$(BIN)/python benchmarks/pii/compare.py $(LOGS) $(LABELLED)

bench-micro: $(VENV)/.bench
	$(BIN)/python -m pytest benchmarks/micro -p no:randomly -p no:xdist --benchmark-timer=time.process_time \
		--benchmark-group-by=group --benchmark-columns=min,median,max,rounds $(BENCH)

fuzz: $(READY)
	$(BIN)/python -m tests.fuzz --count $(COUNT)

# Installs what the tools need: into $(ZOO), and Debian's packages into the system where this is root.
zoo: $(READY)
	$(BIN)/python -m benchmarks.zoo run --zoo $(ZOO) --jobs $(ZOO_JOBS) $(if $(TOOLS_ONLY),--only $(TOOLS_ONLY))
	$(BIN)/python -m benchmarks.zoo score --zoo $(ZOO) --missed \
		$(if $(TOOLS_ONLY),--only $(TOOLS_ONLY),--page docs/accuracy.md)

integration: zoo

$(TOOLS)/.ready:
	@test -n "$(PYTHON)" || { echo "no Python 3.11 to 3.13 found; use make PYTHON=/path/to/python" >&2; exit 1; }
	$(PYTHON) -m venv $(TOOLS)
	$(TOOLS)/bin/python -m pip install --quiet --disable-pip-version-check uv pip-audit cyclonedx-bom
	@touch $@

LOCKING = $(TOOLS)/bin/uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --custom-compile-command 'make lock'

lock: $(TOOLS)/.ready
	$(LOCKING) pyproject.toml --output-file requirements/image.txt
	$(LOCKING) pyproject.toml --extra parquet --extra dev --extra fuzz --output-file requirements/ci.txt
	$(LOCKING) requirements/build.in --constraint requirements/ci.txt --output-file requirements/build.txt

# Strict: what could not be asked about is no "no known vulnerabilities".
audit: $(TOOLS)/.ready
	$(TOOLS)/bin/pip-audit --strict --disable-pip --require-hashes --requirement requirements/image.txt
	$(TOOLS)/bin/pip-audit --strict --disable-pip --require-hashes --requirement requirements/build.txt
	$(TOOLS)/bin/pip-audit --strict --disable-pip --require-hashes --requirement requirements/ci.txt

sbom: $(TOOLS)/.ready
	@mkdir -p $(REPORTS)
	$(TOOLS)/bin/cyclonedx-py requirements requirements/image.txt --pyproject pyproject.toml \
		--output-reproducible --validate --output-file $(REPORTS)/sbom.json

clean:
	rm -rf $(VENV) demo-run $(REPORTS)
