"""A mail server that keeps what it accepted: `python -m tests.chaos.mailbox PORT FILE`.

A line of JSON for each letter is on the disk before «250» is said; at times it thinks for a while first.
"""

import asyncio
import email
import email.policy
import json
import os
import random
import signal
import sys

from aiosmtpd.controller import UnthreadedController

from tests.chaos.cluster import HOST

SLOW, SLOW_SECONDS = 0.05, 3.0  # one letter in twenty is taken slowly


class Mailbox:
    def __init__(self, path: str):
        self.path, self.chance = path, random.Random(0)

    async def handle_DATA(self, server, session, envelope) -> str:
        letter = email.message_from_bytes(envelope.content, policy=email.policy.default)
        if self.chance.random() < SLOW:
            await asyncio.sleep(SLOW_SECONDS * self.chance.random())
        row = {"id": letter["Message-ID"], "to": envelope.rcpt_tos, "subject": letter["Subject"]}
        with open(self.path, "a", encoding="utf-8") as kept:
            kept.write(json.dumps(row) + "\n")
            kept.flush()
            os.fsync(kept.fileno())
        return "250 OK"


def main() -> None:
    signal.signal(signal.SIGINT, lambda *_: os._exit(0))
    loop = asyncio.new_event_loop()
    server = UnthreadedController(Mailbox(sys.argv[2]), hostname=HOST, port=int(sys.argv[1]), loop=loop)  # fmt: skip
    server.begin()
    loop.run_forever()


if __name__ == "__main__":
    main()
