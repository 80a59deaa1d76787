# Everything a developer does here; `make help` lists it.
.DEFAULT_GOAL := help
SHELL := /bin/sh
PY := .venv/bin/python

# Checks and tests never touch the database of `make run`.
CHECK_ENV := DEBUG=1 DATABASE_URL=sqlite://:memory:
# What a real site sets; the keys are placeholders of the right length.
PRODUCTION_ENV := DEBUG=0 HTTPS=1 ALLOWED_HOSTS=portal.example SITE_URL=https://portal.example \
	DATABASE_URL=sqlite://:memory: \
	SECRET_KEY=only-for-the-check-of-production-settings-0123456789 \
	FIELD_KEYS=MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=
TEMPLATES := templates

.PHONY: help
help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-15s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: run
run: ## Set up everything and serve the demo (PORT=8000, LISTEN=127.0.0.1)
	@python="$$(sh tools/python.sh)" && "$$python" tools/run.py --check-port
	@sh tools/venv.sh base
	@exec $(PY) tools/run.py

.PHONY: test
test: .dev ## Run all tests (ARGS="-k rating" picks some)
	@$(PY) -m pytest -n auto $(ARGS)

.PHONY: test-postgres
test-postgres: .dev ## Run the tests on a PostgreSQL started for them
	@bash tools/with_postgres.sh $(PY) -m pytest -n auto -m "not browser" $(ARGS)

.PHONY: test-browser
test-browser: .dev ## Run the tests that drive Chromium
	@$(PY) -m pytest -m browser $(ARGS)

.PHONY: check
check: .dev ## Lint, types, templates, migrations, translations, settings, generated pages
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(CHECK_ENV) $(PY) -m mypy
	$(PY) -m djlint --quiet --lint $(TEMPLATES)
	$(CHECK_ENV) $(PY) manage.py makemigrations --check --dry-run
	$(CHECK_ENV) $(PY) manage.py check_translations
	$(CHECK_ENV) $(PY) manage.py workflow_doc --check
	$(PRODUCTION_ENV) $(PY) manage.py check --deploy --fail-level ERROR

.PHONY: fix
fix: .dev ## Let ruff repair and format the code
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

.PHONY: locks
locks: ## Solve requirements/*.in into hash-pinned *.txt (ARGS=--upgrade for newer versions)
	@sh tools/locks.sh $(ARGS)

.PHONY: clean
clean: ## Remove the environment and everything made from sources; keeps var/ (your data)
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis test-results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	find locale -name '*.mo' -delete

.PHONY: .dev
.dev:
	@sh tools/venv.sh dev
	@$(CHECK_ENV) $(PY) manage.py compile_translations
