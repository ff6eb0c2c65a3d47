# Selftrust. `make run` and `make test` need only Python 3.11 or newer and make.

.DEFAULT_GOAL := help
PYTHON = $(firstword $(foreach p,python3 python3.14 python3.13 python3.12 python3.11,$(if $(shell $(p) -c 'import sys; print(sys.version_info >= (3, 11) or "")' 2>/dev/null),$(p))))
BIN := .venv/bin
PIP = $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes
# Three processes for two cores: a test that waits for a browser or a server leaves a core idle.
PYTEST = $(BIN)/python -m pytest $(if $(ARGS),,-n 3 --dist worksteal)

PLAIN = $(BIN)/python -m pytest -q -p no:django --noconftest -o addopts=--import-mode=importlib -W ignore::pytest.PytestConfigWarning

.PHONY: help run dev demo test test-sweeps test-long test-pooler test-bucket test-failover test-upgrade test-recovery test-growth grow check format messages structure bench load release requirements clean

help:  ## Show what can be done
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: .venv/.languages  ## Start Selftrust at http://localhost:8000
	@exec $(BIN)/python manage.py serve

dev: .venv/.dev  ## The same, reloading when code changes, with Django's error pages
	@SELFTRUST_DEBUG=1 exec $(BIN)/python manage.py serve

demo: .venv/.languages  ## The same as run, with an example person in it; says how to sign in (ARGS="--language de")
	@$(BIN)/python manage.py demo $(ARGS)
	@exec $(BIN)/python manage.py serve

test: .venv/.dev  ## The suite, on a throw-away database; or ARGS="tests/people -k sign"
	@$(PYTEST) -m "not long and not sweep" $(ARGS)

test-sweeps: .venv/.dev  ## Every page there is, in a browser (ARGS="-k journal" for some)
	@$(PYTEST) -m sweep $(ARGS)

test-long: .venv/.dev  ## The drills that take minutes, and properties with many examples
	@$(BIN)/python -m pytest -m "long or hypothesis" --hypothesis-profile=long $(ARGS)
	@$(if $(ARGS),,$(MAKE) --no-print-directory test-pooler)

test-pooler: .venv/.dev  ## The flows, and all else that commits, through PgBouncer in transaction mode
	@.ci/pgbouncer
	@TEST_POOLER=yes $(PYTEST) -m "not sweep and not long or pooler" $(ARGS)

test-bucket: .venv/.dev  ## What is stored, on a real engine (BUCKET='s3://key:secret@host/bucket?region=name')
	@BUCKET='$(BUCKET)' $(BIN)/python -m pytest -q --durations=5 tests/privacy/test_buckets.py tests/photos/test_storages.py \
	  tests/scheduled_exports/test_bucket.py tests/operation/test_two_machines.py tests/operation/test_scheduled_backups.py $(ARGS)

test-failover: .venv/.dev  ## Kills the primary of a database under writers, ten times (KILLS=2 for less)
	@.ci/patroni
	@$(BIN)/python -m pytest -q -s tests/drills/test_failover.py $(ARGS)

test-upgrade: .venv/.dev  ## Replaces one version by the next under visitors, who notice nothing
	@$(BIN)/python -m pytest -q -s tests/drills/test_upgrade.py $(ARGS)
test-recovery: .venv/.dev  ## The drill of the archive: the data folder is lost, and a moment comes back
	@$(BIN)/python -m pytest -s tests/operation/test_recover_drill.py

test-growth: .venv/.dev  ## The plan of every hot statement among PEOPLE=5000 people with five million rows
	@PEOPLE=$(or $(PEOPLE),5000) $(BIN)/python -m pytest -m long tests/growth $(ARGS)

grow: .venv/.dev  ## Fill the database of this folder with PEOPLE=5000 made-up people, in minutes
	@$(BIN)/python -m tests.growth $(or $(PEOPLE),5000)

check: .venv/.dev  ## Linters, types, layers, modules, licences, missing migrations, deployment settings
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/djlint templates --lint --quiet
	@$(BIN)/lint-imports
	@$(PLAIN) tests/architecture/test_modules.py tests/architecture/test_licences.py
	@set -e; scratch=$$(mktemp -d); trap 'rm -rf $$scratch' EXIT; chmod 711 $$scratch; \
	  export SELFTRUST_DATA_DIR=$$scratch/var; \
	  $(BIN)/mypy journal selftrust; \
	  $(BIN)/python manage.py makemigrations --check --dry-run; \
	  DJANGO_SETTINGS_MODULE=selftrust.settings $(PLAIN) tests/architecture/test_migrations.py; \
	  SELFTRUST_ENV=production DATABASE_URL=postgres://nobody@localhost/none ALLOWED_HOSTS=example.org TRUSTED_PROXIES=1 \
	  SECRET_KEY=only-for-this-check-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFG \
	  SELFTRUST_OPERATOR_TOKEN=check SELFTRUST_KEY=MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE= \
	  $(BIN)/python manage.py check --deploy --fail-level WARNING

format: .venv/.dev  ## Sort imports and format the code
	@$(BIN)/ruff format --quiet .
	@$(BIN)/ruff check --quiet --fix .
	@$(BIN)/ruff format --quiet .

messages: .venv/.dev  ## Collect strings for translators, and list what each language lacks (CODE=de for one)
	@$(BIN)/python manage.py messages $(CODE)

structure: .venv/.dev  ## After a new migration: write down anew what all of them make of an empty database
	@set -e; scratch=$$(mktemp -d); trap 'rm -rf $$scratch' EXIT; chmod 711 $$scratch; \
	  export SELFTRUST_DATA_DIR=$$scratch/var; unset DATABASE_URL; \
	  $(BIN)/python manage.py makemigrations --check --dry-run; \
	  $(BIN)/python manage.py migrate --skip-checks -v 0 --write-structure journal/database/structure.sql

bench: .venv/.dev  ## Ratios against bare Django, measured side by side
	@$(BIN)/python -m tests.bench && $(BIN)/python -m tests.bench.memory

release: .venv/.dev  ## Notes the migrations of this release: later ones have to live with its code
	@RELEASE=1 $(BIN)/python -m pytest -q tests/architecture/test_migrations.py

load: .venv/.dev .venv/.load  ## An evening of many people on one and two nodes, then more than they can do
	@$(BIN)/python -m tests.load

requirements: .venv/.dev  ## Choose versions anew and write them down with their hashes
	@$(BIN)/uv pip compile -q -U --universal --generate-hashes --python-version 3.11 \
	  --custom-compile-command "make requirements" pyproject.toml -o requirements.txt
	@$(BIN)/uv pip compile -q -U --universal --generate-hashes --python-version 3.11 \
	  --custom-compile-command "make requirements" --group dev -c requirements.txt pyproject.toml -o requirements-dev.txt
	@$(BIN)/uv pip compile -q -U --universal --generate-hashes --python-version 3.11 \
	  --custom-compile-command "make requirements" --group load -c requirements-dev.txt -o requirements-load.txt
	@$(BIN)/uv pip compile -q -U --universal --generate-hashes --python-version 3.11 \
	  --custom-compile-command "make requirements" --group failover -c requirements-dev.txt -o requirements-failover.txt

.venv/.load: requirements-load.txt | .venv/.made
	@echo "Installing locust (once) ..."
	@$(PYTHON) -m venv .venv/load
	@.venv/load/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-load.txt
	@touch $@

clean:  ## Remove what was made here, but never var/, which holds what people wrote
	rm -rf .venv staticfiles .pytest_cache .mypy_cache .ruff_cache .hypothesis

.venv/.made:
	@test -n "$(PYTHON)" || { echo "Selftrust needs Python 3.11 or newer; please install it."; exit 1; }
	@$(PYTHON) -m venv .venv 2>/dev/null || { rm -rf .venv; echo "Python's venv module is missing; on Debian: apt install python3-venv."; exit 1; }
	@touch $@

.venv/.run: requirements.txt | .venv/.made
	@echo "Installing what Selftrust needs (once) ..."
	@$(PIP) -r requirements.txt
	@touch $@

.venv/.languages: .venv/.run $(wildcard locale/*/LC_MESSAGES/*.po)
	@$(BIN)/python -m journal.languages.compiled
	@touch $@

.venv/.dev: requirements-dev.txt | .venv/.made
	@echo "Installing what Selftrust and its tests need (once) ..."
	@sed -n '/^uv==/,/[^\\]$$/p' requirements-dev.txt >.venv/uv.txt
	@$(PIP) -r .venv/uv.txt
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements-dev.txt \
	  || $(PIP) -r requirements-dev.txt  # which knows pip's own settings, and takes a minute more
	@touch $@ .venv/.run
