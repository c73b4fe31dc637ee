.PHONY: install run test check airflow samples

install run test check airflow:
	@scripts/$@

samples: install
	@.venv/bin/python -m tests.support.scanmaker --out samples
