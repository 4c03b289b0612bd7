# Every target sets up what it needs in .venv. The work is done by dev.py, so that it also runs where there is no make.
PYTHON ?= python3

.DEFAULT_GOAL := help
.PHONY: setup run test check bench bench-web bench-clinic bench-trajectory bench-words docs screenshots lock clean help
setup run test check bench bench-web bench-clinic bench-trajectory bench-words docs screenshots lock clean help:
	@$(PYTHON) dev.py $@
