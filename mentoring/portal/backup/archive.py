"""The tar itself: members with their SHA-256, the manifest last. A cut or changed archive never passes for whole."""

import hashlib
import io
import json
import tarfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from mentoring.portal.backup.encryption import Key, WrongKey, opened

FORMAT = 1
HASH = "MENTORING.sha256"
MANIFEST = "manifest.json"
PIECE = 1 << 20
BROKEN = "Архив повреждён или записан не до конца"


class Broken(Exception):
    """The archive is not whole; the message is Russian."""


class Writer:
    def __init__(self, out: BinaryIO):
        self.tar = tarfile.open(fileobj=out, mode="w|", format=tarfile.PAX_FORMAT, bufsize=PIECE)  # noqa: SIM115  closed by `close`
        self.digest, self.number = hashlib.sha256(), 0

    def add(self, name: str, content: BinaryIO) -> int:
        """Copy a seekable stream from its beginning; gives the size."""
        content.seek(0)
        digest = hashlib.sha256()
        while piece := content.read(PIECE):
            digest.update(piece)
        info = tarfile.TarInfo(name)
        info.size, info.mode, info.mtime = content.tell(), 0o600, int(time.time())
        info.pax_headers = {HASH: digest.hexdigest()}
        content.seek(0)
        self.tar.addfile(info, content)
        self.count(info)
        return info.size

    def count(self, info: tarfile.TarInfo) -> None:
        self.number += 1
        self.digest.update(line_of(info.name, info.size, info.pax_headers[HASH]))

    def close(self, manifest: dict) -> None:
        members = {"number": self.number, "sha256": self.digest.hexdigest()}
        text = json.dumps({**manifest, "members": members}, ensure_ascii=False, indent=1)
        self.add(MANIFEST, io.BytesIO(text.encode()))
        self.tar.close()


def line_of(name: str, size: int, digest: str) -> bytes:
    return f"{name}\0{size}\0{digest}\n".encode()


class Hashed(io.RawIOBase):
    """A member that is hashed while it is read."""

    def __init__(self, member: BinaryIO):
        self.member, self.digest = member, hashlib.sha256()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        piece = self.member.read(len(buffer))
        buffer[: len(piece)] = piece
        self.digest.update(piece)
        return len(piece)


@contextmanager
def reading(path: Path, key: Key) -> Iterator[Iterator[tuple[str, BinaryIO]]]:
    """Members one after another, each checked when it has been read: (name, stream)."""
    try:
        with (
            opened(path, key) as stream,
            tarfile.open(fileobj=stream, mode="r|", bufsize=PIECE) as tar,
        ):
            yield members(tar)
            while stream.read(PIECE):  # to the end: the last piece of the cipher is checked too
                pass
    except (tarfile.TarError, EOFError, UnicodeError, ValueError) as error:
        raise Broken(f"{BROKEN} ({error}).") from error
    except WrongKey as error:
        raise Broken(str(error)) from error


def members(tar: tarfile.TarFile) -> Iterator[tuple[str, BinaryIO]]:
    digest, number, manifest = hashlib.sha256(), 0, None
    for info in tar:
        member = tar.extractfile(info)
        if member is None:
            raise Broken(f"{BROKEN}: лишняя запись «{info.name}».")
        content = Hashed(member)
        if info.name == MANIFEST:
            manifest = json.loads(content.read())
            yield info.name, io.BytesIO(json.dumps(manifest).encode())
        else:
            number += 1
            digest.update(line_of(info.name, info.size, info.pax_headers.get(HASH, "")))
            yield info.name, content
            while content.read(PIECE):
                pass
        if content.digest.hexdigest() != info.pax_headers.get(HASH):
            raise Broken(f"{BROKEN}: не сходится «{info.name}».")
    if manifest is None or manifest["members"] != {"number": number, "sha256": digest.hexdigest()}:
        raise Broken(f"{BROKEN}: нет описи или она не сходится.")


def read_through(path: Path, key: Key) -> dict:
    """Read every byte and check it; gives the manifest. Nothing is kept in memory."""
    manifest = {}
    with reading(path, key) as found:
        for name, content in found:
            if name == MANIFEST:
                manifest = json.loads(content.read())
    if manifest["format"] != FORMAT:
        raise Broken("Архив сделан более новой версией портала. Обновите портал и повторите.")
    return manifest
