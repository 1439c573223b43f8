"""Where uploaded and finished files lie: a folder (own or shared disk) or a private bucket of an S3-compatible storage.

`FILES_URL=s3://bucket/prefix?endpoint=https://host&region=ru-1`. Nobody gets an address of the bucket: every file is
read through the rights check of the portal.
"""

from urllib.parse import parse_qsl, urlsplit

FOLDER = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
BUCKET = "mentoring.core.private_bucket.PrivateBucket"
PARAMETERS = {"endpoint": "endpoint_url", "region": "region_name"}


def files_backend(url: str, access_key: str = "", secret_key: str = "") -> dict:
    """Value for `STORAGES["default"]`. ValueError names what is wrong with the address, never a key."""
    if not url:
        return FOLDER
    parts = urlsplit(url)
    given = dict(parse_qsl(parts.query))
    if parts.scheme != "s3" or not parts.hostname or "@" in parts.netloc or set(given) - set(PARAMETERS):  # fmt: skip
        raise ValueError(
            "FILES_URL: ожидается s3://корзина/папка?endpoint=https://узел&region=регион, "
            "ключи – в S3_ACCESS_KEY и S3_SECRET_KEY."
        )
    options = {PARAMETERS[name]: value for name, value in given.items()}
    if access_key:
        options |= {"access_key": access_key, "secret_key": secret_key}
    return {
        "BACKEND": BUCKET,
        "OPTIONS": {"bucket_name": parts.netloc, "location": parts.path.strip("/"), **options},
    }
