// What must hold on every page: accessible, nothing cut off, valid.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { HtmlValidate } from "html-validate";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
/** Lets a page load axe when it is checked: half a megabyte that is not sent again for each page. */
export const LOAD_AXE = `window.loadAxe = () => {${AXE}\n};`;
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

const html = new HtmlValidate({
  root: true,
  extends: ["html-validate:standard"],
  rules: {
    // Askama writes what we write; these are matters of taste, not of validity.
    "attribute-boolean-style": "off",
    "no-trailing-whitespace": "off",
    "void-style": "off",
    "long-title": "off",
    "no-inline-style": "error",
    "no-raw-characters": ["error", { relaxed: true }],
  },
});

/** Every violation of WCAG 2.2 AA and of good practice that axe finds, one line each. */
export async function axe(page) {
  const violations = await page.evaluate(async (tags) => {
    if (!window.axe) {
      window.loadAxe();
    }
    const found = await window.axe.run(document, { runOnly: tags, resultTypes: ["violations"] });
    return found.violations.map(({ id, help, nodes }) => ({
      rule: `${id}: ${help}`,
      where: nodes.slice(0, 3).map((node) => `${node.target.join(" ")} ${node.any[0]?.message ?? ""}`),
    }));
  }, TAGS);
  return violations.map(({ rule, where }) => `${rule} – ${where.join(" | ")}`);
}

/** Elements that make the whole page scroll sideways. */
export async function overflow(page) {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) {
      return [];
    }
    const wide = [...document.body.querySelectorAll("*")].filter((element) => element.getBoundingClientRect().right > width + 1);
    return wide.slice(0, 5).map((element) => `${element.tagName.toLowerCase()}.${element.className} to ${Math.round(element.getBoundingClientRect().right)} of ${width}`);
  });
}

/** Pages without a fault, which come unchanged in many states. */
const valid = new Set();

/** What the validator says about the page as it was sent. */
export async function validate(source) {
  if (valid.has(source)) {
    return [];
  }
  const report = await html.validateString(source);
  const faults = report.results.flatMap((result) =>
    result.messages.filter((message) => message.severity === 2).map((message) => `${message.line}:${message.column} ${message.ruleId}: ${message.message}`),
  );
  if (faults.length === 0) {
    valid.add(source);
  }
  return faults;
}
