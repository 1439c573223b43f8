"""Results of a run by right: who answered, summary per question, a person's own answers."""

from django.db.models import Prefetch

from people.models import AnonymousAnswer, Answer, Membership, Survey, SurveyResponse
from people.permissions import CURATORS, HEADS, has_any
from people.questionnaires import summary
from people.questionnaires.schema import Content
from people.services.answers import values_of
from people.services.questionnaires import content_of

Privacy = Survey.Privacy


def why_no_summary(survey: Survey, number: int) -> str:
    """Russian reason; "" when the summary may be shown. Anonymous: closed and enough answers."""
    if survey.privacy == Privacy.ANONYMOUS and survey.state != Survey.State.CLOSED:
        return "Анонимные ответы можно читать, когда анкетирование закрыто."
    if survey.privacy != Privacy.NAMED and number < survey.minimum:
        return f"Сводки нет: ответили {number}, нужно не меньше {survey.minimum}."
    return "" if number else "Ответов пока нет."


def number_of_answers(survey: Survey) -> int:
    """How many are sent. For an anonymous run this is the number of those marked as answered."""
    return survey.participants.filter(answered=True).count()


def values_of_survey(survey: Survey) -> list[dict]:
    """Values of all sent answers, without names; three queries. Those past their term have lost the person."""
    return values_of_many([survey])[survey.pk]


def values_of_many(surveys: list[Survey]) -> dict[int, list[dict]]:
    """The same by the id of the run; three queries whatever the number of runs."""
    found: dict[int, list[dict]] = {survey.pk: [] for survey in surveys}
    for one in sent(*(survey for survey in surveys if survey.privacy != Privacy.ANONYMOUS)):
        found[one.survey_id].append(values_of({row.question: row for row in one.answers.all()}))
    nameless = AnonymousAnswer.objects.filter(survey__in=found)
    for survey, answers in nameless.values_list("survey", "answers"):
        found[survey].append(answers)
    return found


def sent(*surveys: Survey):
    responses = SurveyResponse.objects.filter(survey__in=surveys, submitted_at__isnull=False)
    answers = Prefetch("answers", queryset=Answer.objects.order_by("question"))
    return (
        responses.select_related("person")
        .prefetch_related(answers)
        .order_by("person__last_name", "person__first_name", "pk")
    )


def summaries(survey: Survey, *, membership: Membership) -> list[summary.Summary]:
    """Per question; what only the curator may read is left out for everybody else."""
    content = content_of(survey.version)
    found = summary.summarise(content, values_of_survey(survey))
    if has_any(membership, CURATORS):
        return found
    return [one for one in found if not one.question.only_curator]


def can_read_named(membership: Membership, survey: Survey) -> bool:
    """Design §3a: the curator; the head unless the run hides the names from management."""
    if survey.privacy == Privacy.ANONYMOUS:
        return False
    if has_any(membership, CURATORS):
        return True
    return survey.privacy == Privacy.NAMED and has_any(membership, HEADS)


def readable_questions(content: Content, membership: Membership, *, own: bool = False):
    """Questions of one person's answers: those kept for the curator are not for the head."""
    if own or has_any(membership, CURATORS):
        return content.questions
    return [question for question in content.questions if not question.only_curator]
