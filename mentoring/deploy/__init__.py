"""What the Makefile calls: install, prepare, run, check, test. Nothing of the portal imports it."""
