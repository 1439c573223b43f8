"""Forms of the builder: a questionnaire, a section, a question of any type."""

from django import forms

from mentoring.core.forms import ServiceForm
from people.models import Questionnaire
from people.models.catalogues import Catalogue
from people.questionnaires import editing, schema

LINES = forms.Textarea(attrs={"rows": 5})
WITHOUT_PUPILS = [one for one in Questionnaire.Audience.choices if one[0] != "pupil"]


class OwnForm(ServiceForm):
    title = forms.CharField(label="Название", max_length=200)
    audience = forms.ChoiceField(label="Кто отвечает")

    def __init__(self, organization, *args, **kwargs):
        super().__init__(*args, **kwargs)
        pupils = organization.works_with_pupils
        self.fields["audience"].choices = (
            Questionnaire.Audience.choices if pupils else WITHOUT_PUPILS
        )


class IntroForm(ServiceForm):
    title = forms.CharField(label="Название", max_length=200)
    intro = forms.CharField(
        label="Вступление", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class SectionForm(ServiceForm):
    title = forms.CharField(label="Название раздела", max_length=200)
    hint = forms.CharField(label="Пояснение", max_length=300, required=False)


class BankForm(ServiceForm):
    code = forms.ChoiceField(label="Вопрос")

    def __init__(self, bank: dict, *args, **kwargs):
        super().__init__(*args, **kwargs)
        rows = [(code, f"{one.text} ({schema.TYPES[one.type]})") for code, one in bank.items()]
        self.fields["code"].choices = rows


class QuestionForm(ServiceForm):
    """Any question; fields that do not belong to the chosen type are left unread."""

    type = forms.ChoiceField(label="Вид ответа", choices=list(schema.TYPES.items()))
    text = forms.CharField(label="Вопрос", widget=forms.Textarea(attrs={"rows": 2}))
    hint = forms.CharField(label="Пояснение", max_length=300, required=False)
    required = forms.BooleanField(label="Обязательный", required=False)
    options = forms.CharField(
        label="Варианты", required=False, widget=LINES, help_text="Каждый с новой строки. Для одного, нескольких и таблицы.",
    )  # fmt: skip
    catalogue = forms.ChoiceField(
        label="Или варианты из справочника",
        required=False,
        choices=[("", "нет"), *Catalogue.choices],
    )
    other = forms.BooleanField(label="Можно написать своё", required=False)
    max_choices = forms.IntegerField(label="Выбрать не больше", required=False, min_value=1, max_value=30)  # fmt: skip
    rows = forms.CharField(label="Строки таблицы", required=False, widget=LINES)
    min = forms.IntegerField(label="Наименьшее", required=False, help_text="Для числа и шкалы.")
    max = forms.IntegerField(label="Наибольшее", required=False)
    low = forms.CharField(label="Слова у наименьшего", max_length=60, required=False)
    high = forms.CharField(label="Слова у наибольшего", max_length=60, required=False)
    who = forms.ChoiceField(
        label="Из кого выбирать", required=False,
        choices=[("", "участники"), ("mentors", "наставники"), ("mentees", "наставляемые")],
    )  # fmt: skip
    condition = forms.ChoiceField(label="Показать, если на вопрос", required=False)
    condition_any = forms.CharField(
        label="ответили", required=False, max_length=300, help_text="Несколько ответов – через точку с запятой, словами из вопроса."
    )  # fmt: skip
    for_pair = forms.BooleanField(label="Ответ увидит и напарник", required=False)
    only_curator = forms.BooleanField(label="Ответ увидит только куратор", required=False)

    def __init__(self, content: dict, code: str, *args, question: dict | None = None, **kwargs):
        self.known, self.code = question or {}, code
        earlier = earlier_questions(content, code)
        self.words = {one["code"]: words_of(one) for one in earlier}
        kwargs.setdefault("initial", initial_of(self.known, self.words))
        super().__init__(*args, **kwargs)
        rows = [(one["code"], one["text"]) for one in earlier]
        self.fields["condition"].choices = [("", "всегда"), *rows]

    def clean(self):
        cleaned = super().clean()
        code = cleaned.get("condition")
        if code:
            known = {text.lower(): value for value, text in self.words[code].items()}
            wanted = [one.strip().lower() for one in cleaned.get("condition_any", "").split(";")]
            missing = [one for one in wanted if one not in known]
            if missing:
                offered = "; ".join(self.words[code].values())
                self.add_error("condition_any", f"Таких ответов нет. Возможные: {offered}.")
            else:
                cleaned["show_if"] = {"question": code, "any": [known[one] for one in wanted]}
        return cleaned

    def question(self) -> dict:
        """The question as JSON; what the form does not ask (fills, reasons) is kept."""
        values = self.cleaned_data
        kind = values["type"]
        kept = {name: self.known[name] for name in ("fills", "reasons") if self.known.get(name)}
        made = {"code": self.code, "type": kind, "text": " ".join(values["text"].split()), **kept}
        names = ["hint", "required", "for_pair", "only_curator", "show_if", *OF_TYPE.get(kind, [])]
        made.update(
            {name: values[name] for name in names if values.get(name) not in (None, "", False)}
        )
        if kind in schema.CHOOSING and not values["catalogue"]:
            made["options"] = editing.options_from_lines(
                values["options"], self.known.get("options", [])
            )
        if kind == "matrix":
            made["rows"] = editing.options_from_lines(values["rows"], self.known.get("rows", []))
        return made


OF_TYPE = {
    "scale": ["min", "max", "low", "high"], "number": ["min", "max"], "one": ["catalogue", "other"],
    "many": ["catalogue", "other", "max_choices"], "matrix": ["catalogue"], "people": ["who", "max_choices"],
}  # fmt: skip


def earlier_questions(content: dict, code: str) -> list[dict]:
    """Questions before this one whose answer can be a condition."""
    found = []
    for section in content["sections"]:
        for question in section["questions"]:
            if question["code"] == code:
                return found
            if words_of(question):
                found.append(question)
    return found


def words_of(question: dict) -> dict[str, str]:
    """Answer code → its words, for yes/no and own choices."""
    if question["type"] == "yes_no":
        return dict(schema.YES_NO)
    if question["type"] in ("one", "many"):
        return {one["code"]: one["text"] for one in question.get("options", [])}
    return {}


def initial_of(known: dict, words: dict) -> dict:
    initial = {name: value for name, value in known.items() if not isinstance(value, list | dict)}
    for name in ("options", "rows"):
        initial[name] = "\n".join(one["text"] for one in known.get(name, []))
    rule = known.get("show_if")
    if rule and rule["question"] in words:
        titles = words[rule["question"]]
        initial["condition"] = rule["question"]
        initial["condition_any"] = "; ".join(titles.get(one, str(one)) for one in rule["any"])
    return initial
