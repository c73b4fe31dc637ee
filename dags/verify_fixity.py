"""Every night at 03:00 in Vietnam: the records that are due are re-hashed, their signatures validated."""

from datetime import timedelta

from airflow.sdk import DAG, Asset, CronTriggerTimetable, task

from sohoa.orchestration import jobs

DOC = """
### Kiểm tra toàn vẹn · Fixity check

Mỗi đêm băm lại và kiểm tra chữ ký số của phần hồ sơ đến hạn: mọi hồ sơ được kiểm tra trong một kỳ
(`verify.period_days`). Sai lệch, hồ sơ quá hạn chưa kiểm tra: báo qua asset `fixity_alert`, tác vụ thất bại.
*Re-hashes the records that are due and validates signatures, so that each is checked within a set period.
Faults, and records that were not checked in time, raise the asset `fixity_alert`, fail the run and are listed
in `reports/fixity.json`.*
"""

with DAG(
    dag_id="verify_fixity",
    dag_display_name="Kiểm tra toàn vẹn · verify_fixity",
    doc_md=DOC,
    schedule=CronTriggerTimetable("0 3 * * *", timezone="Asia/Ho_Chi_Minh", run_immediately=timedelta()),
    catchup=False,
    max_active_runs=1,
    tags=["sohoa"],
):
    verify = task(
        task_display_name="Kiểm tra phần đến hạn · verify_share",
        retries=2,
        retry_delay=timedelta(minutes=5),
    )(jobs.verify_share)
    alert = task(task_display_name="Báo động · raise_alert", outlets=[Asset("fixity_alert")])(
        jobs.raise_alert
    )
    judge = task(task_display_name="Kết luận · judge")(jobs.judge)
    faults = verify()
    alert(faults)
    judge(faults)
