"""How often something that may be guessed was tried; belongs to no school, since nobody is signed in yet."""

from django.db import models


class Tries(models.Model):
    """One window of one limit. `key`: a hash, so that no address or name is kept; `until`: seconds of the epoch."""

    key = models.CharField(max_length=64, primary_key=True)
    number = models.PositiveIntegerField(default=0)
    until = models.PositiveBigIntegerField(default=0, db_index=True)

    class Meta:
        verbose_name = "счётчик попыток"
        verbose_name_plural = "счётчики попыток"
