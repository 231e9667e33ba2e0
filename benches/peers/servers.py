"""Starting the servers, signing in to them, and reading how much CPU they have used."""

import http.cookiejar
import re
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

ADDRESS = re.compile(r"http://127\.0\.0\.1:(\d+)")
START_SECONDS = 60


class Server:
    """A server that runs until `stop`."""

    def __init__(self, command: list, environment: dict[str, str], directory: Path, log: Path):
        with log.open("w", encoding="utf-8") as output:
            self.process = subprocess.Popen(command, env=environment, cwd=directory, stdout=output, stderr=output)
        self.address = ("127.0.0.1", self.port(log))
        self.url = f"http://127.0.0.1:{self.address[1]}"

    def port(self, log: Path) -> int:
        """The port that the server prints when it listens."""
        until = time.monotonic() + START_SECONDS
        while self.process.poll() is None and time.monotonic() < until:
            found = ADDRESS.search(log.read_text(encoding="utf-8"))
            if found:
                return int(found[1])
            time.sleep(0.05)
        self.stop()
        raise SystemExit(f"the server did not start:\n{log.read_text(encoding='utf-8')}")

    def stop(self):
        """Ends it, and waits for its end."""
        self.process.terminate()
        self.process.wait()

    def cpu(self) -> dict[int, int]:
        """Nanoseconds of CPU that each thread of the server and of its workers has used."""
        used = {}
        for process in [self.process.pid, *children(self.process.pid)]:
            for thread in Path(f"/proc/{process}/task").iterdir():
                fields = fields_of(thread / "schedstat")
                if fields:
                    used[int(thread.name)] = int(fields[0])
        return used


def children(parent: int) -> list[int]:
    """The processes that this one has started."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        fields = fields_of(process / "status")
        if "PPid:" in fields and int(fields[fields.index("PPid:") + 1]) == parent:
            found.append(int(process.name))
    return found


def fields_of(file: Path) -> list[str]:
    """The words of a file below `/proc`; none if the process or thread has ended meanwhile."""
    try:
        return file.read_text(encoding="utf-8").split()
    except OSError:
        return []


def milliseconds_between(before: dict[int, int], after: dict[int, int]) -> float:
    """The CPU used between two readings; a thread that ended meanwhile was idle and counts nothing."""
    return sum(used - before.get(thread, 0) for thread, used in after.items()) / 1e6


class KeepRedirects(urllib.request.HTTPRedirectHandler):
    """A redirect is the answer."""

    def redirect_request(self, *_):
        """Follows none."""


def sign_in(url: str, fields: dict[str, str], csrf_field: str) -> str:
    """Signs in by the form at this address; answers the `Cookie` header of the session."""
    jar = http.cookiejar.CookieJar()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar), KeepRedirects)
    form = opener.open(url).read().decode()
    token = re.search(f'name="{csrf_field}" value="([^"]+)"', form)[1]
    body = urllib.parse.urlencode({**fields, csrf_field: token}).encode()
    origin = "{0.scheme}://{0.netloc}".format(urllib.parse.urlsplit(url))
    try:
        opener.open(urllib.request.Request(url, body, {"Origin": origin}))
    except urllib.error.HTTPError as answer:
        if answer.code in (302, 303):
            return "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)
    raise SystemExit(f"{url}: signing in failed")
