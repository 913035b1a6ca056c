# Two commands: `make run` starts the coach, `make test` runs the tests. Both install what they need into .venv.
PYTHON ?= python3.11
BIN := .venv/bin
UV := $(BIN)/uv
ROOMS := infra providers prompts tools memory lessons learners graphs api evals commands house server.py cli.py

.PHONY: run test check format lock page help

help:
	@echo "make run     install into .venv and start the coach at http://127.0.0.1:9330"
	@echo "make test    install what tests need and run them all"
	@echo "make check   formatting, lint, types, layers, house rules, built page"
	@echo "make page    rebuild web/dist from web/src (needs Node)"
	@echo "make lock    resolve requirements/*.txt anew from pyproject.toml"

run: .venv/core.stamp
	@$(BIN)/coach serve

test: .venv/dev.stamp
	$(BIN)/pytest

check: .venv/dev.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy .
	$(BIN)/lint-imports
	$(BIN)/pytest tests/rules -q

format: .venv/dev.stamp
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

page:
	cd web && npm ci && npm run build

lock: .venv/uv.stamp
	$(UV) pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -o requirements/core.txt
	$(UV) pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -c requirements/core.txt -o requirements/dev.txt

.venv/uv.stamp:
	@$(PYTHON) -c 'import sys; assert sys.version_info >= (3, 11), "Pika Coach needs Python 3.11 or 3.12: make PYTHON=python3.12 run"'
	@echo "Creating .venv"
	@$(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --disable-pip-version-check "uv>=0.5"
	@touch $@

.venv/core.stamp: requirements/core.txt pyproject.toml | .venv/uv.stamp
	@echo "Installing the locked dependencies (about a minute the first time)"
	@$(UV) pip install --quiet --compile-bytecode --require-hashes -r requirements/core.txt
	@$(UV) pip install --quiet --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q $(ROOMS)
	@touch $@

.venv/dev.stamp: requirements/dev.txt .venv/core.stamp
	@echo "Installing what tests need"
	@$(UV) pip install --quiet --compile-bytecode --require-hashes -r requirements/dev.txt
	@touch $@
