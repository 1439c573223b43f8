"""Forms of the public section, of publications with people and photos, of the honour board."""

from django import forms
from django.db.models import Q
from django.utils import timezone
from django_prose_editor.fields import ProseEditorFormField

from mentoring.core.forms import ServiceForm
from people.forms.consents import PeopleTicks, present
from people.models import Person, PublicAddress
from programs.forms.groups import OnePerson
from programs.forms.programs import area
from programs.models import Award, HonourEntry, Program, Publication, PublicSection
from programs.models.programs import ProgramState
from roadmap.models import Event, Posting, RoadmapStage

# Only the elements that mentoring/core/rich_text.py lets through; a table is rarely needed in news.
EDITOR = {
    "Bold": True, "Italic": True, "HardBreak": True, "Link": {"enableTarget": False}, "Heading": {"levels": [2, 3]},
    "BulletList": True, "OrderedList": {"enableListAttributes": False}, "ListItem": True, "History": True,
}  # fmt: skip


class SectionForm(ServiceForm):
    title = forms.CharField(label="Заголовок раздела", max_length=120)
    intro = forms.CharField(label="О программе", required=False, widget=area(5), help_text="Три-пять предложений: зачем школе наставничество и для кого оно.")  # fmt: skip
    contacts = forms.CharField(label="Контакты", required=False, widget=area(4), help_text="Должность ответственного, служебные телефон и почта, время приёма. Без имён.")  # fmt: skip
    theme = forms.ChoiceField(label="Оформление", choices=PublicSection.Theme)
    accent = forms.CharField(label="Цвет школы", required=False, max_length=7, help_text="Вида #0b5a66. Пусто – цвет оформления.")  # fmt: skip
    parents = forms.CharField(label="Сайты, где раздел можно встроить", required=False, widget=area(3), help_text="По одному адресу в строке: https://school.example. На других сайтах браузер раздел не покажет.")  # fmt: skip
    site_address = forms.ModelChoiceField(PublicAddress.objects.none(), label="Страница раздела на сайте школы", required=False, empty_label="раздел только в портале", help_text="Из списка адресов в согласиях: человек виден на сайте, только если его согласие называет и этот адрес.")  # fmt: skip

    def __init__(self, section: PublicSection, *args, **kwargs):
        names = ("title", "intro", "contacts", "theme", "accent", "site_address")
        first = {name: getattr(section, name) for name in names}
        kwargs["initial"] = {**first, "parents": "\n".join(section.parents)}
        super().__init__(*args, **kwargs)
        rows = PublicAddress.objects.of(section.organization).exclude(pk=section.page_address_id)
        self.fields["site_address"].queryset = rows.filter(Q(archived=False) | Q(pk=section.site_address_id))  # fmt: skip

    def clean_parents(self) -> list[str]:
        return self.cleaned_data["parents"].split()


class StageChoice(forms.ModelChoiceField):
    def label_from_instance(self, stage) -> str:
        return f"{stage.title} ({stage.roadmap.year_start}/{(stage.roadmap.year_start + 1) % 100:02d})"  # fmt: skip


class EventChoice(forms.ModelChoiceField):
    def label_from_instance(self, event) -> str:
        return f"{timezone.localtime(event.starts_at):%d.%m.%Y}, {event.title}"


class ProgramChoice(forms.ModelChoiceField):
    def label_from_instance(self, program) -> str:
        return f"{program.title}, завершена {program.completed_on:%d.%m.%Y}"


class PublicationForm(ServiceForm):
    kind = forms.ChoiceField(label="Вид", choices=Publication.Kind)
    title = forms.CharField(label="Заголовок", max_length=200)
    lead = forms.CharField(label="Коротко", required=False, max_length=300, widget=area(2), help_text="Одно-два предложения для списка. Без имён.")  # fmt: skip
    body = ProseEditorFormField(label="Текст", required=False, config={"extensions": EDITOR}, help_text="Вместо имени поставьте отметку {1}, {2}… и добавьте человека в «Люди в публикации»: имя увидят только там, где есть согласие.")  # fmt: skip
    publish_on = forms.DateField(label="Опубликовать", help_text="Можно выбрать будущий день: до него публикацию не увидят.")  # fmt: skip
    until = forms.DateField(label="Показывать по", required=False, help_text="Для анонса, если нет события. Пусто – без срока.")  # fmt: skip
    author = OnePerson(Person.objects.none(), label="Автор", required=False, empty_label="не указан")  # fmt: skip
    stage = StageChoice(RoadmapStage.objects.none(), label="Этап дорожной карты", required=False, empty_label="не связано")  # fmt: skip
    event = EventChoice(Event.objects.none(), label="Событие", required=False, empty_label="не связано")  # fmt: skip
    program = ProgramChoice(Program.objects.none(), label="Завершённая программа", required=False, empty_label="не выбрана", help_text="Для результата. Идущих программ в списке нет: их результат публикуют после завершения.")  # fmt: skip
    postings = forms.ModelMultipleChoiceField(Posting.objects.none(), label="Где ещё вышло", required=False, widget=forms.CheckboxSelectMultiple, help_text="Публикации вовне, записанные в разделе «Партнёры».")  # fmt: skip

    def __init__(self, organization, *args, **kwargs):
        super().__init__(*args, **kwargs)
        fields = self.fields
        fields["author"].queryset = present(organization)
        fields["stage"].queryset = RoadmapStage.objects.of(organization).select_related("roadmap").order_by("-roadmap__year_start", "sort_index", "pk")  # fmt: skip
        fields["event"].queryset = Event.objects.of(organization).exclude(state=Event.State.CANCELLED)  # fmt: skip
        fields["program"].queryset = Program.objects.of(organization).filter(state=ProgramState.COMPLETED).order_by("-completed_on")  # fmt: skip
        fields["postings"].queryset = Posting.objects.of(organization)

    def service_arguments(self) -> dict:
        return {**self.cleaned_data, "postings": list(self.cleaned_data["postings"])}


class PublicationFilter(forms.Form):
    kind = forms.ChoiceField(label="Вид", required=False, choices=[("", "все"), *Publication.Kind.choices])  # fmt: skip
    state = forms.ChoiceField(label="Состояние", required=False, choices=[("", "любое"), *Publication.State.choices])  # fmt: skip


class MarkForm(ServiceForm):
    person = OnePerson(Person.objects.none(), label="Кто", empty_label="выберите")
    instead = forms.CharField(label="Как назвать без имени", max_length=120, initial="педагог", help_text="Стоит в тексте там, где имя показывать нельзя: «учитель математики». В нужном падеже.")  # fmt: skip

    def __init__(self, publication: Publication, *args, **kwargs):
        super().__init__(*args, **kwargs)
        marked = publication.marks.values("person")
        self.fields["person"].queryset = present(publication.organization).exclude(pk__in=marked)


class InsteadForm(ServiceForm):
    instead = MarkForm.base_fields["instead"]


class PhotoForm(ServiceForm):
    file = forms.FileField(label="Фотография", help_text="JPEG, PNG или WebP до 15 МБ. Портал уменьшит снимок и уберёт из него место и время съёмки.", widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}))  # fmt: skip
    alt = forms.CharField(label="Что на снимке", max_length=200, help_text="Для тех, кто не видит картинку: «Участники семинара за круглым столом». Без имён.")  # fmt: skip


class AltForm(ServiceForm):
    alt = PhotoForm.base_fields["alt"]


class PhotoPeopleForm(ServiceForm):
    nobody = forms.BooleanField(label="Узнать никого нельзя", required=False)
    people = PeopleTicks(Person.objects.none(), label="Кого можно узнать", required=False)

    def __init__(self, photo, *args, **kwargs):
        people = list(photo.people.all())
        kwargs["initial"] = {"people": people, "nobody": photo.people_marked and not people}
        super().__init__(*args, **kwargs)
        kept = Person.objects.of(photo.organization).filter(pk__in=[one.pk for one in people])
        self.fields["people"].queryset = present(photo.organization) | kept


class AwardChoice(forms.ModelChoiceField):
    def label_from_instance(self, award) -> str:
        return f"{award.get_kind_display().capitalize()}, {award.decided_on:%d.%m.%Y}: {award.person.short_name}"  # fmt: skip


class HonourForm(ServiceForm):
    merit = forms.CharField(label="За что", max_length=300, widget=area(2), help_text="Без имени: его покажет сама доска, если есть согласие.")  # fmt: skip
    award = AwardChoice(Award.objects.none(), label="Поощрение", required=False, empty_label="не указано")  # fmt: skip
    since = forms.DateField(label="Показывать с")
    until = forms.DateField(label="Показывать по", required=False)

    def __init__(self, organization, *args, person: Person | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        rows = Award.objects.of(organization).filter(state=Award.State.GIVEN).exclude(kind__in=Award.RESTRICTED)  # fmt: skip
        rows = rows.filter(person=person) if person else rows
        self.fields["award"].queryset = rows.select_related("person")


class NewHonourForm(HonourForm):
    person = OnePerson(Person.objects.none(), label="Кто", empty_label="выберите")

    def __init__(self, organization, *args, **kwargs):
        super().__init__(organization, *args, **kwargs)
        shown = HonourEntry.objects.of(organization).values("person")
        self.fields["person"].queryset = present(organization).exclude(pk__in=shown)
        self.order_fields(["person", "merit", "award", "since", "until"])


class HonourPhotoForm(ServiceForm):
    file = PhotoForm.base_fields["file"]


class ArchiveForm(ServiceForm):
    with_people = forms.TypedChoiceField(
        label="Люди в архиве", coerce=lambda value: value == "yes", initial="no", widget=forms.RadioSelect,
        choices=[("no", "без имён и фотографий людей"), ("yes", "с именами и фотографиями тех, кто согласился")],
        help_text="Файл на сайте сам не обновится. Если в нём есть люди, после отзыва согласия его нужно заменить за три рабочих дня: портал напомнит.",
    )  # fmt: skip

    def __init__(self, section: PublicSection, *args, **kwargs):
        super().__init__(*args, **kwargs)
        address = section.site_address
        if address:
            self.fields["with_people"].choices = [
                ("no", "без имён и фотографий людей"), ("yes", f"с именами и фотографиями тех, чьё согласие называет «{address.title}»"),
            ]  # fmt: skip
