# make demo   one film, from nothing            make test   lint, types, tests
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV   := .venv
BIN    := $(VENV)/bin
PROMPT := A woman in a red raincoat turns to the camera and smiles as rain falls on a neon street at night

.PHONY: demo test lint types tests docs clean

demo: $(VENV)/.core
	$(BIN)/vivant generate "$$($(BIN)/python -m tools.demo_portrait)" "$(PROMPT)" -o out/demo/film.mp4

test: lint types tests

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev
	$(BIN)/mypy

tests: $(VENV)/.dev
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile --durations 12

docs: $(VENV)/.dev
	$(BIN)/python -m tools.docs

# The environment is made once and again whenever the requirements change.
$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "vivant needs Python 3.11 or newer: apt install python3"; exit 3; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "vivant needs Python 3.11 or newer; $(PYTHON) is older. Try: make PYTHON=/path/to/python3.11"; exit 3; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
	  || { echo "This Python has no venv module: apt install python3-venv"; exit 3; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.core: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[demo]'
	$(BIN)/vivant models pull
	@touch $@

$(VENV)/.dev: $(VENV)/.core
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

clean:
	rm -rf out build dist .mypy_cache .ruff_cache .pytest_cache
