# make demo | test | check | bench | bundle ; every target sets the project up first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.DEFAULT_GOAL := help
.PHONY: help setup demo serve test check bench bundle compile docs

help: ## what there is
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: $(STAMP) ## make .venv with everything in the lock file

$(STAMP): pyproject.toml uv.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 以上が要ります / Python 3.11 or newer is needed"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || \
	  { echo "venv がありません / no venv module:  apt-get install python3-venv"; exit 1; }
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	UV_PROJECT_ENVIRONMENT=$(VENV) $(BIN)/uv sync --quiet --frozen --all-extras --group dev
	@touch $(STAMP)

demo: setup ## build the invented city, import its files, compute FY2013 to FY2025, write out/
	rm -rf out && mkdir -p out
	$(BIN)/python -m examples.make_kotsukotsu_shi out/kotsukotsu-shi
	$(BIN)/python -m examples.make_kotsukotsu_inbox out/kotsukotsu-shi/inbox
	PATH="$(BIN):$$PATH" $(BIN)/kotsukotsu demo out/kotsukotsu-shi --out out

serve: setup ## open the invented city at http://127.0.0.1:8000, with an account for every role
	$(BIN)/kotsukotsu serve --demo examples/kotsukotsu-shi --home out/web

# What these begin reads what was compiled before; where no bytecode may be written, each program compiles all anew.
test docs bench: export PYTHONDONTWRITEBYTECODE =

test: setup ## all tests; what the machine lacks is named at the end
	$(BIN)/python -m pytest -q -n 2 --dist loadfile --no-loadscope-reorder

check: setup ## style, types, import rule, spelling, compiled files
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --config importlinter.ini
	$(BIN)/codespell src tests docs examples benchmarks *.md

compile: setup ## write the engines' SQL from its expressions
	$(BIN)/python -m kotsukotsu.accounting.compile

docs: setup ## write the pages that follow the program: findings, commands, tables, sample outputs
	PYTHONPATH=. $(BIN)/python tools/docs/pages.py
	$(BIN)/python tools/docs/findings_pages.py

bundle: setup ## one archive that installs on a PC without the Internet: PLATFORM=windows|linux PY=3.12 INSTALLER=python.exe
	$(BIN)/python -m tools.bundle --platform $(or $(PLATFORM),windows) --python $(or $(PY),3.12) $(if $(INSTALLER),--python-installer $(INSTALLER)) --out dist

bench: setup ## measure this engine beside others; writes benchmarks/RESULTS.md
	UV_PROJECT_ENVIRONMENT=$(VENV) $(BIN)/uv sync --quiet --frozen --all-extras --group dev --group bench
	$(BIN)/python -m benchmarks
	$(BIN)/python -m benchmarks.portfolio
	$(BIN)/python -m benchmarks.energy_match
	$(BIN)/python -m benchmarks.energy_dispatch
	$(BIN)/python -m benchmarks.energy_control
	$(BIN)/python -m benchmarks.documents
	$(BIN)/python -m benchmarks.analysis
	$(BIN)/python -m benchmarks.opendsm
	$(BIN)/python -m benchmarks.web_load
	$(BIN)/python -m benchmarks.web_pages
	$(BIN)/python -m benchmarks.web_pages PostgreSQL
	KOTSUKOTSU_FUZZ=250 $(BIN)/python -m pytest -q tests/web/api/test_fuzz.py
