"""How papers ask which pairs they are about."""

from django import forms

from people.models import Organization
from programs.models import MentoringGroup
from programs.models.groups import GroupState

NOT_OURS = "Такой пары нет. Выберите из списка."


def choosable(organization: Organization, which: str):
    """Pairs by what the paper does: `groups` agreed and without an order, `group` those of a replacement,
    `working_group` working or paused, `any_group` every open one."""
    groups = MentoringGroup.objects.of(organization).select_related("mentor")
    groups = groups.prefetch_related("members__person__pupil").order_by("mentor__last_name", "pk")
    agreed = groups.filter(state=GroupState.ACCEPTED, document=None)
    return {
        "groups": agreed.filter(follows=None),
        "group": agreed.exclude(follows=None).select_related("follows__mentor"),
        "working_group": groups.filter(state__in=[GroupState.ACTIVE, GroupState.PAUSED]),
        "any_group": groups.open(),
    }[which]


class GroupLabel:
    def label_from_instance(self, group) -> str:
        mentees = ", ".join(person.short_name for person in group.mentees)
        return f"{group.mentor.short_name} – {mentees}"


class GroupChoice(GroupLabel, forms.ModelChoiceField):
    pass


class GroupsChoice(GroupLabel, forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple


def ask_groups(organization, **common) -> GroupsChoice:
    errors = {"invalid_choice": NOT_OURS, "invalid_pk_value": NOT_OURS}
    return GroupsChoice(choosable(organization, "groups"), error_messages=errors, **common)


def asker(which: str):
    """`ask` of one kind of value."""

    def ask(organization, **common) -> GroupChoice:
        errors = {"invalid_choice": NOT_OURS}
        return GroupChoice(
            choosable(organization, which),
            empty_label="не выбрана",
            error_messages=errors,
            **common,
        )

    return ask
