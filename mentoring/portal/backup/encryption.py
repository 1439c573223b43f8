"""Encrypting an archive with age (https://age-encryption.org), by the package pyrage; streamed and authenticated.

For a public key (`age1…`) the result is a plain age file: the server that makes copies cannot read them.
For a passphrase age encrypts whole texts only, so an identity made for this one archive encrypts the stream and
stands before it, itself encrypted by the passphrase: MAGIC, the length in eight digits, the identity, the stream.
"""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

import pyrage

MAGIC = b"mentoring-locked-1\n"
AGE = b"age-encryption.org/v1"
BUFFER = 1 << 20


class WrongKey(Exception):
    """The archive cannot be opened with what was given; the message is Russian."""


@dataclass(frozen=True)
class Key:
    """What locks and opens; all empty: the archive is plain. `identity`: text of an age identity file."""

    passphrase: str = ""
    recipient: str = ""
    identity: str = ""

    @property
    def suffix(self) -> str:
        return ".age" if self.recipient else ".locked" if self.passphrase else ""


def for_writing(key: Key) -> Key:
    """The key of one archive: what is locked by a passphrase gets an identity of its own."""
    if not key.passphrase:
        return key
    return replace(key, identity=str(pyrage.x25519.Identity.generate()))


def for_reading(path: Path, key: Key) -> Key:
    """The identity once for all readings: a passphrase is slow on purpose, about a second."""
    with path.open("rb") as source:
        identity = identity_of(source, key)
    return Key(identity=str(identity)) if identity else key


@contextmanager
def locked(out: BinaryIO, key: Key) -> Iterator[BinaryIO]:
    """A stream to write into; what arrives in `out` is encrypted."""
    if key.recipient:
        recipient = pyrage.x25519.Recipient.from_str(key.recipient)
    elif key.passphrase:
        recipient = pyrage.x25519.Identity.from_str(key.identity).to_public()
        secret = pyrage.passphrase.encrypt(key.identity.encode(), key.passphrase)
        out.write(MAGIC + b"%08d" % len(secret) + secret)
    else:
        yield out
        return
    kept = Kept(out)
    try:
        with through(lambda reader: pyrage.encrypt_io(reader, kept, [recipient])) as writer:
            yield writer
    except pyrage.EncryptError:
        if kept.error:
            raise kept.error from None
        raise


class Kept:
    """Keeps the error of the disk, of which pyrage passes on the text alone."""

    def __init__(self, out: BinaryIO):
        self.out, self.error = out, None

    def write(self, piece: bytes) -> int:
        try:
            return self.out.write(piece)
        except OSError as error:
            self.error = error
            raise

    def flush(self) -> None:
        self.out.flush()


@contextmanager
def through(work: Callable[[BinaryIO], None]) -> Iterator[BinaryIO]:
    """A pipe whose other end is read by `work` in a thread; its exception becomes ours."""
    read_end, write_end = os.pipe()
    failed: list[BaseException] = []
    thread = started(work, os.fdopen(read_end, "rb"), failed)
    try:
        with open(write_end, "wb", buffering=BUFFER) as writer:
            yield writer
    finally:
        thread.join()
        if failed:  # otherwise the caller would only learn of a broken pipe
            raise failed[0]


@contextmanager
def opened(path: Path, key: Key) -> Iterator[BinaryIO]:
    """The plain archive as a stream."""
    with path.open("rb") as source:
        identity = identity_of(source, key)
        if identity is None:
            yield source
            return
        read_end, write_end = os.pipe()
        failed: list[BaseException] = []
        writer = os.fdopen(write_end, "wb", buffering=BUFFER)
        thread = started(lambda out: pyrage.decrypt_io(source, out, [identity]), writer, failed)
        try:
            with open(read_end, "rb", buffering=BUFFER) as reader:
                yield reader
        finally:
            thread.join()
            if any(isinstance(error, pyrage.DecryptError) for error in failed):
                raise WrongKey("Архив не расшифровывается: ключ не тот или файл повреждён.")


def started(work: Callable[[BinaryIO], None], end: BinaryIO, failed: list) -> threading.Thread:
    """`work` over one end of a pipe in a thread; the end is closed afterwards, whatever happened."""

    def run() -> None:
        try:
            with end:
                work(end)
        except BaseException as error:
            failed.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    return thread


def identity_of(source: BinaryIO, key: Key) -> "pyrage.x25519.Identity | None":
    """None for an archive that is not encrypted; leaves the stream where the ciphertext begins."""
    start = source.read(len(MAGIC))
    if start == MAGIC:
        secret = source.read(int(source.read(8)))
        if key.identity:
            return pyrage.x25519.Identity.from_str(key.identity)
        if not key.passphrase:
            raise WrongKey("Архив закрыт паролем. Задайте его в переменной BACKUP_PASSPHRASE.")
        try:
            text = pyrage.passphrase.decrypt(secret, key.passphrase).decode()
        except pyrage.DecryptError:
            raise WrongKey("Пароль не подходит к архиву. Проверьте BACKUP_PASSPHRASE.") from None
        return pyrage.x25519.Identity.from_str(text)
    source.seek(0)
    if not start.startswith(AGE[: len(start)]) or not start:
        return None
    if not key.identity:
        raise WrongKey("Архив закрыт ключом age. Укажите файл закрытого ключа в --identity.")
    lines = [line.strip() for line in key.identity.splitlines()]
    secret = next((line for line in lines if line.startswith("AGE-SECRET-KEY-")), "")
    try:
        return pyrage.x25519.Identity.from_str(secret)
    except pyrage.IdentityError:
        raise WrongKey("В файле --identity нет закрытого ключа age (AGE-SECRET-KEY-…).") from None
