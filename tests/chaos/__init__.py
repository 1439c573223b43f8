"""Everything is killed at random moments while people work; nothing may be lost or doubled: `python -m tests.chaos`."""
