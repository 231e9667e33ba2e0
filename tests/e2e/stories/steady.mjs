// Pages stand still while they load, come from the cache but for themselves, and can be printed.
import assert from "node:assert/strict";

const LIST = "/admin/leads/statuses";

/** What jumped while the page was loading: how far, and from where to where. */
async function jumps(page) {
  return page.evaluate(
    () =>
      new Promise((done) => {
        const seen = [];
        const place = ({ x, y, width, height }) => [x, y, width, height].map(Math.round).join(" ");
        const describe = ({ node, previousRect, currentRect }) => `${node?.outerHTML?.slice(0, 120) ?? node?.textContent}: ${place(previousRect)} → ${place(currentRect)}`;
        const watch = new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) seen.push(`${entry.value}: ${entry.sources.map(describe).join("; ")}`);
        });
        watch.observe({ type: "layout-shift", buffered: true });
        requestAnimationFrame(() => requestAnimationFrame(() => done(seen)));
      }),
  );
}

/** What had to be fetched over the network beside the page itself. */
async function fetched(page) {
  return page.evaluate(() => performance.getEntriesByType("resource").filter((entry) => entry.transferSize > 0).map((entry) => entry.name));
}

async function standsStill(cast) {
  for (const width of [1280, 320]) {
    const visit = await cast.visit({ width, as: "alice" });
    for (const path of [LIST, `${LIST}/new`, `${LIST}/${await cast.idOf("Qualified")}`, "/admin/audit", "/api/docs"]) {
      await visit.go(path);
      assert.deepEqual(await jumps(visit.page), [], `${path} at ${width}`);
    }
  }
}

async function comesFromTheCache(cast) {
  const visit = await cast.visit({ as: "alice" });
  for (const _ of ["the first time", "again"]) {
    await visit.go(LIST);
    // Dragging comes after the page.
    await visit.page.locator("[data-armed=yes]").waitFor();
  }
  assert.deepEqual(await fetched(visit.page), []);
}

async function canBePrinted(cast) {
  const visit = await cast.visit({ as: "alice" });
  await visit.go(LIST);
  await visit.page.emulateMedia({ media: "print" });
  await visit.shot("print");
  for (const hidden of [".sidebar", ".toolbar", ".bulk", ".row-menu a"]) {
    assert.ok(!(await visit.page.locator(hidden).first().isVisible()), `${hidden} is not for paper`);
  }
  assert.deepEqual((await visit.names()).length, 6);
}

async function withForcedColours(cast) {
  const visit = await cast.visit({ as: "alice" });
  await visit.page.emulateMedia({ forcedColors: "active" });
  await visit.go(LIST);
  await visit.shot("forced-colours");
}

export default async function (cast) {
  await standsStill(cast);
  await comesFromTheCache(cast);
  await canBePrinted(cast);
  await withForcedColours(cast);
}
