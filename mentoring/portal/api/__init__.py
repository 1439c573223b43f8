"""The read API under /api/v1/: own figures and reports of an organization, requests and summaries of an authority."""
