"""Fills the forms of a page in a browser, leaves it, comes back, and compares."""

from typing import Any

from playwright.sync_api import Page

# The forms that static/js/autosave.js keeps, with what a person can set in each of them.
FORMS = """
const watched = [...document.querySelectorAll("main form[method=post]")].filter((form) =>
  !form.querySelector("[type=password], [type=file]") && !("uncopied" in form.dataset) &&
  !form.getAttribute("action")?.startsWith("/accounts/"));
const skipped = ["hidden", "submit", "button", "file", "fieldset", "output"];
const controls = watched.map((form) => [...form.elements].filter((one) =>
  one.name && !one.disabled && !one.readOnly && !one.hidden && !skipped.includes(one.type)));
"""
FILL = f"""(seed) => {{ {FORMS}
  let state = seed;
  const random = (below) => (state = (state * 1103515245 + 12345) % 2147483648) % below;
  const pad = (number) => String(number).padStart(2, "0");
  const day = () => `202${{random(6)}}-${{pad(1 + random(12))}}-${{pad(1 + random(28))}}`;
  const values = {{
    date: day,
    time: () => `${{pad(random(24))}}:${{pad(random(60))}}`,
    number: () => String(random(9)),
    "datetime-local": () => `${{day()}}T${{pad(random(24))}}:15`,
    email: () => `a${{random(99)}}@example.org`,
  }};
  for (const one of controls.flat()) {{
    if (one.type === "radio" || one.type === "checkbox") one.checked = random(2) === 1;
    else if (one.options) for (const option of one.options) option.selected = random(2) === 1;
    else one.value = random(4) ? (values[one.type] ?? (() => `Words ${{random(999)}}`))() : "";
    one.dispatchEvent(new Event("input", {{ bubbles: true }}));
  }}
}}"""
STATE = f"""() => {{ {FORMS}
  const state = (one) => one.options ? [...one.options].map((option) => option.selected)
    : one.type === "radio" || one.type === "checkbox" ? [one.value, one.checked] : one.value;
  return controls.map((all) => all.map((one) => [one.name, one.type, state(one)]));
}}"""


def plain(state: Any) -> str:
    """Without the marks that tests/sweeps puts around what is translated."""
    return repr(state).replace("\\u2063", "").replace("\\u2064", "")


def differences(page: Page, *, seed: int = 7, anew: bool = False) -> list[str]:
    """Fills the forms of the page that is open, fills them anew in other ways, leaves, goes back,
    and names each control that is not as it was left. `anew` opens the page by its address instead,
    where the browser brings nothing back by itself."""
    for number in (seed, seed + 1):
        page.evaluate(FILL, number)
    left: list[Any] = page.evaluate(STATE)
    address = page.url
    page.goto("/healthz")
    if anew:
        page.goto(address, wait_until="load")
    else:
        page.go_back(wait_until="load")
    found: list[Any] = page.evaluate(STATE)
    pairs = [pair for forms in zip(left, found, strict=False) for pair in zip(*forms, strict=False)]
    complaints = [f"left {was}, found {now}" for was, now in pairs if plain(was) != plain(now)]
    if [len(form) for form in left] != [len(form) for form in found]:
        complaints.append(f"left {left}, found {found}")
    return complaints
