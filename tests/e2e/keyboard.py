"""Moves through a page with the Tab key alone, and looks whether the focus shows all the way."""

from playwright.sync_api import Page

NAME_OF_FOCUS = """() => {
  const at = document.activeElement;
  return (at.labels?.[0]?.textContent || at.getAttribute("aria-label") || at.textContent).trim();
}"""
# How everything looks that can have the focus and has not; and whether what has it looks otherwise.
# Nothing is blurred for that: a date has several stops of its own.
FOCUS_SHOWS = """() => {
  const at = document.activeElement;
  const look = (element) => [element, element.parentElement, element.closest("form") ?? element]
    .map((one) => getComputedStyle(one))
    .map((one) => [one.outlineStyle === "none" ? "" : one.outline, one.boxShadow,
                   one.borderColor, one.backgroundColor].join())
    .join();
  window.unfocused ??= new Map();
  for (const one of document.querySelectorAll("a, button, input, select, textarea, summary"))
    if (one !== at && !window.unfocused.has(one)) window.unfocused.set(one, look(one));
  if (!window.unfocused.has(at)) return true;
  const box = at.getBoundingClientRect();
  if (at.type === "date" && !at.matches(":focus-visible")) return true;  // Chromium's own button
  const onScreen = box.width > 1 && box.bottom > 0 && box.right > 0 && box.top < innerHeight;
  return onScreen && look(at) !== window.unfocused.get(at);
}"""
FIELD_OF_FOCUS = "() => document.activeElement.name"


def reach(page: Page, name: str, script: str = NAME_OF_FOCUS) -> None:
    """Tabs until the control of that name has the focus, which shows all the way."""
    page.evaluate(FOCUS_SHOWS)
    for _step in range(40):
        page.keyboard.press("Tab")
        found = page.evaluate(script)
        assert page.evaluate(FOCUS_SHOWS), f"no sign of the focus on {found!r}"
        if found == name:
            return
    raise AssertionError(f"{name} is not reached by Tab")


def reach_field(page: Page, name: str) -> None:
    """By the name under which it is sent."""
    reach(page, name, FIELD_OF_FOCUS)
