from django.apps import AppConfig


class RoadmapConfig(AppConfig):
    name = "roadmap"
    verbose_name = "Дорожная карта и документы"

    def ready(self):
        from people import events as journal_words
        from people import files, hooks, my_data, retention
        from roadmap import document_permissions, effects, events, values
        from roadmap.forms.destruction import ask_purge
        from roadmap.services import (
            appointments,
            departures,
            destruction,
            kept_papers,
            kept_work,
            signature_act,
        )

        files.register("document", document_permissions.can_read_document_file)
        files.register("public_document", document_permissions.can_read_document_file)
        files.register("pack", document_permissions.can_read_pack)
        files.register("scan", document_permissions.can_read_scan)
        effects.register("curator_order", appointments.appoint)
        effects.register("signature_regulation", signature_act.introduce)
        values.register("purge", values.ValueKind(ask_purge, destruction.own_purge))
        hooks.on_person_left.append(departures.forget_responsibilities)
        retention.still_needed.append(destruction.signatories)
        retention.on_purged.append(destruction.draft_act)
        my_data.register("papers", kept_papers.papers)
        my_data.register("events", kept_papers.events)
        my_data.register("plan", kept_papers.plan)
        my_data.register("office_work", kept_work.work)
        journal_words.register(events.TITLES)
        self.register_evidence()
        self.register_rows()
        self.register_checks()

    def register_checks(self) -> None:
        from people import verification
        from roadmap.services import paper_checks

        for check in (paper_checks.editions, paper_checks.files, paper_checks.destroyed):
            verification.register(check)

    def register_rows(self) -> None:
        from people import files
        from roadmap import effects, event_permissions, library_permissions, values
        from roadmap.forms import rows as asked
        from roadmap.services import order_tasks, row_values

        files.register("event", event_permissions.can_read_event_file)
        files.register("norm", library_permissions.can_read_norm_file)
        for kind in row_values.MODELS:
            values.register(kind, values.ValueKind(asked.asker(kind), row_values.reader(kind)))
        effects.register("working_group_order", order_tasks.found_group)

    def register_evidence(self) -> None:
        from people import calendar_rows, files, reminders
        from roadmap import permissions
        from roadmap.facts import papers, people
        from roadmap.services import calendar, evidence, reminding

        files.register("activity", permissions.can_read_activity_file)
        people.register()
        papers.register()
        reminders.DUTIES.append(evidence.settle)
        reminders.register("order.task", reminding.tasks, "поручения приказов")
        reminders.register("event.tomorrow", reminding.tomorrow, "события завтрашнего дня")
        reminders.register(
            "roadmap.overdue", reminding.overdue, "просроченные мероприятия", office=True
        )
        reminders.register(
            "partner.next", reminding.next_steps, "что дальше с партнёрами", office=True
        )
        calendar_rows.register(calendar.events)
        calendar_rows.register(calendar.tasks)
