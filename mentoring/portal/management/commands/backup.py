"""`manage.py backup`: the whole portal – database and files – in one archive. From cron or a timer, every night."""

import os
import shutil
from pathlib import Path

import pyrage
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from mentoring.core.turns import BUSY, turn
from mentoring.portal.backup.archive import Broken
from mentoring.portal.backup.encryption import Key
from mentoring.portal.backup.making import backup
from mentoring.portal.state.safety import pending_migrations

OLD_STAY = "Прежние копии на месте."


class Command(BaseCommand):
    help = "Записывает базу и файлы одной копией. Пароль копии – в переменной BACKUP_PASSPHRASE."

    def add_arguments(self, parser):
        parser.add_argument("--to", help="папка или имя файла; без него – backups в папке данных")
        parser.add_argument("--keep", type=int, default=0, help="сколько последних копий оставить в папке")  # fmt: skip
        parser.add_argument("--encrypt-to", default="", metavar="age1…", help="открытый ключ age")

    def handle(self, *, to, keep, encrypt_to, **options):
        with turn("backup") as mine:
            if mine:
                self.work(to=to, keep=keep, encrypt_to=encrypt_to)
            else:
                self.stdout.write(BUSY)

    def work(self, *, to, keep, encrypt_to):
        key = key_from(encrypt_to)
        self.check_migrations()
        if keep < 0:
            raise CommandError("--keep – сколько копий оставить: 1 или больше.")
        try:
            made = backup(target(to), key=key, keep=keep)
        except Broken as error:
            raise CommandError(f"Копия не прочиталась после записи. {error} {OLD_STAY}") from None
        except OSError as error:
            raise CommandError(f"Копия не записана: {what_to_do(error)} {OLD_STAY}") from None
        self.stdout.write(
            f"Копия записана и прочитана: {made.path} ({made.size / 1_000_000:.1f} МБ, строк {made.rows}, "
            f"файлов {made.files}). Свободно на диске: {free(made.path)}."
        )
        if made.missing:
            self.stderr.write(f"Файлов, которых нет в хранилище: {made.missing}. Какие – скажет manage.py verify.")  # fmt: skip

    def check_migrations(self) -> None:
        if pending_migrations():
            raise CommandError("База отстаёт от кода. Сначала выполните manage.py migrate.")


def key_from(recipient: str) -> Key:
    if not recipient:
        return Key(passphrase=os.environ.get("BACKUP_PASSPHRASE", ""))
    try:
        pyrage.x25519.Recipient.from_str(recipient)
    except pyrage.RecipientError:
        raise CommandError("--encrypt-to – открытый ключ age, он начинается с age1.") from None
    return Key(recipient=recipient)


def target(to: str | None) -> Path:
    """A folder that is there, or the name of a file in such a folder."""
    if to is None:
        folder = settings.VAR_DIR / "backups"
        folder.mkdir(mode=0o700, exist_ok=True)
        return folder
    path = Path(to)
    if (to.endswith("/") or not path.parent.is_dir()) and not path.is_dir():
        raise CommandError(f"Папки «{to}» нет. Создайте её или укажите другую в --to.")
    return path


def what_to_do(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return f"нет доступа к {error.filename or 'файлам'}. Выполните команду от имени пользователя портала или укажите другую папку в --to."  # fmt: skip
    return f"{error.strerror or error}. Освободите место на диске или укажите другую папку в --to."


def free(path: Path) -> str:
    return f"{shutil.disk_usage(path.parent).free / 1_000_000_000:.1f} ГБ"
