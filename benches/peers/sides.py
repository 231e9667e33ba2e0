"""The two that are compared. Both hold the same records under the same ids, and answer the same questions, each at its
own addresses."""

import json
import os
import subprocess
from pathlib import Path
from urllib.parse import urlencode

from client import Request
from dataset import OWNERS, add_statuses
from servers import Server, sign_in

HERE = Path(__file__).resolve().parent
EMAIL = "bench@example.com"
PASSWORD = "a password for the benchmark"
WORKERS = "2"


def environment(**more: str) -> dict[str, str]:
    """The environment without what configures Lead Statuses, and with this."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("LS_")}
    return {**inherited, "PYTHONDONTWRITEBYTECODE": "1", **more}


def output_of(command: list, given: dict[str, str], stdin: str = "") -> str:
    """What a command prints; if it fails, that is the end."""
    done = subprocess.run(command, env=given, cwd=HERE, input=stdin, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(map(str, command))} failed")
    return done.stdout


class Side:
    """What both have in common: a directory with data and a token, a server, and how requests are written."""

    name: str
    token_header: str
    # The field of the answer to a creation that has the id of what was made.
    id_field: str

    def __init__(self, directory: Path):
        self.directory = directory
        self.headers = {}
        self.server = None

    def serve(self, command: list, login: str, fields: dict[str, str], csrf_field: str):
        """Starts the server and signs in."""
        self.server = Server(command, self.environment(), HERE, self.directory / "server.log")
        token = (self.directory / "token").read_text(encoding="utf-8")
        cookie = sign_in(f"{self.server.url}{login}", fields, csrf_field)
        self.headers = {"page": f"Cookie: {cookie}", "api": self.token_header.format(token)}

    def stop(self):
        """Stops the server, if it was started."""
        if self.server is not None:
            self.server.stop()

    def environment(self) -> dict[str, str]:
        """The environment of its commands."""
        raise NotImplementedError

    def page(self, path: str, query: dict) -> Request:
        """The request for a page."""
        return self.request("read", "page", "GET", path, query)

    def get(self, path: str, query: dict | None = None) -> Request:
        """A call of the API that reads."""
        return self.request("read", "api", "GET", path, query or {})

    def call(self, method: str, path: str, fields: dict | None = None) -> Request:
        """A call of the API that writes."""
        return self.request("write", "api", method, path, {}, fields)

    def request(self, kind, headers, method, path, query, fields=None) -> Request:
        """The bytes of a request."""
        target = f"{path}?{urlencode(query)}" if query else path
        lines = [f"{method} {target} HTTP/1.1", f"Host: 127.0.0.1:{self.server.address[1]}", self.headers[headers]]
        body = b"" if fields is None else json.dumps(fields).encode()
        if method != "GET":
            lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
        return Request(kind, "\r\n".join([*lines, "", ""]).encode() + body)

    def statuses(self) -> Request:
        """All statuses."""
        return self.get("/api/lead_statuses")

    def leads(self, **filters) -> Request:
        """The first page of leads."""
        return self.get("/api/leads", {"page": 1, "per_page": 50, **filters})

    def lead(self, number: int) -> Request:
        """One lead."""
        return self.get(f"/api/leads/{number}")

    def create(self, fields: dict) -> Request:
        """Makes a lead."""
        return self.call("POST", "/api/leads", fields)

    def delete(self, number: int) -> Request:
        """Puts a lead into the bin."""
        return self.call("DELETE", f"/api/leads/{number}")


class Django(Side):
    """The admin of Django, and an API made with Django REST framework."""

    name = "Django"
    token_header = "Authorization: Token {}"
    id_field = "id"
    filter_names = {
        "status": "status__id__exact",
        "owner": "owner__id__exact",
        "source": "source__exact",
        "created_from": "created_at__gte",
        "q": "q",
    }

    def __init__(self, directory: Path, venv: Path):
        super().__init__(directory)
        self.venv = venv

    def environment(self) -> dict[str, str]:
        """The environment of its commands."""
        return environment(PEERS_DIRECTORY=str(self.directory), PEERS_EMAIL=EMAIL, PEERS_PASSWORD=PASSWORD)

    def fill(self, statuses: Path, leads: Path):
        """Makes the database."""
        command = [self.venv / "bin/python", "-m", "crm.load", statuses, leads]
        (self.directory / "token").write_text(output_of(command, self.environment()).split()[-1], encoding="utf-8")

    def start(self):
        """Starts gunicorn, with connections that are kept."""
        options = f"--workers {WORKERS} --worker-class gthread --threads 1 --keep-alive 60 --bind 127.0.0.1:0 --preload"
        command = [self.venv / "bin/gunicorn", *options.split(), "crm.wsgi"]
        fields = {"username": EMAIL, "password": PASSWORD}
        self.serve(command, "/admin/login/", fields, "csrfmiddlewaretoken")

    def status_page(self) -> Request:
        """The list of statuses."""
        return self.page("/admin/crm/leadstatus/", {})

    def leads_page(self, **filters) -> Request:
        """The list of leads, 50 on a page."""
        return self.page("/admin/crm/lead/", {self.filter_names[name]: value for name, value in filters.items()})

    def change(self, number: int, fields: dict) -> Request:
        """Changes fields of a lead."""
        return self.call("PATCH", f"/api/leads/{number}", fields)


class LeadStatuses(Side):
    """This program."""

    name = "Lead Statuses"
    token_header = "authtoken: {}"
    id_field = "record_id"

    def __init__(self, directory: Path, binary: Path):
        super().__init__(directory)
        self.binary = binary

    def environment(self) -> dict[str, str]:
        """The environment of its commands."""
        return environment(
            DATABASE_URL=f"sqlite://{self.directory / 'lead-statuses.db'}",
            LS_DATA_DIR=str(self.directory / "data"),
            LS_BIND="127.0.0.1:0",
            LS_WORKERS=WORKERS,
            LS_LOG="warn",
            LS_RATE_LIMITS="off",
        )

    def command(self, *arguments, stdin: str = "") -> str:
        """Runs a command of the program."""
        return output_of([self.binary, *arguments], self.environment(), stdin)

    def add_users(self):
        """The administrator, who gets a token, and the owners of leads."""
        for email in [EMAIL, *OWNERS]:
            role = "admin" if email == EMAIL else "rep"
            user = ["--email", email, "--name", email.split("@")[0], "--role", role, "--password-stdin"]
            self.command("user", "add", *user, stdin=PASSWORD)
        issued = self.command("token", "add", "--owner", EMAIL, "--name", "peers", "--scopes", "read,write,delete")
        (self.directory / "token").write_text(issued.split()[-1], encoding="utf-8")

    def make_statuses(self, file: Path):
        """Brings its statuses to 25 and writes them to a file."""
        self.add_users()
        file.write_text(self.command("export", "statuses"), encoding="utf-8")
        add_statuses(file)
        self.command("import", "statuses", file)

    def fill(self, leads: Path):
        """Imports the leads."""
        self.command("import", "leads", leads)

    def start(self):
        """Starts the server."""
        self.serve([self.binary, "serve"], "/admin/login", {"email": EMAIL, "password": PASSWORD}, "csrf")

    def status_page(self) -> Request:
        """The list of statuses."""
        return self.page("/admin/leads/statuses", {"per": 50})

    def leads_page(self, **filters) -> Request:
        """The list of leads, 50 on a page."""
        return self.page("/admin/leads", {"per": 50, **filters})

    def change(self, number: int, fields: dict) -> Request:
        """Changes fields of a lead."""
        return self.call("PUT", f"/api/leads/{number}", fields)
