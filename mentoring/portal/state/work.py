"""What the workers do: the queue of tasks (of the whole installation) and the letters."""

import datetime as dt

from django.db.models import Count, Max, Min, Q
from django.utils import timezone
from django_tasks_db.models import DBTaskResult, get_date_max

from mentoring.portal.state.lights import Light, above, span, worst
from people.models import Letter, Organization

State = Letter.State
WAITING = [State.WAITING, State.SENDING]
RECENT = dt.timedelta(days=1)
LATE_TASK = (120, 600)  # seconds in the queue: yellow, red
LATE_LETTER = (15 * 60, 60 * 60)
WORKER = "Проверьте, что работает обработчик заданий: systemctl status mentoring-worker@1."


def tasks(now: dt.datetime) -> dict[str, float]:
    """One query. Tasks carry ids only, so the counts say nothing of anybody.

    A worker that woke up when another had taken its task over is no failure (`people.services.jobs.Superseded`).
    """
    superseded = Q(exception_class_path__endswith=".Superseded")
    counts = DBTaskResult.objects.aggregate(
        waiting=Count("pk", Q(status="READY")),
        running=Count("pk", Q(status="RUNNING")),
        failed=Count("pk", Q(status="FAILED", finished_at__gte=now - RECENT) & ~superseded),
        oldest=Min("enqueued_at", filter=Q(status="READY", run_after__lte=now) | Q(status="READY", run_after=get_date_max())),
    )  # fmt: skip
    return {**counts, "oldest": seconds_since(counts["oldest"], now)}


def queue(now: dt.datetime) -> Light:
    counts = tasks(now)
    late = counts["oldest"]
    colour = worst(above(late, *LATE_TASK), above(counts["failed"], 0, 20))
    value = f"ждут {counts['waiting']}, выполняются {counts['running']}, сбоев за сутки {counts['failed']}"
    if late:
        value += f", самое старое ждёт {span(late)}"
    step = ""
    if late > LATE_TASK[0]:
        step = WORKER
    elif counts["failed"]:
        step = "Найдите причину: journalctl -u mentoring-worker@1. Задание можно запустить снова."
    return Light(
        "queue", "Очередь заданий", colour, value,
        "Печать пачками, загрузка списков и отправка писем выполняются по очереди, отдельной программой.", step,
    )  # fmt: skip


def letters(now: dt.datetime, school: Organization | None) -> dict[str, float]:
    """One query; of the school's own letters where a school asks. `last`: seconds since the last one left, -1 for none."""
    rows = Letter.objects.of(school) if school else Letter.objects.all()
    counts = rows.aggregate(
        waiting=Count("pk", Q(state__in=WAITING)),
        failed=Count("pk", Q(state=State.FAILED)),
        last=Max("sent_at", filter=Q(state=State.SENT)),
        oldest=Min("not_before", filter=Q(state=State.WAITING, not_before__lte=now)),
    )
    last = seconds_since(counts["last"], now) if counts["last"] else -1
    return {**counts, "last": last, "oldest": seconds_since(counts["oldest"], now)}


def mail(now: dt.datetime, school: Organization | None) -> Light:
    counts = letters(now, school)
    late = counts["oldest"]
    colour = worst(above(late, *LATE_LETTER), above(counts["failed"], 0, 50))
    left = now - dt.timedelta(seconds=counts["last"])
    last = f"последнее ушло {local(left)}" if counts["last"] >= 0 else "писем ещё не отправляли"
    step = ""
    if late > LATE_LETTER[0]:
        step = "Проверьте EMAIL_URL и почтовый сервер, затем обработчик заданий."
    elif counts["failed"]:
        step = "Откройте «Исходящие письма»: там сказано, что помешало, и есть «Отправить снова»."
    return Light(
        "mail", "Письма", colour, f"ждут {counts['waiting']}, не отправлены {counts['failed']}, {last}",
        "Письмо сначала попадает в очередь и уходит, когда его принял почтовый сервер.", step,
    )  # fmt: skip


def seconds_since(moment: dt.datetime | None, now: dt.datetime) -> float:
    return max((now - moment).total_seconds(), 0) if moment else 0


def local(moment: dt.datetime) -> str:
    return f"{timezone.localtime(moment):%d.%m.%Y в %H:%M}"
