"""What is wrong on a page in a browser for somebody who reads one language and nothing else."""

import re
from functools import cache

from django.conf import settings
from playwright.sync_api import Page

from journal.languages import checks, po_files
from journal.languages.paths import found_in
from journal.people.templatetags.shell import POINTING
from tests.sweeps.looks import STICKS_OUT

SEEN = r"""(aloud) => {
  const own = "[dir=auto], bdi, [translate=no], [lang]:not(html), script, style, template";
  const texts = [document.title];
  const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (nodes.nextNode()) {
    const { data, parentElement } = nodes.currentNode;
    if (!parentElement.closest(own)) texts.push(data);
  }
  for (const one of document.body.querySelectorAll("*"))
    for (const name of aloud)
      if (one.hasAttribute(name) && !one.closest(own)) texts.push(one.getAttribute(name));
  const shown = [...document.querySelectorAll("body svg")].filter((one) =>
    one.checkVisibility() && one.getBoundingClientRect().width);
  const { lang, dir } = document.documentElement;
  return {
    lang, dir,
    texts: texts.map((one) => one.replace(/\u2068.*?\u2069|\S+@\S+/g, "").replace(/\s+/g, " "))
      .map((one) => one.trim()).filter(Boolean),
    drawings: shown.map((one) => [
      one.querySelector("use")?.getAttribute("href") ?? "", one.getAttribute("class") ?? "",
      one.getScreenCTM().a < 0,
    ]),
    steps: [...document.querySelectorAll(".strokes li")].map((one) =>
      one.getBoundingClientRect().left),
  };
}"""
SAID_ALOUD = ["title", "aria-label", "placeholder", "alt"]
POINTS = {f"#i-{name}" for name in POINTING}
DAYS = {"day-strip"}  # days in a row go the way of the lines; tallies and figures do not
BETWEEN = re.compile(rf"{checks.PLACEHOLDER.pattern}|<[^<>]*>")
WORDS = re.compile(r"[A-Za-z][\w’'-]*(?: [\w’'-]+)+")
LATIN = re.compile(r"[A-Za-z]{2,}")
NAMES = {"Selftrust", "premortem"}  # the same in Arabic


@cache
def english(code: str) -> tuple[set[str], set[str]]:
    """What is said otherwise in this language: as a text of its own, and wherever it stands."""
    catalog = po_files.read(found_in(settings.BASE_DIR / "locale")[code].read_text())
    said = [one for one in catalog if one.id]
    theirs = {text.lower() for one in said for text in _pieces(one.string)}
    ours = {text for one in said for text in _pieces(one.id) if text.lower() not in theirs}
    ours = {text for text in ours if LATIN.search(text)}
    return ours, {text for text in ours if WORDS.fullmatch(text)}


def _pieces(texts: str | tuple[str, ...]) -> list[str]:
    texts = (texts,) if isinstance(texts, str) else texts
    return [
        piece for text in texts for one in BETWEEN.split(text) if (piece := " ".join(one.split()))
    ]


def complaints_about(page: Page, code: str) -> list[str]:
    """Once its styles are there."""
    rtl = "rtl" if code == "ar" else ""
    seen = page.evaluate(SEEN, SAID_ALOUD)
    found = [f"sticks out: {one}" for one in page.evaluate(STICKS_OUT, rtl or "ltr")]
    if (seen["lang"], seen["dir"]) != (code, rtl):
        found.append(f"<html> says {seen['lang']} {seen['dir']}")
    alone, anywhere = english(code)
    found += [f"in English: {one}" for one in seen["texts"] if one in alone]
    text = "\n".join(seen["texts"])
    found += [f"in English: {one}" for one in anywhere if one in text]
    if rtl:
        latin = [one for one in seen["texts"] if {*LATIN.findall(one)} - NAMES]
        found += [f"not in Arabic: {one}" for one in latin]
    for drawing, kind, mirrored in seen["drawings"]:
        points = drawing in POINTS or bool(DAYS & {*kind.split()})
        if mirrored != (points and bool(rtl)):
            found.append(f"{'mirrored' if mirrored else 'not mirrored'}: {drawing} {kind}")
    if seen["steps"] != sorted(seen["steps"], reverse=bool(rtl)):
        found.append(f"progress runs the other way: {seen['steps']}")
    return [f"{page.url}: {one}" for one in dict.fromkeys(found)]
