"""Whenever the archive has changed: the coverage snapshot."""

from datetime import timedelta

from airflow.sdk import DAG, Asset, task

from sohoa.orchestration import jobs

DOC = """
### Báo cáo độ phủ số hoá · Coverage report

Tính tỷ lệ số hoá của từng cơ quan, từng năm, công bố số liệu đến hết ngày hôm trước và gửi đến các hệ thống
khác (`config/deliveries.yaml`).
*Computes coverage per agency and year, publishes the snapshot of the last day and delivers it. Other DAGs
wait for it by `schedule=[Asset("coverage_snapshot")]`.*

| bước | step |
|---|---|
| Ghi báo cáo | figures for the page "Độ phủ số hoá", snapshot, metrics, asset `coverage_snapshot` |
| Gửi số liệu | to every receiver once; who is away waits for `deliver_pending` |
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
    write = task(
        task_display_name="Ghi báo cáo · write_coverage", retries=2, outlets=[Asset("coverage_snapshot")]
    )(jobs.write_coverage)
    deliver = task(
        task_display_name="Gửi số liệu · deliver",
        retries=2,
        multiple_outputs=False,
        execution_timeout=timedelta(hours=1),
    )(jobs.deliver)
    write() >> deliver()
