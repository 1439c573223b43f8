"""Freezing: the canonical edition and its hash."""

import hashlib
import json

from roadmap.models import Document, Edition


def canonical(document: Document, body: str, annexes: list[dict], basis: list[str]) -> bytes:
    """Kind, title, body, hashes of the annexes and basis, as sorted UTF-8 JSON."""
    content = {
        "kind": document.kind,
        "title": document.title,
        "body": body,
        "annexes": [[annex["number"], annex["content_hash"]] for annex in annexes],
        "basis": basis,
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def freeze(document: Document, *, body: str, data: dict, by) -> Edition:
    """Write the next edition of the document; nothing changes it afterwards."""
    annexes = [annex_entry(annex) for annex in document.annexes.select_related("document")]
    basis = [str(basis) for basis in document.bases.all()]
    digest = hashlib.sha256(canonical(document, body, annexes, basis)).hexdigest()
    return Edition.objects.create(
        organization=document.organization,
        document=document,
        no=document.editions.count() + 1,
        title=document.title,
        body=body,
        data=data,
        annexes=annexes,
        basis=basis,
        content_hash=digest,
        created_by=by,
    )


def annex_entry(annex) -> dict:
    edition = current_edition(annex.document)
    return {
        "number": annex.number,
        "document": annex.document_id,
        "title": annex.document.title,
        "content_hash": edition.content_hash if edition else "",
    }


def current_edition(document: Document) -> Edition | None:
    return document.editions.order_by("-no").first()


def digest_of_edition(edition: Edition) -> str:
    """The hash of a stored edition, taken anew; by its own title, for a draft sent back may get another."""
    paper = Document(kind=edition.document.kind, title=edition.title)
    content = canonical(paper, edition.body, edition.annexes, edition.basis)
    return hashlib.sha256(content).hexdigest()


def content_hash_holds(edition: Edition) -> bool:
    return digest_of_edition(edition) == edition.content_hash
