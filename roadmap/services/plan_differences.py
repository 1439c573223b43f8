"""What changed between two snapshots of a roadmap, in Russian lines (R-109)."""

from roadmap.services.plan_words import shortened

LEVELS = {
    "stage": ("этап", "этапа", "Добавлен этап", "Удалён этап"),
    "block": ("блок", "блока", "добавлен блок", "удалён блок"),
    "activity": ("мероприятие", "мероприятия", "добавлено мероприятие", "удалено мероприятие"),
}
PRINTED = (
    ("title", "изменено название"),
    ("period", "изменён срок"),
    ("responsible", "изменены ответственные"),
)


def differences(old: dict, new: dict) -> list[str]:
    """Lines such as «Этап 2: изменён срок мероприятия «…»»; a removed stage counts its lines."""
    lines = []
    if old["title"] != new["title"]:
        lines.append("Изменено название карты.")
    if old["columns"] != new["columns"]:
        lines.append("Изменены графы таблицы.")
    if old["numbering"] != new["numbering"]:
        lines.append("Изменена нумерация строк.")
    if old["footnote"] != new["footnote"]:
        lines.append("Изменена сноска.")
    before, after = flat(old), flat(new)
    gone_stages = {key for key in before if key[0] == "stage" and key not in after}
    lines += [removed_words(key, before) for key in gone_and_told(before, after, gone_stages)]
    for key, entry in after.items():
        if key not in before:
            lines.append(added_words(key, entry))
        else:
            lines += changed_words(key, before[key], entry)
    return lines + order_words(before, after)


def flat(data: dict) -> dict[tuple[str, int], dict]:
    """(level, id) → {"row", "stage" (number), "stage_id", "parent"} in the order of printing."""
    found = {}

    def add(level: str, row: dict, stage: dict, parent: tuple) -> None:
        found[level, row["id"]] = {
            "row": row, "stage": stage["number"].rstrip("."), "stage_id": stage["id"], "parent": parent,
        }  # fmt: skip

    for stage in data["stages"]:
        add("stage", stage, stage, ())
        for block in stage["blocks"]:
            add("block", block, stage, ("stage", stage["id"]))
            for line in block["activities"]:
                add("activity", line, stage, ("block", block["id"]))
        for line in stage["activities"]:
            add("activity", line, stage, ("stage", stage["id"]))
    return found


def gone_and_told(before: dict, after: dict, gone_stages: set) -> list[tuple]:
    """Removed rows, without those that went with their stage."""
    gone = [key for key in before if key not in after]
    return [
        key
        for key in gone
        if key in gone_stages or ("stage", before[key]["stage_id"]) not in gone_stages
    ]


def removed_words(key: tuple, before: dict) -> str:
    level, row = key[0], before[key]["row"]
    quoted = f"«{shortened(row['title'])}»"
    if level == "stage":
        count = sum(
            1
            for (one, _), entry in before.items()
            if one == "activity" and entry["stage_id"] == key[1]
        )
        return f"{LEVELS[level][3]} {quoted}, строк в нём: {count}."
    return f"Этап {before[key]['stage']}: {LEVELS[level][3]} {quoted}."


def added_words(key: tuple, entry: dict) -> str:
    level, quoted = key[0], f"«{shortened(entry['row']['title'])}»"
    if level == "stage":
        return f"{LEVELS[level][2]} {entry['stage']} {quoted}."
    return f"Этап {entry['stage']}: {LEVELS[level][2]} {quoted}."


def changed_words(key: tuple, old: dict, new: dict) -> list[str]:
    """One line for each printed value of a row that differs."""
    level, (row, was) = key[0], (new["row"], old["row"])
    named = "" if level == "stage" else f" {LEVELS[level][1]} «{shortened(row['title'])}»"
    lines = [
        f"Этап {new['stage']}: {words}{named}."
        for name, words in PRINTED
        if name in row and name in was and row[name] != was[name]
    ]
    if row.get("extra", {}) != was.get("extra", {}):
        lines.append(f"Этап {new['stage']}: изменены дополнительные графы{named}.")
    if old["parent"] != new["parent"]:
        verb = "перенесено мероприятие" if level == "activity" else "перенесён блок"
        lines.append(f"Этап {new['stage']}: {verb} «{shortened(row['title'])}».")
    return lines


def order_words(before: dict, after: dict) -> list[str]:
    """One line for each holder whose kept rows stand in another order."""
    lines = []
    for level in LEVELS:
        old, new = children(before, after, level), children(after, before, level)
        for parent, keys in new.items():
            if old.get(parent) and sorted(old[parent]) == sorted(keys) and old[parent] != keys:
                stage = after[keys[0]]["stage"]
                lines.append(
                    "Изменён порядок этапов."
                    if level == "stage"
                    else f"Этап {stage}: изменён порядок строк."
                )
    return list(dict.fromkeys(lines))


def children(rows: dict, other: dict, level: str) -> dict[tuple, list[tuple]]:
    """Rows of the level that are in both and have the same holder in both, by holder."""
    found: dict[tuple, list[tuple]] = {}
    for key, entry in rows.items():
        if key[0] == level and key in other and other[key]["parent"] == entry["parent"]:
            found.setdefault(entry["parent"], []).append(key)
    return found
