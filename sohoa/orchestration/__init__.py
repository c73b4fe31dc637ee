"""The only package code that imports Airflow: task bodies, the coverage page, the local Airflow."""
