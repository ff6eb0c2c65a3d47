"""How a page looks to axe, by day and by night, and whether anything sticks out of it.

What the browser made of a page is shown again in a second tab, which is never left: axe stays
loaded and warm there. Contrast, which takes most of the rest, is judged once for each look of an
element, which is its style and what lies behind it, wherever it comes up first; everything else on
each page as it is on a phone, and on a desk where a page is of a new kind.
"""

from playwright.sync_api import Page as Tab

from tests.browser import AXE, AXE_SCRIPT, DESK, PHONE

NARROW = {"width": 320, "height": 640}
STANDARDS = "<!doctype html><title>Empty</title>"
SHOW = """async (html) => {
  const shown = new DOMParser().parseFromString(html, "text/html");
  shown.querySelectorAll("script, noscript").forEach((one) => one.remove());
  const loaded = [...shown.querySelectorAll("link[rel=stylesheet]")]
    .map((one) => new Promise((done) => { one.onload = one.onerror = done; }));
  document.replaceChild(shown.documentElement, document.documentElement);
  await Promise.all(loaded);
}"""
EMPTY = "document.body.replaceChildren()"
HEIGHT = "document.scrollingElement.scrollHeight"
# What sticks out where lines end, other than what scrolls inside a box of its own.
STICKS_OUT = """(dir) => {
  const root = document.documentElement, before = root.dir;
  root.dir = dir;
  const out = (box) => dir === "rtl" ? box.left < -1 : box.right > innerWidth + 1;
  const found = document.scrollingElement.scrollWidth <= innerWidth ? [] :
    [...document.body.querySelectorAll("*")]
      .filter((one) => out(one.getBoundingClientRect()))
      .map((one) => one.outerHTML.slice(0, 90));
  root.dir = before;
  return found;
}"""
# Words that a box with an edge does not hold or that it cuts off, words of ours that are broken
# without a hyphen, and labels of a drawing that stand in each other's way.
CUT_OFF = r"""() => {
  const holds = ({ overflowX, borderLeftWidth }) =>
    overflowX !== "visible" || borderLeftWidth !== "0px";
  const whole = /(?<![\p{L}\xad])\p{L}{4,}(?![\p{L}\xad])/gu;  // words without a soft hyphen
  const found = new Set();
  const say = (one, words) =>
    found.add(`${words.trim().slice(0, 40)} in ${one.outerHTML.slice(0, 80)}`);
  const box = (one) => one.getBoundingClientRect();
  const range = document.createRange();
  const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (nodes.nextNode()) {
    const { data, parentElement } = nodes.currentNode;
    if (!data.trim() || parentElement.closest("svg, option, .visually-hidden")) continue;
    if (!parentElement.checkVisibility() || box(parentElement).width <= 1) continue;
    if (!parentElement.closest("[dir=auto], bdi"))
      for (const { 0: word, index } of data.matchAll(whole)) {
        range.setStart(nodes.currentNode, index);
        range.setEnd(nodes.currentNode, index + word.length);
        const [first, ...others] = range.getClientRects();
        if (others.some((one) => one.top > first.bottom - 1)) say(parentElement, `broken: ${word}`);
      }
    range.selectNodeContents(nodes.currentNode);
    const words = box(range);
    for (let one = parentElement; one !== document.body; one = one.parentElement) {
      const style = getComputedStyle(one), { left, right } = box(one);
      if (["auto", "scroll"].includes(style.overflowX)) break;
      if (!holds(style)) continue;
      if (words.left < left - 1 || words.right > right + 1) say(one, data);
      break;
    }
  }
  for (const drawing of document.querySelectorAll("main svg:has(text)")) {
    const labels = [...drawing.querySelectorAll("text")].map((one) => [one, box(one)]);
    labels.forEach(([one, a], n) => labels.slice(0, n).forEach(([other, b]) => {
      if (a.left < b.right && b.left < a.right && a.top + 4 < b.bottom && b.top + 4 < a.bottom)
        say(other, one.textContent);
    }));
  }
  return [...found];
}"""
ALL_OTHERS = AXE.replace("axe.run({", "axe.run({rules: {'color-contrast': {enabled: false}}, ")
CONTRAST = AXE.replace("axe.run({", "axe.run('[data-new-look]', {runOnly: ['color-contrast'], ")
# Marks one element for each look that was not found good before, and says how many there are.
NEW_LOOKS = """() => {
  window.goodLooks ??= new Set();
  window.newLooks = new Set();
  const known = new Map();
  const behind = (one) => {
    if (!one) return "";
    if (!known.has(one)) {
      const { backgroundColor, backgroundImage, opacity, position } = getComputedStyle(one);
      const own = [backgroundColor, backgroundImage, opacity, position].join();
      const plain = own === "rgba(0, 0, 0, 0),none,1,static";
      known.set(one, behind(one.parentElement) + (plain ? "" : `/${own}`));
    }
    return known.get(one);
  };
  const counts = (one) => "value" in one ||
    [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  for (const one of document.body.querySelectorAll("*")) {
    if (!counts(one) || !one.checkVisibility()) continue;
    const { color, fontSize, fontWeight, textShadow } = getComputedStyle(one);
    const own = [one.getAttribute("class"), color, fontSize, fontWeight, textShadow];
    const look = own.join() + behind(one);
    if (goodLooks.has(look) || newLooks.has(look)) continue;
    newLooks.add(look);
    one.setAttribute("data-new-look", "");
  }
  return newLooks.size;
}"""
ALL_GOOD = "newLooks.forEach((look) => goodLooks.add(look))"


def make_ready(tab: Tab) -> None:
    tab.goto("/healthz")
    tab.set_content(STANDARDS)
    tab.evaluate(AXE_SCRIPT)
    tab.emulate_media(color_scheme="dark")
    tab.set_viewport_size(NARROW)


def complaints_about(tab: Tab, html: str, *, new_kind: bool) -> list[str]:
    tab.evaluate(SHOW, html)
    complaints = []
    for lines in ("ltr", "rtl") if new_kind else ("ltr",):
        complaints += [f"320 wide, {lines}: {one}" for one in tab.evaluate(STICKS_OUT, lines)]
    complaints += [f"on a phone: {one}" for one in tab.evaluate(ALL_OTHERS)]
    complaints += bad_contrast(tab, PHONE)
    if new_kind:
        tab.set_viewport_size(DESK)
        complaints += [f"on a desk: {one}" for one in tab.evaluate(ALL_OTHERS)]
        complaints += bad_contrast(tab, DESK)
    tab.evaluate(EMPTY)
    tab.set_viewport_size(NARROW)
    return complaints


def complaints_in_a_language(tab: Tab) -> list[str]:
    """On a phone, and what is cut off on a desk."""
    complaints = tab.evaluate(ALL_OTHERS) + bad_contrast(tab, PHONE)
    for screen in (DESK, PHONE):
        tab.set_viewport_size(screen)
        complaints += [f"{screen['width']} wide: {one}" for one in tab.evaluate(CUT_OFF)]
    return complaints


def bad_contrast(tab: Tab, screen: dict[str, int]) -> list[str]:
    """By night, in which the tab is, and by day."""
    if not tab.evaluate(NEW_LOOKS):
        return []
    # As high as the page, so that the bar below covers nothing.
    tab.set_viewport_size(screen)
    height = max(tab.evaluate(HEIGHT), screen["height"])
    tab.set_viewport_size({"width": screen["width"], "height": height})
    where = f"{screen['width']} wide"
    complaints = [f"by night, {where}: {one}" for one in tab.evaluate(CONTRAST)]
    tab.emulate_media(color_scheme="light")
    complaints += [f"by day, {where}: {one}" for one in tab.evaluate(CONTRAST)]
    tab.emulate_media(color_scheme="dark")
    if not complaints:
        tab.evaluate(ALL_GOOD)
    return complaints
