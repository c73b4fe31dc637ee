"""Every Sunday: a sample of the archive is re-hashed and its signatures are validated."""

from datetime import timedelta

from airflow.sdk import DAG, CronTriggerTimetable, task

from sohoa.orchestration import jobs

DOC = """
### Kiểm tra toàn vẹn · Fixity check

Băm lại và kiểm tra chữ ký số của một mẫu hồ sơ trong kho lưu trữ; mọi sai lệch làm tác vụ thất bại.
*Re-hashes a sample of the archive and validates signatures; any fault fails the task and is listed.*
"""

with DAG(
    dag_id="verify_fixity",
    dag_display_name="Kiểm tra toàn vẹn · verify_fixity",
    doc_md=DOC,
    schedule=CronTriggerTimetable("0 3 * * 0", timezone="Asia/Ho_Chi_Minh", run_immediately=timedelta()),
    catchup=False,
    max_active_runs=1,
    tags=["sohoa"],
):
    task(
        task_display_name="Kiểm tra mẫu · verify_sample",
        retries=2,
        retry_delay=timedelta(minutes=5),
    )(jobs.verify_sample)()
