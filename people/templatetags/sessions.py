"""Words for the list of sessions."""

from django import template

from people import devices

register = template.Library()
register.filter("device", devices.device)
