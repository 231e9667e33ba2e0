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

async function standsStill(story) {
  for (const width of [1280, 320]) {
    const tab = await story.openTab({ width, as: "alice" });
    for (const path of [LIST, `${LIST}/new`, `${LIST}/${await story.idOf("Qualified")}`, "/admin/audit", "/api/docs"]) {
      await tab.go(path);
      assert.deepEqual(await jumps(tab.page), [], `${path} at ${width}`);
    }
  }
}

async function comesFromTheCache(story) {
  const tab = await story.openTab({ as: "alice" });
  for (const _ of ["the first time", "again"]) {
    await tab.go(LIST);
    // Dragging comes after the page.
    await tab.page.locator("[data-armed=yes]").waitFor();
  }
  assert.deepEqual(await fetched(tab.page), []);
}

async function canBePrinted(story) {
  const tab = await story.openTab({ as: "alice" });
  await tab.go(LIST);
  await tab.page.emulateMedia({ media: "print" });
  await tab.shot("print");
  for (const hidden of [".sidebar", ".toolbar", ".bulk", ".row-menu a"]) {
    assert.ok(!(await tab.page.locator(hidden).first().isVisible()), `${hidden} is not for paper`);
  }
  assert.deepEqual((await tab.names()).length, 6);
}

async function withForcedColours(story) {
  const tab = await story.openTab({ as: "alice" });
  await tab.page.emulateMedia({ forcedColors: "active" });
  await tab.go(LIST);
  await tab.shot("forced-colours");
}

export default async function (story) {
  await standsStill(story);
  await comesFromTheCache(story);
  await canBePrinted(story);
  await withForcedColours(story);
}
