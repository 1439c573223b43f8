"""What the portal stands on: disk, clock, fonts and libraries, versions."""

import datetime as dt
import platform
import shutil
from importlib.metadata import version

import django
import pypandoc
from django.conf import settings
from django.db import connection
from django.utils import timezone

from mentoring.core.checks import paper_font, subsetting_installed
from mentoring.portal.state.lights import Colour, Light, above, size

GIGABYTE = 1024**3
DISK_RED, DISK_YELLOW = 1 * GIGABYTE, 5 * GIGABYTE
CLOCK = (5, 60)  # seconds of difference: yellow, red


def disk() -> Light:
    """Of the folder of this host; a bucket and the disk of a database server are looked after where they are."""
    usage = shutil.disk_usage(settings.VAR_DIR)
    red, yellow = min(DISK_RED, usage.total // 20), min(DISK_YELLOW, usage.total // 10)
    colour = Colour.RED if usage.free < red else Colour.YELLOW if usage.free < yellow else Colour.GREEN  # fmt: skip
    step = "Освободите место или увеличьте диск: без места портал не сможет ничего записать." if colour != Colour.GREEN else ""  # fmt: skip
    return Light(
        "disk", "Место на диске", colour, f"свободно {size(usage.free)} из {size(usage.total)}, база данных {size(database_size())}",
        "Файлы документов, сканы и база данных растут с каждым учебным годом.", step,
    )  # fmt: skip


def database_size() -> int:
    """Bytes; one query."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_database_size(current_database())")
            return cursor.fetchone()[0]
        cursor.execute("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
        return cursor.fetchone()[0]


def clock() -> Light:
    """Terms, consents and approvals go by the clock of the host; the database writes some moments by its own."""
    apart = abs((timezone.now() - database_time()).total_seconds())
    colour = above(apart, *CLOCK)
    step = "Включите синхронизацию времени на всех серверах: timedatectl set-ntp true." if colour != Colour.GREEN else ""  # fmt: skip
    value = f"расходятся на {apart:.0f} с" if apart >= 1 else "совпадают"
    return Light(
        "clock", "Часы сервера и базы данных", colour, value,
        "По часам считаются сроки согласий, очередь и печати журнала.", step,
    )  # fmt: skip


def database_time() -> dt.datetime:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT clock_timestamp()")
            return cursor.fetchone()[0]
        cursor.execute("SELECT strftime('%Y-%m-%dT%H:%M:%f', 'now')")
        return dt.datetime.fromisoformat(cursor.fetchone()[0]).replace(tzinfo=dt.UTC)


def libraries() -> Light:
    """The font is a must, subsetting only makes papers faster, pandoc makes Word files."""
    missing = {
        "шрифт Liberation Serif (пакеты fonts-liberation, fontconfig)": (Colour.RED, bool(paper_font())),
        "pandoc (пакет Python pypandoc_binary)": (Colour.RED, not pandoc()),
        "harfbuzz-subset (пакет libharfbuzz-subset0)": (Colour.YELLOW, not subsetting_installed()),
    }  # fmt: skip
    absent = [(name, colour) for name, (colour, gone) in missing.items() if gone]
    colour = Colour.RED if any(c == Colour.RED for _, c in absent) else Colour.YELLOW if absent else Colour.GREEN  # fmt: skip
    names = ", ".join(name for name, _ in absent)
    return Light(
        "libraries", "Шрифты и библиотеки", colour, f"нет: {names}" if absent else "все на месте",
        "Без шрифта и pandoc нельзя составить PDF и Word по ГОСТ Р 7.0.97.",
        "Установите названные пакеты и перезапустите службы." if absent else "",
    )  # fmt: skip


def pandoc() -> bool:
    try:
        return bool(pypandoc.get_pandoc_path())
    except OSError:
        return False


def versions() -> Light:
    found = f"Python {platform.python_version()}, Django {django.get_version()}, {database_version()}, WeasyPrint {version('weasyprint')}"
    return Light(
        "versions", "Версии", Colour.GREEN, found,
        "Назовите их, когда пишете в поддержку.",
    )  # fmt: skip


def database_version() -> str:
    if connection.vendor == "postgresql":
        number = connection.pg_version
        return f"PostgreSQL {number // 10000}.{number % 10000}"
    return f"SQLite {'.'.join(map(str, connection.Database.sqlite_version_info))}"
