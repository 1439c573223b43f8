"""Start-up checks of the machine: the font of official papers and the library that keeps their files small.

A missing font is silent in WeasyPrint, no font at all kills the process (so the portal must say it first).
"""

import ctypes
import functools
from urllib.parse import urlsplit

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


@register(Tags.security, deploy=True)
def settings_of_a_public_portal(app_configs=None, **kwargs) -> list:
    """What Django does not know: the address, the key made for a local start, the proxy, the letters."""
    found = []
    if not settings.PUBLIC_URL.startswith("https://"):
        found.append(("PUBLIC_URL без https: пароли шли бы открытым текстом.", "PUBLIC_URL=https://…", "core.W010"))  # fmt: skip
    if settings.SECRET_KEY.startswith("local-"):
        found.append(("SECRET_KEY взят из var/secret_key: у второй машины он был бы другим.", "Задайте SECRET_KEY в окружении.", "core.W011"))  # fmt: skip
    if urlsplit(settings.PUBLIC_URL).hostname not in settings.ALLOWED_HOSTS:
        found.append(("ALLOWED_HOSTS не называет адрес из PUBLIC_URL: портал не ответит.", "ALLOWED_HOSTS=…", "core.W012"))  # fmt: skip
    if "*" in settings.ALLOWED_HOSTS:
        found.append(("ALLOWED_HOSTS разрешает любой адрес: ссылку в письме можно подменить.", "Назовите свои адреса.", "core.W013"))  # fmt: skip
    return [Warning(words, hint=hint, id=id) for words, hint, id in found]


@functools.cache
def subsetting_installed() -> bool:
    """Can the dynamic loader open the library by the name WeasyPrint uses? (`find_library` starts a compiler: too slow.)"""
    try:
        ctypes.CDLL("libharfbuzz-subset.so.0")
    except OSError:
        return False
    return True
