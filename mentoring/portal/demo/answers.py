"""Plausible answers of demo people, drawn by a seed."""

import datetime as dt
import random

from people.models import Person
from people.questionnaires.answers import kept
from people.questionnaires.schema import Content, Question

USUAL = 7.5  # of 10
WORDS = {
    "request_text": ["Хочу увереннее вести родительские собрания.", "Не хватает приёмов, чтобы удержать внимание группы.", "Нужна помощь с рабочей программой и журналом."],
    "mentor_traits": ["Терпеливый, с чувством юмора.", "Тот, кто придёт на моё занятие и честно скажет.", "С опытом в моём предмете."],
    "expected": ["Спокойствия и уверенности.", "Понятного плана на год.", "Чтобы было к кому прийти с вопросом."],
    "most_valuable": ["Живой пример на занятии.", "Доверие.", "Обратная связь без оценок."],
    "achievements": ["Дважды готовили призёров олимпиад.", "Веду методическое объединение.", "Авторская программа кружка."],
    "interests": ["походы и фотография", "хоровое пение", "шахматы, книги"],
    "mentee_wishes": ["Коллегу моего предмета, первый-второй год работы.", "Того, кто хочет пробовать новое.", "Возраст не важен."],
    "helps": ["Открытые уроки друг у друга.", "Короткие встречи каждую неделю.", "Готовые разработки наставника."],
    "hinders": ["Мало времени на встречи.", "Не совпадает расписание.", "Много отчётов помимо работы."],
    "missed": ["Времени на совместное планирование.", "Занятий по работе с родителями.", "Встреч с другими парами."],
    "strong": ["Опытные наставники, которым доверяют.", "Поддержка руководителя."],
    "weak": ["Мало часов на совместную работу.", "Обратная связь собирается не сразу."],
    "opportunities": ["Курсы регионального центра наставничества.", "Студенты педагогического колледжа."],
    "threats": ["Большая нагрузка у наставников.", "Молодые педагоги уезжают в город."],
    "trained_where": ["Школа наставников при институте развития образования, 24 часа"],
    "met_where": ["на практике в колледже", "в прежней школе"],
}  # fmt: skip


def draw_answers(content: Content, person: Person, chance: random.Random, day: dt.date, mark: float = USUAL) -> dict:  # fmt: skip
    """Values of every question that is shown; about a third of the optional texts stay empty. `mark`: mean of scales."""
    values = {}
    for question in content.questions:
        if not question.required and chance.random() < 0.3:
            continue
        value = draw(question, person, chance, day, mark)
        if value is not None:
            values[question.code] = value
    return kept(content, values)


def draw(question: Question, person: Person, chance: random.Random, day: dt.date, mark: float = USUAL):  # fmt: skip
    if question.code == "willing" or question.code == "listed":
        return "yes"
    if question.code == "subject":
        return person.subject or person.job_title
    if question.code == "experience_years":
        return max(person.teaching_experience_on(day) or 0, 0)
    if question.type in ("text", "long_text"):
        return chance.choice(WORDS.get(question.code, ["Пока трудно сказать."]))
    if question.type == "scale":
        return min(10, max(1, round(chance.gauss(mark, 1.6))))
    if question.type == "number":
        return chance.randint(question.min or 1, min(question.max or 10, (question.min or 1) + 3))
    if question.type == "yes_no":
        return chance.choices(["yes", "no", "unsure"], [6, 2, 2])[0]
    if question.type == "one" and question.options:
        return chance.choice(question.options).code
    if question.type == "matrix":
        weights = [
            4**place for place in range(len(question.options))
        ]  # the best mark is the likeliest
        codes = [one.code for one in question.options]
        return {row.code: chance.choices(codes, weights)[0] for row in question.rows}
    if question.type == "many" and question.options:
        number = min(len(question.options), chance.randint(2, 4))
        codes = {one.code for one in chance.sample(question.options, number)}
        ordered = [one.code for one in question.options if one.code in codes]
        return {"codes": ordered, "other": ""}
    return None
