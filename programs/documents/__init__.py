"""Papers of this floor; the interface is that of `roadmap/documents`."""
