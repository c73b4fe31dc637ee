"""Whenever the archive has changed: the coverage snapshot."""

from airflow.sdk import DAG, Asset, task

from sohoa.orchestration import jobs

DOC = """
### Báo cáo độ phủ số hoá · Coverage report

Tính tỷ lệ số hoá của từng cơ quan, từng năm và ghi báo cáo (JSON, CSV, HTML).
*Computes coverage per agency and year and writes the snapshot that the page "Độ phủ số hoá" shows.*
"""

with DAG(
    dag_id="coverage_report",
    dag_display_name="Báo cáo độ phủ · coverage_report",
    doc_md=DOC,
    schedule=[Asset("archive")],
    catchup=False,
    max_active_runs=1,
    tags=["sohoa"],
):
    task(task_display_name="Ghi báo cáo · write_coverage", retries=2)(jobs.write_coverage)()
