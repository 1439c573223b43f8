"""The end of the storm: everything comes to rest, then a table and the last line."""

import statistics
import sys
import time

from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from people.models import Letter
from people.services import outbox
from tests.chaos.killer import Killer
from tests.chaos.ledger import Ledger
from tests.chaos.person import Person, World
from tests.chaos.services import House

QUIET_SECONDS = 300
NAMES = {
    "web": "веб-процесс", "web_child": "рабочий процесс веб-сервера", "worker": "обработчик задач",
    "backend": "соединение PostgreSQL", "postgres": "PostgreSQL целиком", "mail": "почтовый сервер",
    "sleep_web": "остановлен веб-процесс", "sleep_worker": "остановлен обработчик", "sleep_backend": "остановлено соединение",
}  # fmt: skip


def quiet(house: House, world: World, people: list[Person]) -> None:
    """Clients finish what they began, the queue and the outbox run empty."""
    house.wait()
    world.closing.set()
    deadline = time.monotonic() + QUIET_SECONDS
    while any(person.is_alive() for person in people) or not settled():
        if time.monotonic() > deadline:
            left = [person.name for person in people if person.is_alive()]
            sys.exit(f"За {QUIET_SECONDS} с ничего не успокоилось: {left}. Журналы: {house.mail.log.parent}")  # fmt: skip
        house.tend()
        hurry_letters()
        time.sleep(0.3)


def hurry_letters() -> None:
    """Time passes: what the mail server did not take goes now and not in an hour; what has failed, by the curator's click."""
    now = timezone.now()
    Letter.objects.filter(state=Letter.State.WAITING, not_before__gt=now).update(not_before=now)
    outbox.try_again(Letter.objects.all())


def settled() -> bool:
    """No task waits or runs, no letter is on its way."""
    tasks = DBTaskResult.objects.filter(status__in=["READY", "RUNNING"])
    letters = Letter.objects.filter(state__in=[Letter.State.WAITING, Letter.State.SENDING])
    busy = tasks.exists() or letters.exists()
    connection.close()
    return not busy


def tell(killer: Killer, world: World, people: list[Person], found: Ledger, seconds: float) -> bool:
    print(f"\nБуря {seconds:.0f} с, клиентов {len(people)}.")
    print(f"\n{'что сделано':34}{'подтверждено':>14}{'повторено':>12}")
    for what, number in sorted(world.confirmed.items()):
        print(f"{what:34}{number:>14}{world.retried[what]:>12}")
    print(f"\n{'что убито или остановлено':34}{'раз':>14}{'ответ через, с: медиана и худший':>36}")
    for kind, name in NAMES.items():
        times = [
            seconds for name, found in killer.recovery.items() for seconds in found
            if name == kind or (kind == "web" and name.startswith("web"))
        ]  # fmt: skip
        waited = f"{statistics.median(times):.1f} и {max(times):.1f}" if times else ""
        print(f"{name:34}{killer.kinds[kind]:>14}{waited:>36}")
    statuses = sorted({code for person in people for code in person.browser.statuses})
    answers = {code: sum(person.browser.statuses.get(code, 0) for person in people) for code in statuses}  # fmt: skip
    print(
        "\nОтветы портала: " + ", ".join(f"{code} – {number}" for code, number in answers.items())
    )
    print("Без ответа: " + ", ".join(f"{why} – {n}" for why, n in sorted(world.unsure.items())))
    print("Сверено: " + ", ".join(f"{what} – {n}" for what, n in sorted(found.counted.items())))
    for title, faults in (("ПОТЕРЯНО", found.lost), ("УДВОЕНО", found.doubled), ("СБОЙ КЛИЕНТА", world.faults)):  # fmt: skip
        for fault in faults:
            print(f"{title}: {fault}")
    print(f"kills={killer.kills} lost={len(found.lost)} doubled={len(found.doubled)}", flush=True)
    return not (found.lost or found.doubled or world.faults)
