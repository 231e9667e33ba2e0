"""An HTTP client for load: one thread, and on each of its kept connections one request after the answer to another."""

import re
import selectors
import socket
import time
from collections import defaultdict
from collections.abc import Callable, Generator
from typing import NamedTuple

LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
TIMEOUT = 60
GOOD = (200, 201, 204)
NO_CONTENT = 204


class Request(NamedTuple):
    """A request, and the kind under which its time is counted."""

    kind: str
    text: bytes


class Answer(NamedTuple):
    """The answer to a request."""

    status: int
    body: bytes


# The requests that belong together; each is sent when the answer to the one before has come.
Turn = Generator[Request, Answer, None]


class Load:
    """What one run measured: seconds of each answer by the kind of its request, and the last answer of each kind."""

    def __init__(self):
        self.times: dict[str, list[float]] = defaultdict(list)
        self.answers: dict[str, Answer] = {}
        self.seconds = 0.0

    def add(self, request: Request, answer: Answer, seconds: float):
        """Counts an answer, which must be a good one."""
        if answer.status not in GOOD:
            raise SystemExit(f"{request.text[:200]!r} was answered {answer.status}: {answer.body[:500]!r}")
        self.times[request.kind].append(seconds)
        self.answers[request.kind] = answer


class Connection:
    """One connection, in the middle of a turn."""

    def __init__(self, address: tuple[str, int], turns: Callable[[], Turn]):
        self.socket = socket.create_connection(address, TIMEOUT)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.turns = turns
        self.received = b""
        self.begin()

    def begin(self):
        """Sends the first request of a new turn."""
        self.turn = self.turns()
        self.send(next(self.turn))

    def send(self, request: Request):
        """Sends a request and remembers when."""
        self.request = request
        self.sent_at = time.perf_counter()
        self.socket.sendall(request.text)

    def receive(self) -> Answer | None:
        """Reads what has come; the answer once it is complete."""
        part = self.socket.recv(1 << 20)
        if not part:
            raise SystemExit(f"the connection was closed after {self.request.text[:200]!r}")
        self.received += part
        head, end, body = self.received.partition(b"\r\n\r\n")
        if not end:
            return None
        status, length = int(head.split(b" ", 2)[1]), LENGTH.search(head)
        if length is None and status != NO_CONTENT:
            raise SystemExit(f"an answer without a length: {head!r}")
        if length is not None and len(body) < int(length[1]):
            return None
        self.received = b""
        return Answer(status, body)

    def is_in_turn(self, answer: Answer) -> bool:
        """Sends the next request of this turn, if there is one."""
        try:
            self.send(self.turn.send(answer))
            return True
        except StopIteration:
            return False


def run(address: tuple[str, int], turns: Callable[[], Turn], connections: int, seconds: float) -> Load:
    """Takes turns on all connections until the time is over; a turn that has begun is finished."""
    load, begun = Load(), time.perf_counter()
    with selectors.DefaultSelector() as selector:
        for _ in range(connections):
            connection = Connection(address, turns)
            selector.register(connection.socket, selectors.EVENT_READ, connection)
        while selector.get_map():
            for key, _ in selector.select(TIMEOUT):
                answer = key.data.receive()
                if answer is not None:
                    go_on(load, key.data, answer, selector, begun + seconds)
    load.seconds = time.perf_counter() - begun
    return load


def go_on(load: Load, connection: Connection, answer: Answer, selector, until: float):
    """Counts an answer and sends the next request, or closes the connection when the time is over."""
    now = time.perf_counter()
    load.add(connection.request, answer, now - connection.sent_at)
    if connection.is_in_turn(answer):
        return
    if now < until:
        connection.begin()
        return
    selector.unregister(connection.socket)
    connection.socket.close()
