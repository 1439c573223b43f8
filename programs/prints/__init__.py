"""Papers of this floor without approval and register."""
