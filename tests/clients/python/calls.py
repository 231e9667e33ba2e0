"""Makes every call of the API with the client that openapi-python-client generated, and loses nothing of any answer.

`calls.py FOLDER BASE TOKEN`: the folder that holds the package `generated`, the address of the server, a token.
"""

import datetime
import importlib
import json
import pkgutil
import sys

import attrs

folder, base, token = sys.argv[1:]
sys.path.insert(0, folder)

from generated import AuthenticatedClient, api, models as m  # noqa: E402

client = AuthenticatedClient(
    base_url=base, token=token, auth_header_name="authtoken", prefix="", raise_on_unexpected_status=True
)
modules = {
    module.name.rsplit(".", 1)[1]: importlib.import_module(module.name)
    for module in pkgutil.walk_packages(api.__path__, api.__name__ + ".")
    if not module.ispkg
}
called = set()


def plain(value):
    """A parsed answer as JSON again; a member that the document doesn't describe is a failure."""
    if isinstance(value, list):
        return [plain(item) for item in value]
    if not attrs.has(type(value)):
        return value
    described = [field.name for field in attrs.fields(type(value)) if field.name != "additional_properties"]
    for name in described:
        plain(getattr(value, name))
    undescribed = getattr(value, "additional_properties", {})
    assert not (described and undescribed), f"{type(value).__name__} doesn't describe {list(undescribed)}"
    return value.to_dict()


def same_instants(text):
    return text.replace("+00:00", "Z")


def call(name, *path, **arguments):
    """Makes one call, and compares what the client understood with what was answered."""
    answer = modules[name].sync_detailed(*path, client=client, **arguments)
    assert 200 <= answer.status_code < 300, f"{name}: {answer.status_code} {answer.content}"
    sent = json.loads(answer.content)
    understood = json.loads(same_instants(json.dumps(plain(answer.parsed))))
    assert understood == sent, f"{name}: {understood} is not {sent}"
    called.add(name)
    warnings = sent.get("warnings", []) if isinstance(sent, dict) else []
    warnings = [warning for warning in warnings if isinstance(warning, str)]
    assert not warnings, f"{name}: {warnings}"
    return answer.parsed


def made(name, *path, **arguments):
    return call(name, *path, **arguments).record_id


def members(model, values):
    """A model of named values, such as extra fields."""
    return model.from_dict(values)


def statuses():
    first, second, *_ = call("list_lead_statuses")
    page = call("list_lead_statuses", page=1, per_page=2, kind=m.ListLeadStatusesKind.OPEN, q="e", archived="all", sort="-name")
    assert len(page.data) <= 2
    rules = [
        m.EntryRule(type_="field", level="block", text="E-mail is known", field="email", op="set"),
        m.EntryRule(type_="field", level="warn", text="Worth it", field="value", op="at_least", value=1000.5, currency="EUR"),
        m.EntryRule(type_="field", level="warn", text="From us", field="source", op="one_of", value=["Web", "Fair"]),
        m.EntryRule(type_="confirm", level="block", text="A call took place"),
        m.EntryRule(type_="evidence", level="block", text="Link to the offer"),
    ]
    new = m.NewStatus(
        name="Demo", color="#0090a8", kind=m.NewStatusKind.OPEN, definition="A demo is agreed.", enter_when=["A date"],
        leave_when=["It was given", "It was cancelled"], target_days=3, limit_days=9, entry_rules=rules,
        enter_from=[0, first.id, second.id], movers=["admin", "manager"], reasons=["Asked", "Offered"], reason_required=True,
        isdefault=False, isconverted=False, statusorder=2, archived=False,
    )
    demo = made("create_lead_status", body=new, idempotency_key="demo")
    read = call("get_lead_status", demo)
    assert (read.statusorder, read.reasons, len(read.entry_rules)) == (2, ["Asked", "Offered"], 5)
    assert [rule.value for rule in read.entry_rules[1:3]] == [1000.5, ["Web", "Fair"]]
    changes = m.StatusChanges(target_days=4, limit_days=None, why="Slower now", entry_rules=read.entry_rules, version=read.version)
    call("update_lead_status", demo, body=changes, if_match=f'"{read.version}"')
    changed = call("get_lead_status", demo)
    assert (changed.target_days, changed.limit_days, changed.entry_rules) == (4, None, read.entry_rules)
    call("update_lead_status", demo, body=m.StatusChanges(definition="A demo is in both calendars.", why="Clearer"))
    assert call("list_definitions", demo)[0].why == "Clearer"
    ids = [status.id for status in call("list_lead_statuses")]
    call("order_lead_statuses", body=m.NewOrder(ids=ids[::-1], expect=ids))
    call("order_lead_statuses", body=m.NewOrder(ids=ids))
    spare = [made("create_lead_status", body=m.NewStatus(name=name)) for name in ("Spare", "Other")]
    assert call("delete_lead_status", spare[0], dry_run="1", replace_with=first.id).dry_run
    assert call("delete_lead_status", first.id, dry_run="1").blockers
    call("delete_lead_status", spare[0], replace_with=first.id, restart_age="0")
    call("delete_lead_status_also", spare[1])
    return first.id, demo, read.entry_rules


def changes():
    """Takes back the import that was made before."""
    imported = call("list_changes", per_page=1)[0]
    assert imported.undoable and call("undo_change", imported.id, dry_run="1").dry_run
    assert call("undo_change", imported.id).restored == imported.count == 1
    assert call("list_changes")[0].undone_at


def leads(first, demo, rules):
    staff = call("list_staffs")[0].staffid
    extra = {"website": "https://pop.example", "tags": ["warm", "fair"], "employees": 12}
    new = m.NewLead(
        name="Ana Pop", company="Pop SRL", email="ana@pop.example", phone="+40 722 123 456", source="Web", owner=staff,
        value=1054.5, currency="EUR", external_ref="CRM-1", status=first, extra=members(m.NewLeadExtra, extra),
        description="Met at the fair.", created_at="2026-01-02T10:20:30Z", reason="Asked", confirmed=[],
        override=False,
    )
    ana = made("create_lead", body=new, idempotency_key="ana")
    assert made("create_lead", body=new, idempotency_key="ana") == ana
    read = call("get_lead", ana)
    assert (read.value, read.extra.to_dict(), read.description) == (1054.5, extra, "Met at the fair.")
    assert read.created_at == datetime.datetime(2026, 1, 2, 10, 20, 30, tzinfo=datetime.timezone.utc)
    theirs = m.NewLead(name="Dan", phonenumber="0721", lead_value=5.0, assigned=staff, dateadded="2026-01-03")
    dan = made("create_lead", body=theirs)
    assert call("get_lead", dan).phone == "0721"
    changes = m.LeadChanges(company="Pop & Fiii", owner=None, value=None, external_ref=None, version=read.version)
    call("update_lead", ana, body=changes, if_match=f'"{read.version}"')
    read = call("get_lead", ana)
    assert (read.company, read.owner, read.value, read.external_ref) == ("Pop & Fiii", None, None, None)
    assert len(call("list_leads")) == 2
    filters = dict(q="ana", status=first, source="Web", created_after="2026-01-01", sort="-value", limit=5, offset=0)
    assert [lead.id for lead in call("list_leads", **filters).data] == [ana]
    call("list_leads", page=1, per_page=1, owner="none")
    assert call("list_leads", nr_page=1).meta.total == 2
    assert call("search_leads", "ana")[0].id == call("search_leads_also", q="ana")[0].id == ana
    moves(ana, demo, rules)
    offers(ana)
    assert made("create_note", ana, body=m.NewNote(note="Call on Monday.\nAt ten."))
    assert [note.note for note in call("list_notes", ana)][0] == "Call on Monday.\nAt ten."
    call("pause_lead", ana, body=m.LeadPause(until=datetime.date(2033, 6, 1), reason="Budget is decided in June"))
    assert call("get_lead", ana).paused_until
    call("pause_lead", ana, body=m.LeadPause(until=None, reason=""))
    assert call("delete_lead", ana, dry_run="1").dry_run
    call("delete_lead", ana)
    call("restore_lead", ana)
    call("delete_lead_also", dan)
    assert "Web" in {source.name for source in call("list_lead_sources")}
    assert {field.name for field in call("list_extra_fields")} >= set(extra)


def offers(ana):
    """A lead that enters the status is offered to managers."""
    handoff = m.StatusHandoff(to="manager", within_hours=24, reject_to=None, recycle_to=None, reasons=[])
    offered = made("create_lead_status", body=m.NewStatus(name="Offered", handoff=handoff))
    call("move_lead", ana, body=m.LeadMove(status=offered))
    assert call("get_lead", ana).handoff.state == "pending"
    call("answer_offer", ana, body=m.LeadAnswer(answer="accept"))
    assert call("get_lead", ana).handoff.state == "accepted"
    call("void_visit", ana, call("list_visits", ana)[-1].id)


def moves(ana, demo, rules):
    missing = call("move_lead", ana, body=m.LeadMove(status=demo), dry_run="1")
    assert {unmet.type_ for unmet in missing.unmet} == {"confirm", "evidence", "reason", "field"}
    move = m.LeadMove(
        status=demo, reason="asked", note="On Friday.", confirmed=[rules[3].id],
        fields=members(m.LeadMoveFields, {"value": 2500, "source": "Fair", "extra": {"city": "Iași"}}),
        evidence=members(m.LeadMoveEvidence, {str(rules[4].id): "https://offer.example"}),
    )
    call("move_lead", ana, body=move, idempotency_key="move")
    read = call("get_lead", ana)
    assert (read.status, read.value, read.source, read.extra["city"]) == (demo, 2500, "Fair", "Iași")
    visit = call("list_visits", ana)[-1]
    assert (visit.reason, visit.confirmed, visit.evidence[0].value) == ("Asked", ["A call took place"], "https://offer.example")
    call("void_visit", ana, visit.id)
    call("update_lead", ana, body=m.LeadChanges(source="Web", extra=members(m.LeadChangesExtra, {"city": None})))


def reports():
    period = dict(from_=datetime.date(2026, 1, 1), to=datetime.date(2033, 1, 1))
    for name in ("report_time_in_status", "report_conversion", "report_flow", "report_handoffs"):
        call(name, **period, owner="none", source="Web")
        call(name, now=datetime.datetime(2026, 6, 1, tzinfo=datetime.timezone.utc))
    first, *_, last = call("list_lead_statuses", kind=m.ListLeadStatusesKind.OPEN)
    call("report_conversion", start=first.id, reach=last.id, within_days=30, rule="passed")
    call("report_compliance", **period)


changes()
first, demo, rules = statuses()
leads(first, demo, rules)
reports()
assert called == set(modules), f"never called: {set(modules) - called}"
