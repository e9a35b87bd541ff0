# Everything a newcomer types. Each target sets up what it needs; only python3 (3.11 or newer,
# with venv) and make have to be there.
PYTHON ?= python3
BIN := .venv/bin
LOCK := -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate
.DEFAULT_GOAL := help
.PHONY: help setup peers demo test check fix bench soak docs lock editor

help:            ## show this list
	@grep -hE '^[a-z]+: .*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/\t/' | expand -t 12

.venv/.ready: requirements/dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; name one with: make PYTHON=/path/to/python3"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

setup: .venv/.ready ## the environment in .venv, with the gongkai command

tests/peers/node_modules/.ready: tests/peers/package-lock.json
	npm ci --prefix tests/peers --no-audit --no-fund --ignore-scripts --silent --fetch-timeout=60000 --fetch-retries=1
	@touch $@

peers:           ## the sign-on that the tests speak to; without npm its tests are skipped
	@if ! command -v npm >/dev/null; then echo "no npm here: the tests with another maker's sign-on are skipped"; \
	elif ! $(MAKE) --no-print-directory tests/peers/node_modules/.ready; then echo "npm could not fetch it: the tests with another maker's sign-on are skipped"; fi

demo: setup      ## a working site with demo data; RESET=1 starts over, PORT=8000, HOST=127.0.0.1
	$(BIN)/gongkai demo $(if $(RESET),--reset) $(if $(PORT),--port $(PORT)) $(if $(HOST),--host $(HOST))

test: setup peers     ## the test suite on SQLite; browser journeys where Chromium is installed
	$(BIN)/pytest -n auto $(ARGS)

check: setup peers    ## exactly what CI runs, but for the suite on PostgreSQL
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/gongkai makemigrations --check --dry-run
	$(BIN)/gongkai docs --check
	DJANGO_SETTINGS_MODULE=config.settings.prod GONGKAI_SECRET_KEY=check-only-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGH GONGKAI_DATA_KEY=check GONGKAI_ALLOWED_HOSTS=example.org $(BIN)/gongkai check --deploy --fail-level WARNING
	$(BIN)/pytest -n auto $(ARGS)

fix: setup       ## put the code in the shape that check asks for
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: setup     ## speeds, each as a ratio against a baseline of the same run; SCALE=200k
	$(BIN)/python -m bench $(if $(SCALE),--scale $(SCALE))

soak: setup      ## what is too heavy for CI: thousands of kills, long property runs; within an hour
	$(BIN)/pytest -m soak -n 2 $(ARGS)
	$(BIN)/pytest -m "hypothesis and not soak" --hypothesis-profile=soak -n 2 $(ARGS)

docs: setup      ## write the generated parts of the documentation anew
	$(BIN)/gongkai docs

lock:            ## compile the lock files anew (needs uv)
	uv pip compile $(LOCK) -o requirements/base.txt pyproject.toml
	uv pip compile $(LOCK) --extra dev -o requirements/dev.txt pyproject.toml
	uv pip compile $(LOCK) --extra ocr -o requirements/ocr.txt pyproject.toml
	npm install --prefix tests/peers --package-lock-only --omit-lockfile-registry-resolved --no-audit
	npm install --prefix src/gongkai/richtext/editor --package-lock-only --omit-lockfile-registry-resolved --no-audit
	sed -i '/"funding": {/,/}/d' tests/peers/package-lock.json src/gongkai/richtext/editor/package-lock.json

editor:          ## build the editor of rich text anew from its sources (needs npm)
	npm ci --prefix src/gongkai/richtext/editor --no-audit --no-fund --silent
	npm run --prefix src/gongkai/richtext/editor build
	rm -rf src/gongkai/richtext/editor/node_modules
