"""Start-up checks of the machine: the font of official papers and the library that keeps their files small.

A missing font is silent in WeasyPrint, no font at all kills the process (so the portal must say it first).
"""

import ctypes
import functools

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register

from .pdf import FONT, font_installed


@register()
def paper_font(app_configs=None, **kwargs) -> list:
    """Error when fontconfig does not answer with the font of the Times metric (one `fc-match` per process, some 10 ms)."""
    if font_installed():
        return []
    return [
        Error(
            f"Не найден шрифт «{FONT}»: приказы и положения нельзя напечатать по ГОСТ Р 7.0.97.",
            hint="Установите пакеты fonts-liberation и fontconfig (apt-get install fonts-liberation fontconfig).",
            id="core.E001",
        )
    ]


@register()
def paper_subsetting(app_configs=None, **kwargs) -> list:
    """Warning when libharfbuzz-subset is absent: each PDF then takes 1.6 times as long."""
    if subsetting_installed():
        return []
    return [
        Warning(
            "Не найдена библиотека libharfbuzz-subset: документы PDF составляются в полтора раза дольше.",
            hint="Установите пакет libharfbuzz-subset0 (apt-get install libharfbuzz-subset0).",
            id="core.W001",
        )
    ]


@functools.cache
def subsetting_installed() -> bool:
    """Can the dynamic loader open the library by the name WeasyPrint uses? (`find_library` starts a compiler: too slow.)"""
    try:
        ctypes.CDLL("libharfbuzz-subset.so.0")
    except OSError:
        return False
    return True


@register(Tags.security, deploy=True)
def shared_key(app_configs=None, **kwargs) -> list:
    """Warning where a server's database, and so more than one machine, meets a key that this machine has made for itself."""
    if settings.SECRET_KEY_IS_SHARED or "sqlite" in settings.DATABASES["default"]["ENGINE"]:
        return []
    return [
        Warning(
            "SECRET_KEY не задан: каждый сервер портала сделает свой, и вход на одном не будет действовать на другом.",
            hint="Задайте одно значение SECRET_KEY на всех серверах (openssl rand -base64 48).",
            id="core.W002",
        )
    ]
