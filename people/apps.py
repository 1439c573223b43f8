from django.apps import AppConfig

LETTER_WORDS = {
    "letters.released": "Рассылка отправлена",
    "letters.dropped": "Рассылка отменена",
    "calendar.opened": "Выдан адрес календаря",
    "calendar.closed": "Адрес календаря отозван",
}


class PeopleConfig(AppConfig):
    name = "people"
    verbose_name = "Люди и организации"

    def ready(self):
        from people import (
            calendar_rows,
            channels,
            file_rules,
            files,
            hooks,
            kept,
            purposes,
            rate_limits,
            recovery_codes,  # noqa: F401 – connects itself
            reminders,
        )
        from people import events as journal_words
        from people.services import (
            banks,
            consents,
            purge_reminder,
            reminding,
            sessions,
            survey_calendar,
        )
        from people.services.email_channel import EmailChannel

        self.register_checks()
        rate_limits.install()
        kept.register()
        purposes.register()
        files.register("consent", file_rules.can_read_consent_file)
        hooks.on_person_left.append(banks.leave_with_person)
        reminders.DUTIES.append(consents.expire_due)
        reminders.DUTIES.append(sessions.end_of_leavers)
        reminders.register("survey.remind", reminding.unanswered, "анкеты без ответа")
        reminders.register("consent.remind", reminding.unsigned, "согласия, которые ждут решения")
        reminders.register(
            "consent.expiring", reminding.expiring, "согласия, которые заканчиваются"
        )
        reminders.register(
            "consent.age",
            reminding.grown_up,
            "обучающиеся, которым исполнилось 14 или 18",
            office=True,
        )
        reminders.register(
            "bank.review",
            reminding.stale_cards,
            "сведения, которые пора проверить",
            office=True,
        )
        reminders.register(
            "purge.due", purge_reminder.overdue, "данные с истёкшим сроком", office=True
        )
        journal_words.register(LETTER_WORDS)
        channels.CHANNELS.append(EmailChannel())
        calendar_rows.register(survey_calendar.surveys)

    def register_checks(self) -> None:
        from people import verification
        from people.services import consent_checks, file_checks, journal_checks

        for check in (journal_checks.journal, file_checks.files, consent_checks.consents):
            verification.register(check)
