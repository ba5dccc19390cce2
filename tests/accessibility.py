"""What axe finds wrong on a page; texts that are drawn alike are measured once."""

from __future__ import annotations

from collections.abc import Sequence

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
CONTRAST = ("color-contrast",)
SIZES = (*CONTRAST, "target-size", "scrollable-region-focusable", "link-in-text-block")
"""What larger type can change on a page that is else drawn the same."""
AXE = Axe().axe_script

# Measuring the contrast of every text is most of what axe does. The outcome depends on how a text and all that it
# stands in are drawn, so a text is left out where one before it has the same tags, classes, states and computed style
# up to the root. Where axe can't judge the one before it, as something may lie above it, all drawn alike are measured.
RUN = r"""async (rules) => {
    const FREE = /^(id|href|src|title|for|name|value|datetime|alt|data-.*|aria-(label|labelledby|describedby))$/;
    const DRAWN = ["color", "backgroundColor", "backgroundImage", "opacity", "fontSize", "fontWeight", "textShadow",
        "position", "visibility", "display", "filter", "mixBlendMode", "zIndex", "overflow", "clipPath", "float"];
    const DRAWN_BESIDE = ["content", "backgroundColor", "backgroundImage", "position", "width", "height"];
    const keys = new Map();
    const numbers = new Map();
    const keyOf = (node) => {
        if (!keys.has(node)) {
            const style = getComputedStyle(node);
            const parts = [node.parentElement ? keyOf(node.parentElement) : 0, node.tagName];
            for (const { name, value } of node.attributes) parts.push(FREE.test(name) ? name : `${name}=${value}`);
            for (const name of DRAWN) parts.push(style[name]);
            for (const beside of ["::before", "::after"]) {
                const drawn = getComputedStyle(node, beside);
                if (drawn.content !== "none") for (const name of DRAWN_BESIDE) parts.push(drawn[name]);
            }
            const said = parts.join("\n");
            if (!numbers.has(said)) numbers.set(said, numbers.size + 1);
            keys.set(node, numbers.get(said));
        }
        return keys.get(node);
    };
    const alike = new Map();
    for (const node of document.body.querySelectorAll("*")) {
        const text = [...node.childNodes].filter((one) => one.nodeType === 3).map((one) => one.data).join("").trim();
        if (!text) continue;
        const key = `${keyOf(node)} ${Math.min(text.length, 2)} ${/[\p{L}\p{N}]/u.test(text)}`;
        alike.set(key, [...(alike.get(key) ?? []), node]);
    }
    const firsts = new Map([...alike.values()].map(([first, ...others]) => [first, others]));
    const run = async (runOnly, selector, left) => {
        axe.configure({ rules: [{ id: "color-contrast", selector }] });
        for (const node of left) node.setAttribute("data-left", "");
        const results = { resultTypes: ["violations", "incomplete"], elementRef: true, selectors: false };
        const { violations, incomplete } = await axe.run({ runOnly, ...results });
        for (const node of left) node.removeAttribute("data-left");
        const unsure = incomplete.filter(({ id }) => id === "color-contrast").flatMap(({ nodes }) => nodes);
        return [violations, unsure.flatMap(({ element }) => firsts.get(element) ?? [])];
    };
    const [violations, unsure] = await run(rules, "*:not([data-left])", [...firsts.values()].flat());
    if (unsure.length) violations.push(...(await run(["color-contrast"], "[data-left]", unsure))[0]);
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 160)}`);
}"""


def violations(page: Page, rules: Sequence[str] = RULES) -> list[str]:
    """Return each rule that the page breaks, with the first place where it does."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found: list[str] = page.evaluate(RUN, list(rules))
    return found
