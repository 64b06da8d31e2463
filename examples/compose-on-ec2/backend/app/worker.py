"""The worker: `celery -A app.worker worker`. The same image as the API, with another command."""

import os

from celery import Celery

app = Celery("taskboard", broker=os.environ.get("REDIS_URL", ""))


@app.task
def archive(task):
    """Puts a task away."""
    return {"archived": task}
