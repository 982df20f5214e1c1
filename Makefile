# `make run` and `make test` set up all they need; `make help` lists the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help run test check bench scale fuzz kills data package messages lock browser postgres nginx clean

help: ## list what can be done
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 16

run: $(VENV)/run.done ## set up and open the page
	$(BIN)/streamlit run dashboard.py

test: $(VENV)/dev.done node_modules/.done browser postgres nginx ## set up, a browser, PostgreSQL and nginx included, and run all tests
	npm test --silent
	$(BIN)/python -m pytest

check: $(VENV)/dev.done node_modules/.done ## format, lint, types, import contracts, data
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	npm run check --silent
	$(BIN)/python -m geo check
	$(BIN)/python -m geo balance
	$(BIN)/python -m geo sources
	$(BIN)/python -m geo datapackage | cmp - data/datapackage.json
	cd data && sha256sum --check --quiet SHA256SUMS

bench: $(VENV)/dev.done browser ## measure speed, memory and load; prints JSON
	@$(BIN)/python tests/bench/bench.py

scale: $(VENV)/dev.done ## measure a store of 10,000, 100,000 and 1,000,000 excerpts; prints JSON (an hour)
	@$(BIN)/python tests/bench/scale.py --excerpts 10000 100000 1000000

fuzz: $(VENV)/dev.done ## read 10,000 mutated files of every format; prints JSON
	@$(BIN)/python tests/bench/fuzz.py

kills: $(VENV)/dev.done ## kill 1,000 writers, ingests and watches at random moments; prints what was lost (nothing)
	@$(BIN)/python tests/bench/kills.py

data: $(VENV)/dev.done ## rebuild data/*.geojson from the source (downloads 100 MB)
	$(BIN)/python -m pip install --quiet -r data/build/requirements.txt
	$(BIN)/python data/build/land.py > data/SHA256SUMS
	PYTHONPATH=. $(BIN)/python data/build/lines.py >> data/SHA256SUMS
	PYTHONPATH=. $(BIN)/python data/build/zones.py >> data/SHA256SUMS
	PYTHONPATH=. $(BIN)/python data/build/shores.py

package: $(VENV)/dev.done ## write data/datapackage.json anew from the models and the files
	$(BIN)/python -m geo datapackage > data/datapackage.json.new
	mv data/datapackage.json.new data/datapackage.json

messages: $(VENV)/dev.done ## bring the catalogues of geo/locale up to the messages of the code
	@mkdir -p build
	$(BIN)/pybabel --quiet extract --mapping-file geo/locale/babel.cfg --keyword tr --keyword trn:1,2 --no-location --sort-output --output build/messages.pot .
	$(BIN)/pybabel --quiet update --input-file build/messages.pot --output-dir geo/locale --no-fuzzy-matching --ignore-obsolete --no-wrap

lock: $(VENV)/dev.done ## write the lock files anew from requirements*.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-header --no-emit-index-url --generate-hashes requirements.txt -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-header --no-emit-index-url --generate-hashes requirements-dev.txt -o requirements-dev.lock

browser: $(VENV)/dev.done
	@command -v chromium > /dev/null || command -v chromium-browser > /dev/null || command -v google-chrome > /dev/null || \
	  { command -v apt-get > /dev/null && [ "$$(id -u)" = 0 ] && apt-get update -qq && \
	    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-noto-cjk > /dev/null; } || \
	  $(BIN)/python -m playwright install chromium

postgres:
	@ls /usr/lib/postgresql/*/bin/initdb > /dev/null 2>&1 || command -v initdb > /dev/null || \
	  { command -v apt-get > /dev/null && [ "$$(id -u)" = 0 ] && apt-get update -qq && \
	    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq postgresql > /dev/null; } || \
	  { echo 'PostgreSQL is needed to test the store that several machines share.' >&2; exit 1; }

nginx:
	@command -v nginx > /dev/null || ls /usr/sbin/nginx > /dev/null 2>&1 || \
	  { command -v apt-get > /dev/null && [ "$$(id -u)" = 0 ] && apt-get update -qq && \
	    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq nginx-light > /dev/null; } || \
	  { echo 'nginx is needed to test the servers that share the readers.' >&2; exit 1; }

clean: ## remove the virtual environment and caches
	rm -rf $(VENV) node_modules .pytest_cache .mypy_cache .ruff_cache build

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.done: requirements.lock | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	@touch $@

$(VENV)/dev.done: requirements-dev.lock | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.lock
	@touch $@

node_modules/.done: package-lock.json
	@command -v npm > /dev/null || { echo 'Node.js 20 or newer is needed to check the scripts; the page runs without it.' >&2; exit 1; }
	npm ci --silent --no-audit --no-fund
	@touch $@
