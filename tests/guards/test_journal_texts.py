"""The journal and what stands beside it name nobody: ids and codes only."""

import pytest
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django_tasks_db.models import DBTaskResult

from people.models import JournalEntry, JournalSeal, Person, PurgeRun


@pytest.mark.req("R-213")
def test_journal_of_filled_schools_and_other_logs_hold_ids_and_codes_only(two_schools):
    """Beside the journal: reasons in histories, the log of Django's admin, arguments of tasks, records of purges."""
    labels = {model._meta.label_lower for model in apps.get_models()}
    lines = JournalEntry.objects.values_list("object_type", flat=True).distinct()
    assert set(lines) - labels == set()
    words = {word for row in Person.objects.values_list("last_name", "first_name") for word in row}
    logs = [JournalEntry, JournalSeal, LogEntry, DBTaskResult, PurgeRun]
    kept = [str(row) for model in logs for row in model.objects.values_list()]
    assert len(kept) > 150
    histories = [model for model in apps.get_models() if hasattr(model, "instance_type")]
    kept += [
        reason
        for model in histories
        for reason in model.objects.values_list("history_change_reason", flat=True)
        if reason
    ]
    assert [text for text in kept if any(word in text for word in words if word)] == []
