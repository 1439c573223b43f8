from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "people"
    verbose_name = "Люди и организации"

    def ready(self):
        from people import file_rules, files, hooks, kept, purposes, reminders
        from people.services import banks, consents, purge_reminder, reminding

        kept.register()
        purposes.register()
        files.register("consent", file_rules.can_read_consent_file)
        hooks.on_person_left.append(banks.leave_with_person)
        reminders.DUTIES.append(consents.expire_due)
        reminders.register("survey.remind", reminding.unanswered)
        reminders.register("consent.remind", reminding.unsigned)
        reminders.register("consent.expiring", reminding.expiring)
        reminders.register("consent.age", reminding.grown_up)
        reminders.register("bank.review", reminding.stale_cards)
        reminders.register("purge.due", purge_reminder.overdue)
