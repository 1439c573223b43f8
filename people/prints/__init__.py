"""Papers without approval and register: consents, access cards, blanks of questionnaires (design §2)."""
