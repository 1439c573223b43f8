"""One line of the log for each request (`LOG_REQUESTS`) and each task, all under the id of the request."""

import logging

from django.conf import settings

from mentoring.core.tracing import Trace, begin, current, end, followed, new_id

HEADER = "X-Request-ID"
FINISHED = []  # functions (trace, response) that upper floors call after each request
requests = logging.getLogger("mentoring.requests")
tasks = logging.getLogger("mentoring.tasks")


class RequestLogMiddleware:
    """The outermost: whatever the others answer carries the id too."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        trace = Trace(new_id(request.headers.get(HEADER, "")), request=request)
        with followed(trace):
            response = self.get_response(request)
            response[HEADER] = trace.id
            for function in FINISHED:
                function(trace, response)
            if settings.LOG_REQUESTS:
                requests.info("request", extra={"status": response.status_code, **measured(trace)})
        return response


def measured(trace: Trace) -> dict:
    return {"ms": trace.milliseconds(), "queries": trace.queries}


# ---- tasks ----------------------------------------------------------------------------------------------------
def hand_over(sender, instance, **kwargs) -> None:
    """A task remembers the request that has asked for it; what it failed on is kept without values."""
    from mentoring.core.logs import masked

    trace = current()
    if instance._state.adding and trace is not None:
        instance.args_kwargs["request_id"] = trace.id
    if instance.traceback:
        instance.traceback = masked(instance.traceback)


def task_begins(sender, task_result, **kwargs) -> None:
    outer = current()
    stored = getattr(task_result, "db_result", None)
    asked = stored.args_kwargs.get("request_id", "") if stored else outer.id if outer else ""
    trace = Trace(new_id(asked), task=task_result.task.module_path)
    trace.before = begin(trace)


def task_ends(sender, task_result, **kwargs) -> None:
    trace = current()
    if trace is None or not trace.task:
        return
    if settings.LOG_REQUESTS:
        tasks.info("task", extra={"status": str(task_result.status), **measured(trace)})
    end(trace, trace.before)


def connect() -> None:
    """Called once, when the applications are ready."""
    from django.db.models.signals import pre_save
    from django_tasks.signals import task_finished, task_started
    from django_tasks_db.models import DBTaskResult

    pre_save.connect(hand_over, sender=DBTaskResult, dispatch_uid="request id of a task")
    task_started.connect(task_begins, dispatch_uid="trace of a task begins")
    task_finished.connect(task_ends, dispatch_uid="trace of a task ends")
