"""Fills a new database from the files that Lead Statuses imports: `python -m crm.load STATUSES LEADS`.

Prints the API token of the administrator."""

import csv
import os
import sys
from datetime import datetime

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm.settings")
django.setup()

from django.contrib.auth import get_user_model  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from rest_framework.authtoken.models import Token  # noqa: E402

from crm.models import Lead, LeadStatus  # noqa: E402
from dataset import OWNERS  # noqa: E402


def rows(path):
    """The rows of a CSV file."""
    with open(path, newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def status(position, row):
    """The status of a row, at its place in the pipeline."""
    texts = {name: row[name] for name in ("name", "slug", "kind", "color", "definition", "enter_when", "leave_when")}
    days = {name: int(row[name]) if row[name] else None for name in ("target_days", "limit_days")}
    roles = {"is_default": row["isdefault"] == "true", "is_converted": row["isconverted"] == "true"}
    return LeadStatus(position=position, **texts, **days, **roles)


def lead(row, statuses, owners):
    """The lead of a row; it has been in its status since it was made."""
    texts = {
        name: row[name] for name in ("external_ref", "name", "company", "email", "phone", "source", "value", "currency")
    }
    made = datetime.fromisoformat(row["created_at"])
    others = {"status": statuses[row["status"]], "owner": owners[row["owner"]]}
    return Lead(**texts, **others, created_at=made, status_since=made, clock_from=made)


def make_users():
    """The administrator, who gets a token, and the owners of leads."""
    users = get_user_model()
    admin = users.objects.create_superuser(
        os.environ["PEERS_EMAIL"], os.environ["PEERS_EMAIL"], os.environ["PEERS_PASSWORD"]
    )
    owners = {email: users.objects.create_user(email, email) for email in OWNERS}
    return Token.objects.create(user=admin), owners


def main(statuses_file, leads_file):
    """Makes the schema, then everything in it."""
    call_command("migrate", run_syncdb=True, verbosity=0)
    with transaction.atomic():
        token, owners = make_users()
        LeadStatus.objects.bulk_create(status(at, row) for at, row in enumerate(rows(statuses_file), 1))
        statuses = {one.slug: one for one in LeadStatus.objects.all()}
        leads = (lead(row, statuses, owners) for row in rows(leads_file))
        Lead.objects.bulk_create(leads, batch_size=5000)
    connection.cursor().execute("analyze")
    print(token.key)


main(*sys.argv[1:])
