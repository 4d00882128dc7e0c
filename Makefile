# Needs Python 3.11 or newer and make. Every target sets up by itself what it needs, in .venv.
#
#   make run     open officetui on a sample office      make test    the tests
#   make check   lint, types, layers, translations      make e2e     slow: real terminals and sync engines
#   make bench   a table of measurements                make locales bring the catalogues up to date
#   make sim     stories over a bad shared folder, each from a seed: make sim SEEDS=20000
#   make screenshots   the pictures of the README, drawn by the program itself
#
# Arguments are handed on: make run ARGS="--lang zh_CN", make test ARGS="tests/text -x".

PYTHON ?= python3
ARGS ?=
SEEDS ?= 1000

BIN := .venv/bin
# The tests start the program a few hundred times: let it be compiled once.
PYTEST := PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest
CATALOGUES := $(wildcard locales/*/LC_MESSAGES/*.po)
INSTALLED_FROM := pyproject.toml locales/hatch_build.py $(CATALOGUES)

.PHONY: run test check e2e bench sim screenshots locales
.DEFAULT_GOAL := run

run: .venv/.ready
	@$(BIN)/python -m officetui demo $(ARGS)

test: .venv/.ready-dev
	@$(PYTEST) -q -n 2 --dist loadgroup $(ARGS)

e2e: .venv/.ready-dev
	@tests/e2e/needs.sh $(ARGS)
	@$(PYTEST) -q -m e2e -n 2 --dist loadgroup $(ARGS)

check: .venv/.ready-dev
	@failed=; \
	$(BIN)/ruff check --quiet . || failed=1; \
	$(BIN)/ruff format --check --quiet . || { failed=1; echo "Not formatted: run $(BIN)/ruff format ."; }; \
	$(BIN)/mypy --strict officetui || failed=1; \
	NO_COLOR=1 $(BIN)/lint-imports --no-logo || failed=1; \
	$(BIN)/python locales/catalogue.py check || failed=1; \
	test -z "$$failed"

bench: .venv/.ready-dev
	@$(BIN)/python -m benchmarks $(ARGS)

screenshots: .venv/.ready-dev
	@$(BIN)/python docs/screenshots.py $(ARGS)

locales: .venv/.ready-dev
	@$(BIN)/python locales/catalogue.py update
	@$(BIN)/python locales/catalogue.py compile
	@$(BIN)/python locales/catalogue.py check

# The stamps: what the program needs, and what its developers need besides.
.venv/.ready: $(INSTALLED_FROM)
	@$(call set_up,.)
	@touch $@

.venv/.ready-dev: $(INSTALLED_FROM)
	@$(call set_up,.[dev])
	@touch .venv/.ready $@

# $(call set_up,WHAT): the environment, made anew when it is absent or half made; then pip, silent
# unless it fails.
define set_up
[ -e $@ ] || echo "Setting up, once; this takes a minute." >&2; \
if ! $(BIN)/python -m pip --version >/dev/null 2>&1; then \
  $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
    echo "officetui needs Python 3.11 or newer, and $(PYTHON) is not that." >&2; \
    echo "Name one that is, for example: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 1; }; \
  $(PYTHON) -m venv --clear .venv >/dev/null || { \
    echo "$(PYTHON) could not make a virtual environment in .venv." >&2; \
    echo "On Debian and Ubuntu it needs one more package: apt install python3-venv" >&2; exit 1; }; \
fi; \
$(BIN)/python -m pip install -qq --disable-pip-version-check --no-input -e '$(1)' || { \
  echo "pip could not install what officetui needs; its reason stands above." >&2; \
  echo "Nothing is half done: run make again when that is mended." >&2; exit 1; }
endef
