"""A bucket that only the portal reads (package `django-storages[s3]`, extra `[s3]`)."""

from botocore.config import Config
from storages.backends.s3 import S3Storage

# A storage that does not answer must not hold a thread of the web server for minutes.
CONNECT_SECONDS, READ_SECONDS, ATTEMPTS = 5, 30, 3


class PrivateBucket(S3Storage):
    """Objects without rights of their own, never overwritten, without addresses."""

    def get_default_settings(self) -> dict:
        return super().get_default_settings() | {
            "default_acl": None,  # what the bucket says: private
            "file_overwrite": False,
            "addressing_style": "path",
            "client_config": Config(
                s3={"addressing_style": "path"},
                signature_version="s3v4",
                connect_timeout=CONNECT_SECONDS,
                read_timeout=READ_SECONDS,
                retries={"max_attempts": ATTEMPTS, "mode": "standard"},
            ),
        }

    def url(self, name, *args, **kwargs):
        raise NotImplementedError("Files are read through the portal's rights check.")
