// Makes every call of the API with the types that openapi-typescript generated, which tsc checks.
// `node built/calls.js SETTING`, with the address of the server, a token and the operations of the document as JSON.
import createClient from "openapi-fetch";
import type { components, paths } from "./api.js";

type EntryRule = components["schemas"]["EntryRule"];
declare const process: { argv: string[] };

const setting: { base: string; token: string; operations: string[] } = JSON.parse(process.argv[2]!);
const client = createClient<paths>({ baseUrl: setting.base, headers: { authtoken: setting.token } });
const called = new Set<string>();
client.use({
  onRequest({ request, schemaPath }) {
    called.add(`${request.method} ${schemaPath}`);
  },
});

function check(holds: boolean, what: string): void {
  if (!holds) {
    throw new Error(what);
  }
}

/** What a call answered; a failure and a warning end the program. */
function done<T>(answer: { data?: T; error?: unknown; response: Response }): T {
  const { data, error, response } = answer;
  check(response.ok && data !== undefined, `${response.url}: ${response.status} ${JSON.stringify(error)}`);
  const warnings = (data as { warnings?: unknown[] }).warnings ?? [];
  check(warnings.length === 0, `${response.url}: ${JSON.stringify(warnings)}`);
  return data as T;
}

function listed<T>(answer: T[] | { data: T[] }): T[] {
  return Array.isArray(answer) ? answer : answer.data;
}

const path = (id: number) => ({ path: { id } });

async function statuses() {
  const all = listed(done(await client.GET("/api/lead_statuses")));
  const query = { page: 1, per_page: 2, kind: "open", sort: "-name" } as const;
  const page = done(await client.GET("/api/lead_statuses", { params: { query } }));
  check(!Array.isArray(page) && page.meta.per_page === 2, "a page has a position");
  const [first] = all;
  const rules: EntryRule[] = [
    { type: "field", level: "warn", text: "Worth it", field: "value", op: "at_least", value: 1000.5, currency: "EUR" },
    { type: "field", level: "warn", text: "From us", field: "source", op: "one_of", value: ["Web", "Fair"] },
    { type: "confirm", level: "block", text: "A call took place" },
    { type: "evidence", level: "block", text: "Link to the offer" },
  ];
  const body = {
    name: "Demo", color: "#0090a8", kind: "open", definition: "A demo is agreed.", enter_when: ["A date"],
    leave_when: ["It was given"], target_days: 3, limit_days: 9, entry_rules: rules, enter_from: [0, first!.id],
    movers: ["admin"], reasons: ["Asked"], reason_required: true, statusorder: 2,
  } as const;
  const demo = done(await client.POST("/api/lead_statuses", { body: { ...body, enter_when: ["A date"], leave_when: [...body.leave_when], enter_from: [...body.enter_from], movers: [...body.movers], reasons: [...body.reasons] } })).record_id;
  const read = done(await client.GET("/api/lead_statuses/{id}", { params: path(demo) }));
  check(read.entry_rules[0]?.value === 1000.5 && read.statusorder === 2, "a status is read as it was made");
  const changes = { target_days: 4, limit_days: null, why: "Slower", version: read.version };
  const header = { "If-Match": `"${read.version}"` };
  done(await client.PUT("/api/lead_statuses/{id}", { params: { ...path(demo), header }, body: changes }));
  const versions = done(await client.GET("/api/lead_statuses/{id}/definitions", { params: path(demo) }));
  check(versions.length > 0, "a status has versions");
  const ids = listed(done(await client.GET("/api/lead_statuses"))).map((status) => status.id);
  done(await client.PUT("/api/lead_statuses/order", { body: { ids: [...ids].reverse(), expect: ids } }));
  done(await client.PUT("/api/lead_statuses/order", { body: { ids } }));
  const spare = [];
  for (const name of ["Spare", "Other"]) {
    spare.push(done(await client.POST("/api/lead_statuses", { body: { name } })).record_id);
  }
  const tried = { ...path(spare[0]!), query: { dry_run: "1", replace_with: first!.id } };
  check(done(await client.DELETE("/api/delete/lead_statuses/{id}", { params: tried })).dry_run === true, "a dry run says so");
  done(await client.DELETE("/api/delete/lead_statuses/{id}", { params: path(spare[0]!) }));
  done(await client.DELETE("/api/lead_statuses/{id}", { params: path(spare[1]!) }));
  return { first: first!.id, demo, rules: read.entry_rules };
}

async function leads(first: number) {
  const owner = done(await client.GET("/api/staffs"))[0]!.staffid;
  const extra = { website: "https://pop.example", tags: ["warm"], employees: 12 };
  const body = {
    name: "Ana Pop", company: "Pop SRL", email: "ana@pop.example", phone: "+40 722", source: "Web", owner, value: 1054.5,
    currency: "EUR", external_ref: "CRM-1", status: first, extra, description: "Met at the fair.", created_at: "2026-01-02",
  };
  const ana = done(await client.POST("/api/leads", { params: { header: { "Idempotency-Key": "ana" } }, body })).record_id;
  const dan = done(await client.POST("/api/leads", { body: { name: "Dan", phonenumber: "0721", lead_value: 5, assigned: owner } })).record_id;
  const read = done(await client.GET("/api/leads/{id}", { params: path(ana) }));
  check(read.value === 1054.5 && read.extra["website"] === extra.website && read.state === "stuck" || read.state === "on_track", "a lead is read as it was made");
  done(await client.PUT("/api/leads/{id}", { params: path(ana), body: { company: "Pop & Fiii", owner: null, value: null, version: read.version } }));
  check(listed(done(await client.GET("/api/leads"))).length === 2, "both are listed");
  const query = { q: "ana", status: first, source: "Web", created_after: "2026-01-01", sort: "-value", limit: 5, offset: 0 };
  check(listed(done(await client.GET("/api/leads", { params: { query } })))[0]?.id === ana, "a filter finds the lead");
  check(listed(done(await client.GET("/api/leads/search/{term}", { params: { path: { term: "ana" } } }))).length === 1, "a search finds it");
  check(listed(done(await client.GET("/api/leads/search", { params: { query: { q: "ana" } } }))).length === 1, "a search finds it");
  return { ana, dan };
}

async function moves(ana: number, demo: number, rules: EntryRule[]) {
  const tried = { ...path(ana), query: { dry_run: "1" } };
  const missing = await client.POST("/api/leads/{id}/status", { params: tried, body: { status: demo } });
  check(missing.response.ok && (missing.data?.unmet?.length ?? 0) > 2, "a dry run says what is missing");
  const body = {
    status: demo, reason: "Asked", note: "On Friday.", confirmed: [rules[2]!.id!], evidence: { [rules[3]!.id!]: "https://offer.example" },
    fields: { value: 2500, source: "Fair", extra: { city: "Iași" } },
  };
  done(await client.POST("/api/leads/{id}/status", { params: path(ana), body }));
  const visits = done(await client.GET("/api/leads/{id}/visits", { params: path(ana) }));
  const last = visits[visits.length - 1]!;
  check(last.evidence[0]?.value === "https://offer.example", "a visit has its evidence");
  done(await client.POST("/api/leads/{id}/visits/{visit}/void", { params: { path: { id: ana, visit: last.id } } }));
  done(await client.POST("/api/leads/{id}/notes", { params: path(ana), body: { note: "Call on Monday." } }));
  check(done(await client.GET("/api/leads/{id}/notes", { params: path(ana) }))[0]?.note === "Call on Monday.", "a note is kept");
  done(await client.POST("/api/leads/{id}/pause", { params: path(ana), body: { until: "2033-06-01", reason: "Budget" } }));
  done(await client.POST("/api/leads/{id}/pause", { params: path(ana), body: { until: null, reason: "" } }));
}

/** A lead that enters the status is offered to managers. */
async function offers(ana: number) {
  const handoff = { to: "manager", within_hours: 24, reject_to: null, recycle_to: null, reasons: [] };
  const offered = done(await client.POST("/api/lead_statuses", { body: { name: "Offered", handoff } })).record_id;
  done(await client.POST("/api/leads/{id}/status", { params: path(ana), body: { status: offered } }));
  done(await client.POST("/api/leads/{id}/handoff", { params: path(ana), body: { answer: "accept" } }));
  check(done(await client.GET("/api/leads/{id}", { params: path(ana) })).handoff?.state === "accepted", "an offer is answered");
}

async function removals(ana: number, dan: number) {
  done(await client.DELETE("/api/delete/leads/{id}", { params: { ...path(ana), query: { dry_run: "1" } } }));
  done(await client.DELETE("/api/delete/leads/{id}", { params: path(ana) }));
  done(await client.POST("/api/leads/{id}/restore", { params: path(ana) }));
  done(await client.DELETE("/api/leads/{id}", { params: path(dan) }));
  check(done(await client.GET("/api/lead_sources")).length > 0, "sources are listed");
  check(done(await client.GET("/api/custom_fields/leads")).some((field) => field.id === "website"), "extra fields are listed");
}

/** Takes back the import that was made before. */
async function changes() {
  const [imported] = done(await client.GET("/api/changes", { params: { query: { per_page: 1 } } }));
  const tried = { ...path(imported!.id), query: { dry_run: "1" } };
  check(done(await client.POST("/api/changes/{id}/undo", { params: tried })).dry_run === true, "a dry run says so");
  check(done(await client.POST("/api/changes/{id}/undo", { params: path(imported!.id) })).restored === 1, "it is taken back");
}

async function reports(start: number) {
  const query = { from: "2026-01-01", to: "2033-01-01", now: "2026-06-01T00:00:00Z" };
  check(done(await client.GET("/api/reports/time_in_status", { params: { query } })).statuses.length > 0, "figures by status");
  done(await client.GET("/api/reports/conversion", { params: { query: { ...query, start, within_days: 30, rule: "passed" } } }));
  done(await client.GET("/api/reports/flow", { params: { query } }));
  done(await client.GET("/api/reports/handoffs", { params: { query } }));
  done(await client.GET("/api/reports/compliance", { params: { query: { from: query.from, to: query.to } } }));
}

await changes();
const { first, demo, rules } = await statuses();
const { ana, dan } = await leads(first);
await moves(ana, demo, rules);
await offers(ana);
await removals(ana, dan);
await reports(first);
const missed = setting.operations.filter((operation) => !called.has(operation));
check(missed.length === 0, `never called: ${missed.join(", ")}`);
