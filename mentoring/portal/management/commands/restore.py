"""`manage.py restore FILE`: the portal as it was when the archive was made; also the way to another database.

SQLite → PostgreSQL: stop the portal, `manage.py backup --to move.tar`, then
`DATABASE_URL=postgres://… manage.py restore move.tar --moved`. The other direction is the same command.
"""

import os
from pathlib import Path

from django.core.cache import cache
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection

from mentoring.portal.backup import schema
from mentoring.portal.backup.archive import Broken, read_through
from mentoring.portal.backup.encryption import Key, WrongKey, for_reading
from mentoring.portal.backup.making import summary
from mentoring.portal.backup.restoring import Differs, Restored, restore
from programs.services import public_snapshots

MINE = "people_organization"


class Command(BaseCommand):
    help = (
        "Восстанавливает базу и файлы из копии. Сначала остановите веб-сервер и обработчик заданий."
    )
    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser):
        parser.add_argument("file", help="копия, записанная manage.py backup")
        parser.add_argument("--replace", action="store_true", help="заменить данные, которые есть в базе")  # fmt: skip
        parser.add_argument(
            "--moved", action="store_true",
            help="перенос остановленного портала: письма, которые ждали, будут отправлены",
        )  # fmt: skip
        parser.add_argument("--identity", help="файл закрытого ключа age")

    def handle(self, *, file, replace, moved, identity, **options):
        path, key = Path(file), key_from(identity)
        manifest, key = checked(path, key)
        refuse_newer(manifest)
        refuse_full(replace)
        self.stdout.write(f"Архив цел: {summary(manifest)}. Восстанавливаю…")
        try:
            done = restore(path, manifest, key=key, moved=moved)
        except (Broken, Differs, DatabaseError, OSError, ValueError) as error:
            raise CommandError(f"Восстановить не удалось. {error} Прежние данные на месте.") from error  # fmt: skip
        forget_kept()
        self.tell(done, moved)
        heads = [f"--head={slug}={head}" for slug, head in manifest["heads"].items()]
        call_command("verify", *heads, stdout=self.stdout, stderr=self.stderr)

    def tell(self, done: Restored, moved: bool) -> None:
        self.stdout.write(f"Восстановлено: строк {done.rows}, файлов {done.files}.")
        if not moved:
            self.stdout.write(
                "Чего не стало после этой копии, снова в базе: внесите отзывы согласий, полученные после неё, "
                "и выполните manage.py purge --apply."
            )
        if done.settled.tasks:
            self.stdout.write(f"Прерванных заданий возвращено в очередь: {done.settled.tasks}.")
        if done.settled.letters:
            self.stdout.write(
                f"Писем не отправлено, потому что они могли уйти раньше: {done.settled.letters}. "
                "Посмотрите их в разделе «Письма» и отправьте нужные."
            )


def forget_kept() -> None:
    """What was kept outside the tables is of the state before: limits, answers, pages of the public section."""
    call_command("createcachetable", verbosity=0)
    cache.clear()
    kept = Path(public_snapshots.root())
    for folder in kept.glob("[!.]*"):
        public_snapshots.forget(folder.name)


def key_from(identity: str | None) -> Key:
    if identity is None:
        return Key(passphrase=os.environ.get("BACKUP_PASSPHRASE", ""))
    try:
        return Key(identity=Path(identity).read_text(encoding="utf-8"))
    except OSError as error:
        raise CommandError(f"Файл ключа не читается: {error.strerror}.") from None


def checked(path: Path, key: Key) -> tuple[dict, Key]:
    """Every byte is read and compared before anything is touched: the manifest, and the key that opened it."""
    try:
        key = for_reading(path, key)
        return read_through(path, key), key
    except (Broken, WrongKey) as error:
        raise CommandError(f"{error} В базе ничего не изменено.") from None
    except OSError as error:
        raise CommandError(f"Архив «{path}» не читается: {error.strerror}.") from None


def refuse_newer(manifest: dict) -> None:
    if newer := schema.unknown(manifest["migrations"]):
        raise CommandError(
            f"Копия сделана более новой версией портала ({manifest['portal']}; здесь нет {newer[-1]}). "
            "Обновите портал и повторите. В базе ничего не изменено."
        )


def refuse_full(replace: bool) -> None:
    there = schema.tables_there()
    if there and MINE not in there:
        raise CommandError("В этой базе таблицы другой программы. Создайте для портала пустую базу.")  # fmt: skip
    if there and not replace and schools():
        raise CommandError("В базе уже есть организации. Укажите пустую базу или добавьте --replace: всё, что в ней есть, будет заменено.")  # fmt: skip


def schools() -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {MINE}")
        return cursor.fetchone()[0]
