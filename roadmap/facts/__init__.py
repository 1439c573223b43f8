"""Facts of this floor and of the one below: papers, events, library, partners, banks, consents, questionnaires."""
