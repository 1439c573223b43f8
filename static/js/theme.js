// Sets the light or dark look before the page is drawn. The key «theme» is the one the admin uses: auto, light, dark.
"use strict";
{
  const root = document.documentElement;
  const systemDark = window.matchMedia("(prefers-color-scheme: dark)");
  const read = () => { try { return localStorage.getItem("theme") || "auto"; } catch { return "auto"; } };
  const apply = () => {
    const chosen = read();
    root.dataset.bsTheme = chosen === "auto" ? (systemDark.matches ? "dark" : "light") : chosen;
  };
  apply();
  systemDark.addEventListener("change", apply);
  window.portalTheme = {
    read,
    next() {
      const order = ["auto", "light", "dark"];
      const chosen = order[(order.indexOf(read()) + 1) % order.length];
      try { localStorage.setItem("theme", chosen); } catch { /* private window: the look lasts until the page is left */ }
      apply();
      return chosen;
    },
  };
}
