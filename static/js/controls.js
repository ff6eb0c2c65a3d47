// The state of the controls of a form, for autosave.js.
export const TYPED = "textarea:not([hidden], [readonly]), input:is([type=text], [type=search], [type=email], [type=url], :not([type]))";

// Gives a control its share of the values of its name; whether that changed it.
export function give(control, values) {
  const { type, value } = control;
  if (type === "checkbox" || type === "radio") {
    const before = control.checked;
    control.checked = values.includes(value);
    return control.checked !== before;
  }
  if (control.options) {
    const chosen = [...control.options].filter((one) => one.selected !== values.includes(one.value));
    for (const one of chosen) one.selected = values.includes(one.value);
    return chosen.length > 0;
  }
  if (values.length) control.value = values.shift();
  return control.value !== value;
}
export function announce(control) { // to the scripts that follow what a person does
  for (const type of ["input", "change"]) control.dispatchEvent(new Event(type, { bubbles: true }));
}
export function whenLoaded(act) {
  if (document.readyState === "complete") act();
  else addEventListener("load", () => setTimeout(act), { once: true });
}
