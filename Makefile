# Two commands do everything: `make demo` and `make test`. Each sets up .venv with just what it needs;
# a second call installs nothing, because a stamp remembers which pyproject.toml was installed.

MAKEFLAGS += --no-print-directory
.NOTPARALLEL:
.DEFAULT_GOAL := help
.PHONY: help demo test test-all extras fuzz bench check lint types mypy pyright public-types floors docs notebooks
.PHONY: schemas clean

# The first Python on the path that runs and is new enough; `make PYTHON=python3.13 test` chooses another.
NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for p in python3.11 python3 python3.12 python3.13 python; do \
	"$$p" -c '$(NEW_ENOUGH)' >/dev/null 2>&1 && { echo "$$p"; break; }; done)

comma := ,
VENV := .venv
BIN := $(VENV)/bin
RUN := $(BIN)/python
QUIETLY := sh tools/quietly
METADATA := $(firstword $(shell cksum pyproject.toml))
demo_needs := $(VENV)/.stamp-demo-$(METADATA)
test_needs := $(VENV)/.stamp-test-$(METADATA)
docs_needs := $(VENV)/.stamp-docs-$(METADATA)
bench_needs := $(VENV)/.stamp-bench-$(METADATA)
dev_needs := $(VENV)/.stamp-dev-$(METADATA)

# In CI an untested branch fails the tests; at the desk it is only shown.
COVERAGE_FLOOR ?= $(if $(CI),100,0)
PYTEST := $(RUN) -m pytest --no-header -q
WORKERS ?= auto
DIARY := $(wildcard ../shared/data/couples_diary/diary.csv)

help: ## show this list
	@sed -n 's/^\([a-z][a-z-]*\):[^#]*## /\1|/p' Makefile | while IFS='|' read -r name text; do \
		printf '  make %-9s %s\n' "$$name" "$$text"; done

demo: $(demo_needs) ## set up, then run the main job: a first week, and a diary of real days
	@$(RUN) examples/01_first_week.py
	@$(RUN) -m reconnect diary $(DIARY)

test: $(test_needs) ## set up, then run all tests and show what they do not reach
	@$(PYTEST) -n $(WORKERS) --maxprocesses 8 --dist worksteal --cov --cov-fail-under=$(COVERAGE_FLOOR) $(PYTEST_ARGS)

test-all: $(test_needs) ## run all tests with many more examples; takes long
	@RECONNECT_TEST_ALL=1 $(PYTEST) -n $(WORKERS) --maxprocesses 8 --dist worksteal $(PYTEST_ARGS)

extras: $(RUN) ## try the core and each extra alone, in fresh environments; takes long
	@$(RUN) tools/extras.py $(EXTRAS)

fuzz: $(test_needs) ## throw strange documents at the front door; takes long
	@RECONNECT_FUZZ=1 $(PYTEST) -n $(WORKERS) --maxprocesses 8 tests/fuzz $(PYTEST_ARGS)

bench: $(bench_needs) ## measure our speed beside that of others; takes some minutes
	@$(RUN) -m bench.table $(BENCH_ARGS)

check: lint types floors docs ## lint, types, floors and docs, all strict

lint: $(dev_needs)
	@$(QUIETLY) "ruff check" $(BIN)/ruff check --quiet .
	@$(QUIETLY) "ruff format" $(BIN)/ruff format --quiet --check --diff .

# pyright runs on the node that its extra brings along, and does not ask the network for newer versions.
types: mypy pyright public-types
pyright public-types: export PYRIGHT_PYTHON_IGNORE_WARNINGS := 1
mypy: $(dev_needs)
	@$(QUIETLY) "mypy" $(RUN) -m mypy src tests tools bench $(wildcard examples)

pyright: $(dev_needs)
	@$(QUIETLY) "pyright" $(RUN) -m pyright --pythonpath $(RUN)

public-types: export PATH := $(CURDIR)/$(BIN):$(PATH) # here pyright looks for the python on the path, and for no other
public-types: $(dev_needs)
	@$(QUIETLY) "public types" $(RUN) -m pyright --verifytypes reconnect --ignoreexternal

floors: $(dev_needs)
	@$(QUIETLY) "import-linter" $(BIN)/lint-imports --no-cache

docs: export NO_MKDOCS_2_WARNING := 1
docs: $(docs_needs) ## build the docs into site/; every warning is an error
	@$(QUIETLY) "mkdocs" $(RUN) -m mkdocs build --strict

notebooks: $(dev_needs) ## make the notebooks from the example scripts, and run them
	@$(QUIETLY) "notebooks" $(RUN) tools/notebooks.py

schemas: $(test_needs) ## write the JSON Schemas, and keep documents of what is new
	@$(QUIETLY) "schemas" $(RUN) tools/schemas.py
	@$(QUIETLY) "golden documents" $(RUN) tools/golden.py

clean: ## remove everything that can be made again
	rm -rf $(VENV) site dist build .coverage .coverage.* .hypothesis .pytest_cache .mypy_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(RUN):
	@test -n "$(PYTHON)" || { echo "reconnect needs Python 3.11 or newer, and found none."; exit 1; }
	@$(QUIETLY) "a virtual environment" $(PYTHON) -m venv $(VENV)

# `demo` asks for the extras of the main job; the others are named like their extra.
$(VENV)/.stamp-%-$(METADATA): | $(RUN)
	@$(QUIETLY) "what '$*' needs" $(RUN) -m pip install --quiet --disable-pip-version-check --no-input \
		--editable '.[$(if $(filter demo,$*),sql$(comma)diary,$*)]'
	@touch $@ $(if $(filter dev,$*),$(demo_needs) $(test_needs) $(docs_needs) $(bench_needs)) $(if $(filter test,$*),$(demo_needs))
