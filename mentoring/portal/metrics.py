"""Figures for Prometheus, where `prometheus-client` is installed (extra `[metrics]`) and METRICS_TOKEN or METRICS_FROM is set.

Requests are counted by route, never by path; what the portal keeps in its tables is asked at each scrape. A web server of
several processes needs PROMETHEUS_MULTIPROC_DIR, an empty folder that its processes share.
"""

import os
import secrets

from django.conf import settings
from django.utils import timezone

from mentoring.core import request_log
from mentoring.core.backups import last_backup
from mentoring.portal.state import safety, work

try:
    import prometheus_client as prometheus
except ImportError:
    prometheus = None

if prometheus:
    SECONDS = prometheus.Histogram(
        "portal_request_seconds", "Time of a request.", ["method", "route", "status"]
    )
    QUERIES = prometheus.Counter(
        "portal_request_queries", "Queries of the requests.", ["method", "route"]
    )


def switched_on() -> bool:
    return bool(prometheus and (settings.METRICS_TOKEN or settings.METRICS_FROM))


def may_ask(request) -> bool:
    """By the token, or from a listed address; who comes through the proxy has the proxy's address and no right by it."""
    word, _, token = request.headers.get("Authorization", "").partition(" ")
    if settings.METRICS_TOKEN and word == "Bearer":
        return secrets.compare_digest(token.encode(), settings.METRICS_TOKEN.encode())
    forwarded = "X-Forwarded-For" in request.headers
    return not forwarded and request.META.get("REMOTE_ADDR") in settings.METRICS_FROM


def observe(trace, response) -> None:
    """Called after each request (`request_log.FINISHED`)."""
    if switched_on():
        facts = trace.facts()
        route = facts["route"] or "none"
        SECONDS.labels(facts["method"], route, response.status_code).observe(trace.seconds())
        QUERIES.labels(facts["method"], route).inc(trace.queries)


def text() -> bytes:
    """Some four queries besides what is counted in memory."""
    registry = prometheus.CollectorRegistry()
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        from prometheus_client import multiprocess

        multiprocess.MultiProcessCollector(registry)
        counted = prometheus.generate_latest(registry)
    else:
        counted = prometheus.generate_latest(prometheus.REGISTRY)
    return counted + prometheus.generate_latest(kept())


def kept():
    now = timezone.now()
    registry = prometheus.CollectorRegistry()
    figures = {f"portal_tasks_{name}": value for name, value in work.tasks(now).items()}
    figures |= {f"portal_letters_{name}": value for name, value in work.letters(now, None).items()}
    backup, oldest = last_backup(), safety.oldest_unsealed(None)
    figures["portal_backup_age_seconds"] = (now - backup.at).total_seconds() if backup else -1
    figures["portal_unsealed_seconds"] = (now - oldest).total_seconds() if oldest else 0
    for name, value in figures.items():
        prometheus.Gauge(name, name.replace("_", " "), registry=registry).set(value)
    return registry


def register() -> None:
    request_log.FINISHED.append(observe)
