// Lists at every width: nothing scrolls sideways, words stay whole, heads stick, and menus stay in the view.
import assert from "node:assert/strict";

const LISTS = ["/admin/leads/statuses", "/admin/leads", "/admin/leads/stuck", "/admin/users", "/admin/audit", "/admin/api/api_management"];

/** Words that are broken although a line of their cell is long enough for them. */
const broken = (page) =>
  page.evaluate(() => {
    const found = [];
    for (const cell of document.querySelectorAll("tbody :is(td, th)")) {
      const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        for (const { index, 0: word } of node.data.matchAll(/[^\s\-/@.]+/g)) {
          if (word.length > 16) continue;
          const range = document.createRange();
          range.setStart(node, index);
          range.setEnd(node, index + word.length);
          const lines = new Set([...range.getClientRects()].filter(({ width }) => width > 0).map(({ top }) => Math.round(top)));
          if (lines.size > 1) found.push(word);
        }
      }
    }
    return found;
  });

const sideways = (page) =>
  page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll(".table-scroll")].filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => `${one.className} ${one.scrollWidth} of ${one.clientWidth}`),
  );

async function menusStay(tab, where) {
  const { page } = tab;
  const { width, height } = page.viewportSize();
  const links = page.locator("tbody a[data-menu]");
  for (const link of [links.first(), links.last()]) {
    if (!(await link.count())) return;
    await link.scrollIntoViewIfNeeded();
    await link.click();
    const menu = page.locator(".menu:popover-open");
    await menu.waitFor();
    for (const box of [await link.boundingBox(), await menu.boundingBox()]) {
      assert.ok(box.x >= 0 && box.x + box.width <= width + 1, `${where}: ${JSON.stringify(box)}`);
      assert.ok(box.y >= 0 && box.y + box.height <= height + 1, `${where}: ${JSON.stringify(box)}`);
    }
    await page.keyboard.press("Escape");
    await menu.waitFor({ state: "detached" });
  }
}

async function headSticks(tab, where) {
  const { page } = tab;
  if ((await page.evaluate(() => document.documentElement.scrollHeight - innerHeight)) < 200) return;
  await page.evaluate(() => scrollTo({ top: scrollY + 180 + document.querySelector("table").getBoundingClientRect().top, behavior: "instant" }));
  const head = await page.locator("thead tr").boundingBox();
  assert.ok(head.y >= 0 && head.y < 60, `${where}: the head is at ${head.y}`);
}

export default async function (story) {
  for (const [width, lang] of [[1280, "en"], [1024, "ro"], [768, "en"], [768, "ro"], [390, "en"]]) {
    const tab = await story.openTab({ as: "alice", width, lang });
    for (const list of LISTS) {
      const where = `${list} at ${width} in ${lang}`;
      await tab.go(list);
      assert.deepEqual(await sideways(tab.page), [], where);
      assert.deepEqual(await broken(tab.page), [], where);
      await menusStay(tab, where);
      if (width >= 640 && /leads$|stuck$/.test(list)) await headSticks(tab, where);
      await tab.shot(list.split("/").pop());
    }
  }
}
