"""Every night at 20:00 in Vietnam: the inbox becomes signed, searchable, counted records."""

from datetime import timedelta

from airflow.sdk import DAG, Asset, CronTriggerTimetable, task

from sohoa.orchestration import failures, jobs

DOC = """
### Số hoá hằng đêm · Nightly digitization

Đọc mọi tệp mới trong hộp nhận, nhận dạng, sàng lọc độ mật, mô tả, ký số, lưu trữ và lập chỉ mục.
*Reads every new file of the inbox: recognise, screen for secrecy, describe, seal, store, index.*

| bước | step |
|---|---|
| Kiểm tra trước | services answer, room on the disk |
| Lập lô | cut the inbox into batches |
| Xử lý lô | one task per batch, in the pool `ocr` |
| Tổng kết | count every object, last-run report, asset `archive` |
"""

with DAG(
    dag_id="digitize_nightly",
    dag_display_name="Số hoá hằng đêm · digitize_nightly",
    doc_md=DOC,
    schedule=CronTriggerTimetable("0 20 * * *", timezone="Asia/Ho_Chi_Minh", run_immediately=timedelta()),
    catchup=False,
    max_active_runs=1,
    tags=["sohoa"],
    on_failure_callback=failures.run_failed,
    default_args={
        "retries": 3,
        "retry_delay": timedelta(seconds=20),
        "retry_exponential_backoff": True,
        "max_retry_delay": timedelta(minutes=10),
        "on_failure_callback": failures.task_failed,
    },
):
    preflight = task(task_display_name="Kiểm tra trước · preflight")(jobs.preflight)
    plan = task(
        task_display_name="Lập lô · plan_batches", multiple_outputs=False, show_return_value_in_logs=False
    )(jobs.plan_batches)
    run = task(
        task_display_name="Xử lý lô · run_batch",
        pool="ocr",
        multiple_outputs=False,
        show_return_value_in_logs=False,
    )(jobs.run_batch)
    finish = task(
        task_display_name="Tổng kết · finish",
        # An empty inbox skips the mapped task; the night is finished and counted all the same.
        trigger_rule="none_failed",
        outlets=[Asset("archive")],
        multiple_outputs=False,
    )(jobs.finish)
    batches = plan()
    preflight() >> batches
    finish(run.expand(batch=batches))
