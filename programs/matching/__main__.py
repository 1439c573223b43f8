"""`python -m programs.matching < in.json > out.json`: the solver without the portal; see programs/README.md.

Bad input is a Russian sentence on stderr and exit code 2.
"""

import json
import sys

import numpy as np

from programs.matching import MatchingError, Outcome, Problem, reasons, solve

UNIT = (
    "Баллы умножены на scale, к каждому баллу прибавлен bonus наставляемого. Для любой пары mentees[i] + mentors[j] не "
    "меньше её значения, а сумма mentees незакреплённых и mentors, умноженных на оставшиеся места, равна сумме значений "
    "выбранных незакреплённых пар: лучшего распределения нет."
)


def main() -> int:
    try:
        task = read(sys.stdin.read())
        found = solve(task)
    except MatchingError as error:
        print(error, file=sys.stderr)
        return 2
    json.dump(answer(task, found), sys.stdout, ensure_ascii=False, indent=1)
    print()
    return 0


def read(text: str) -> Problem:
    """The task; MatchingError says what is wrong with the file."""
    try:
        data = json.loads(text)
        mentees, mentors = data["mentees"], data["mentors"]
        return Problem(
            mentees=[row["id"] for row in mentees],
            must=np.array([bool(row.get("must")) for row in mentees], bool),
            mentors=[row["id"] for row in mentors],
            capacity=np.array([whole(row["capacity"]) for row in mentors], int),
            scores=table(data["scores"], len(mentees), len(mentors)),
            fixed=[(mentee, mentor) for mentee, mentor in data.get("fixed", [])],
            balance=float(data.get("balance", 0)),
        )
    except MatchingError:
        raise
    except json.JSONDecodeError as error:
        raise MatchingError(f"Это не JSON: строка {error.lineno}, знак {error.colno}.") from error
    except KeyError as error:
        raise MatchingError(f"В данных не хватает поля {error}.") from error
    except (TypeError, ValueError, AttributeError) as error:
        raise MatchingError("Данные записаны не так, как описано в programs/README.md.") from error


def whole(number) -> int:
    if isinstance(number, bool) or int(number) != number:
        raise MatchingError("Число мест должно быть целым.")
    return int(number)


def table(rows: list, n: int, m: int) -> np.ndarray:
    """n×m floats, NaN for null."""
    if len(rows) != n or any(len(row) != m for row in rows):
        raise MatchingError("Таблица баллов не совпадает со списками людей.")
    if any(isinstance(value, (bool, str)) for row in rows for value in row):
        raise MatchingError("Баллы должны быть числами от 0 до 100 или null.")
    found = np.array([[np.nan if value is None else value for value in row] for row in rows], float)
    if np.isinf(found).any():
        raise MatchingError("Баллы должны быть числами от 0 до 100 или null.")
    return found.reshape(n, m)


def answer(task: Problem, found: Outcome) -> dict:
    return {
        "pairs": [list(pair) for pair in found.pairs],
        "served": found.served,
        "must_served": found.must_served,
        "total": round(found.total, 6),
        "duals": {
            "bonus": [int(value) for value in task.bonus],
            "mentees": [int(value) for value in gains(task, found)],
            "mentors": [found.prices[key] for key in task.mentors],
            "scale": task.scale,
            "unit": UNIT,
        },
        "left": [{"id": row.mentee, "reason": row.reason} for row in reasons(task, found)],
    }


def gains(task: Problem, found: Outcome) -> np.ndarray:
    """What each mentee takes at the prices: max(0, worth − price) over the mentors; 0 without mentors."""
    prices = np.array([found.prices[key] for key in task.mentors], np.int64)
    return (task.values - prices).max(axis=1, initial=0)


if __name__ == "__main__":
    sys.exit(main())
