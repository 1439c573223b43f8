"""The portal's settings for the storm: quick passwords, since the clients sign in all the time, and nothing else."""

from mentoring.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
