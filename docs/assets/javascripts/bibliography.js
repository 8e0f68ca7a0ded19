// Filters the list of all sources, counts, and keeps the choice in the address. Without this script, all is shown.
(() => {
  const form = document.querySelector(".filters");
  const selects = [...form.querySelectorAll("select")];
  const items = [...document.querySelectorAll(".bibliography .reference")];
  const entries = items.map((item) => ({ item, kind: item.closest("section").dataset.kind, ...item.dataset }));
  const values = (entry, select) => entry[select.name].split("|");
  const fits = (entry, but) =>
    selects.every((select) => select === but || !select.value || values(entry, select).includes(select.value));

  const show = () => {
    for (const entry of entries) entry.item.hidden = !fits(entry);
    let total = 0;
    for (const group of document.querySelectorAll(".bibliography__group")) {
      const left = group.querySelectorAll(".reference:not([hidden])").length;
      group.querySelector(".bibliography__count").textContent = `(${left})`;
      group.hidden = !left;
      total += left;
    }
    // Beside every choice: how many documents it leaves, given the other filters.
    for (const select of selects) {
      const counts = {};
      for (const entry of entries)
        if (fits(entry, select)) for (const value of values(entry, select)) counts[value] = (counts[value] ?? 0) + 1;
      for (const option of select.options) {
        option.dataset.label ??= option.text;
        if (option.value) option.text = `${option.dataset.label} (${counts[option.value] ?? 0})`;
      }
    }
    form.querySelector(".filters__count").textContent = `${total} of ${items.length} documents`;
    document.querySelector(".filters__empty").hidden = total > 0;
  };
  const choose = (wanted) => {
    for (const select of selects) {
      select.value = wanted.get(select.name) ?? "";
      if (select.selectedIndex < 0) select.value = ""; // a value that is not there
    }
    show();
  };
  const write = () => {
    const chosen = selects.filter((select) => select.value).map((select) => [select.name, select.value]);
    const query = chosen.length ? `?${new URLSearchParams(chosen)}` : "";
    if (location.protocol !== "file:") history.replaceState(history.state, "", location.pathname + query);
  };
  // A link to a document or a heading wins over filters that would hide it.
  const reveal = () => {
    const target = document.getElementById(location.hash.slice(1));
    if (target?.closest("[hidden]")) location.replace(location.pathname + location.hash);
  };

  form.addEventListener("change", () => write(show()));
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    write(choose(new Map()));
  });
  addEventListener("hashchange", reveal);
  choose(new URLSearchParams(location.search));
  reveal();
})();
