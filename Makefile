.PHONY: install run test quick check airflow samples

install run test quick check airflow:
	@scripts/$@

samples: install
	@.venv/bin/python -m tests.support.scanmaker --out samples
