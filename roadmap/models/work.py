"""What an order asks of people: its items with a deadline, and working groups (R-218, R-116)."""

from django.db import models
from django.db.models import Q

from mentoring.core.tenancy import OwnedModel


class OrderTask(OwnedModel):
    """An item of an order with a deadline and one who answers for it; it shows when the order is in force."""

    document = models.ForeignKey("roadmap.Document", models.CASCADE, related_name="tasks")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="order_tasks")
    text = models.CharField("что сделать", max_length=500)
    due_on = models.DateField("срок", null=True, blank=True)
    done_on = models.DateField("сделано", null=True, blank=True)
    done_note = models.CharField("чем подтверждено", max_length=300, blank=True)

    class Meta:
        verbose_name = "поручение приказа"
        verbose_name_plural = "поручения приказов"
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["organization", "done_on", "due_on"])]

    def __str__(self) -> str:
        return self.text


class WorkingGroup(OwnedModel):
    """A group made by an order: who leads it and who is in it."""

    title = models.CharField("название", max_length=300)
    document = models.OneToOneField(
        "roadmap.Document", models.PROTECT, related_name="working_group", verbose_name="приказ"
    )
    starts_on = models.DateField("с")
    ends_on = models.DateField("по", null=True, blank=True)

    class Meta:
        verbose_name = "рабочая группа"
        verbose_name_plural = "рабочие группы"
        ordering = ["-starts_on", "-pk"]

    def __str__(self) -> str:
        return self.title


class WorkingGroupMember(OwnedModel):
    group = models.ForeignKey(WorkingGroup, models.CASCADE, related_name="members")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="working_groups")
    leads = models.BooleanField("руководитель", default=False)

    class Meta:
        verbose_name = "член рабочей группы"
        verbose_name_plural = "члены рабочих групп"
        ordering = ["-leads", "person__last_name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["group", "person"], name="working_group_member_once"),
            models.UniqueConstraint(
                fields=["group"], condition=Q(leads=True), name="working_group_one_leader"
            ),
        ]
