"""Reading a kept PDF back as text."""

import subprocess


def text_of(document_file) -> str:
    """Text of the file, spaces squeezed."""
    content = document_file.stored.read()
    done = subprocess.run(["pdftotext", "-", "-"], input=content, capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())
