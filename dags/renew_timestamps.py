"""On the first of every month: time-stamps near their end are renewed by further ones."""

from datetime import timedelta

from airflow.sdk import DAG, CronTriggerTimetable, task

from sohoa.orchestration import failures, jobs

DOC = """
### Gia hạn dấu thời gian · Renew time-stamps

Bản lưu trữ ký ở mức B-LT, B-LTA có dấu thời gian sắp hết hạn được đóng thêm dấu thời gian mới, thành
phiên bản kế tiếp; tệp gốc và chữ ký không đổi.
*Copies signed at B-LT or B-LTA whose time-stamp ends soon get a further one, as a next version.*
"""

with DAG(
    dag_id="renew_timestamps",
    dag_display_name="Gia hạn dấu thời gian · renew_timestamps",
    doc_md=DOC,
    schedule=CronTriggerTimetable("0 6 1 * *", timezone="Asia/Ho_Chi_Minh", run_immediately=timedelta()),
    catchup=False,
    max_active_runs=1,
    tags=["sohoa"],
    on_failure_callback=failures.run_failed,
):
    task(
        task_display_name="Gia hạn · renew_timestamps",
        retries=3,
        retry_delay=timedelta(minutes=10),
        on_failure_callback=failures.task_failed,
    )(jobs.renew_timestamps)()
