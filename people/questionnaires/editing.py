"""Changes of a questionnaire's content as pure functions: JSON in, new JSON out."""

import copy
import secrets


def new_code(content: dict, wish: str = "") -> str:
    """A code that is not used yet; `wish` when it is free."""
    used = {
        question["code"] for section in content["sections"] for question in section["questions"]
    }
    if wish and wish not in used:
        return wish
    return f"q_{secrets.token_hex(3)}"


def find(content: dict, code: str) -> tuple[int, int]:
    """(place of the section, place of the question); KeyError for an unknown code."""
    for section_place, section in enumerate(content["sections"]):
        for place, question in enumerate(section["questions"]):
            if question["code"] == code:
                return section_place, place
    raise KeyError(code)


def with_question(content: dict, section: int, question: dict) -> dict:
    """The question added at the end of a section."""
    made = copy.deepcopy(content)
    made["sections"][section]["questions"].append(question)
    return made


def replaced(content: dict, code: str, question: dict) -> dict:
    made = copy.deepcopy(content)
    section, place = find(made, code)
    made["sections"][section]["questions"][place] = question
    return made


def without(content: dict, code: str) -> dict:
    made = copy.deepcopy(content)
    section, place = find(made, code)
    del made["sections"][section]["questions"][place]
    return made


def moved(content: dict, code: str, step: int) -> dict:
    """One place up (-1) or down (1), over the border of a section too."""
    made = copy.deepcopy(content)
    section, place = find(made, code)
    question = made["sections"][section]["questions"].pop(place)
    target = place + step
    if target < 0 and section > 0:
        made["sections"][section - 1]["questions"].append(question)
    elif target > len(made["sections"][section]["questions"]) and section + 1 < len(
        made["sections"]
    ):
        made["sections"][section + 1]["questions"].insert(0, question)
    else:
        made["sections"][section]["questions"].insert(max(target, 0), question)
    return made


def with_section(content: dict, title: str, hint: str = "") -> dict:
    made = copy.deepcopy(content)
    made["sections"].append(
        {"code": f"s_{secrets.token_hex(3)}", "title": title, "hint": hint, "questions": []}
    )
    return made


def section_changed(content: dict, section: int, title: str, hint: str) -> dict:
    made = copy.deepcopy(content)
    made["sections"][section].update(title=title, hint=hint)
    return made


def without_section(content: dict, section: int) -> dict:
    """Only an empty section goes; ValueError otherwise."""
    if content["sections"][section]["questions"]:
        raise ValueError("В разделе есть вопросы. Сначала переставьте или удалите их.")
    made = copy.deepcopy(content)
    del made["sections"][section]
    return made


def options_from_lines(text: str, known: list[dict]) -> list[dict]:
    """A choice per line. A line that stood before keeps its code wherever it stands now; while none is
    added or taken away, a changed line is a rewording and keeps the code too: answers stay comparable.
    """
    lines = list(dict.fromkeys(filter(None, (" ".join(one.split()) for one in text.splitlines()))))
    codes = {row["text"]: row["code"] for row in known}
    left = [row["code"] for row in known if row["text"] not in lines]
    reworded = iter(left if len(lines) == len(known) else [])
    return [
        {"code": codes.get(line) or next(reworded, None) or f"o_{secrets.token_hex(3)}", "text": line}
        for line in lines
    ]  # fmt: skip
