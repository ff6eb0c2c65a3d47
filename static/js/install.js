// The button that installs the app (/settings/install/), where the browser offers to. Another name than
// the saved one is saved first, since the browser reads name and icon from the manifest of the page.
const button = document.getElementById("install"), { form } = button;
const isChanged = () => [...form.elements.app_name].some((one) => one.checked !== one.defaultChecked);

addEventListener("beforeinstallprompt", (offer) => {
  button.hidden = false;
  for (const one of document.querySelectorAll("#by-hand details")) one.open = false;
  button.onclick = async () => {
    if (!isChanged()) {
      const { outcome } = await offer.prompt();
      if (outcome !== "accepted") return;
      form.elements.do.value = "installed";
    }
    form.requestSubmit();
  };
});
