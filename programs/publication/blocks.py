"""Blocks of the public section in their usual order; a school orders, hides and renames them (R-901…R-911)."""

from dataclasses import dataclass

from programs.models import PublicSection


@dataclass(frozen=True)
class Block:
    code: str
    title: str


BLOCKS = (
    Block("about", "О программе"),
    Block("announcements", "Анонсы"),
    Block("news", "Новости"),
    Block("roadmap", "Дорожная карта"),
    Block("documents", "Документы организации"),
    Block("norms", "Нормативная база"),
    Block("programs", "Программы"),
    Block("results", "Результаты программ"),
    Block("practices", "Лучшие практики"),
    Block("honours", "Доска почёта"),
    Block("recommendations", "Методические рекомендации"),
    Block("photo_reports", "Фотоотчёты"),
    Block("contests", "Конкурсы"),
    Block("join", "Стать наставником"),
    Block("glossary", "Словарь"),
    Block("contacts", "Контакты"),
)
BY_CODE = {block.code: block for block in BLOCKS}


def ordered(section: PublicSection) -> list[Block]:
    """Shown blocks in the school's order with its titles; new ones of the portal stand last."""
    kept = [row for row in section.blocks if row.get("code") in BY_CODE]
    known = {row["code"] for row in kept}
    own = [Block(row["code"], row.get("title") or BY_CODE[row["code"]].title) for row in kept if not row.get("hidden")]  # fmt: skip
    return own + [block for block in BLOCKS if block.code not in known]
