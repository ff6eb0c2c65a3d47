// A line of several tags: the browser's list of suggestions replaces the whole line, so each of them
// repeats the tags that stand there already.
const field = document.querySelector("input[list=known-tags]");
const names = [...field.list.options].map(({ value }) => value);

field.addEventListener("input", () => {
  const typed = field.value.split(/[,،、，]/), last = typed.pop();
  const before = field.value.slice(0, field.value.length - last.length).trimEnd();
  const has = new Set(typed.map((name) => name.trim().toLocaleLowerCase()));
  const rest = names.filter((name) => !has.has(name.toLocaleLowerCase()));
  field.list.replaceChildren(...rest.map((name) => new Option("", before ? `${before} ${name}` : name)));
});
