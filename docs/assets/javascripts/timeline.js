// Filters the timeline by country and kind, and keeps the choice in the address. Without this script, all is shown.
(() => {
  const form = document.querySelector(".timeline__filter");
  if (!form) return;
  const events = [...document.querySelectorAll(".timeline .event")];
  const decades = [...document.querySelectorAll(".timeline__decade")];
  const count = form.querySelector(".timeline__count");
  const fields = ["country", "kind"];

  const show = () => {
    const country = form.elements.country.value;
    const kind = form.elements.kind.value;
    let shown = 0;
    for (const event of events) {
      const fits =
        (!country || event.dataset.countries.split(" ").includes(country)) && (!kind || event.dataset.kind === kind);
      event.hidden = !fits;
      shown += fits ? 1 : 0;
    }
    for (const decade of decades) {
      decade.hidden = !decade.querySelector(".event:not([hidden])");
      const link = document.querySelector(`.timeline__decades a[href="#${decade.getAttribute("aria-labelledby")}"]`);
      if (link) link.hidden = decade.hidden;
    }
    count.textContent = shown === events.length ? `${shown} events` : `${shown} of ${events.length} events`;
  };

  const read = () => {
    const wanted = new URLSearchParams(location.search);
    for (const name of fields) {
      const field = form.elements[name];
      const value = wanted.get(name) ?? "";
      field.value = [...field.options].some((option) => option.value === value) ? value : "";
    }
    // A link to one event wins over a filter that would hide it.
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    show();
    const hidden = target && target.closest(".event[hidden]");
    if (hidden) {
      form.reset();
      show();
      hidden.scrollIntoView();
    }
  };

  form.addEventListener("change", () => {
    const wanted = new URLSearchParams(location.search);
    for (const name of fields) {
      const value = form.elements[name].value;
      if (value) wanted.set(name, value);
      else wanted.delete(name);
    }
    const query = wanted.toString();
    history.replaceState(null, "", query ? `?${query}` : location.pathname);
    show();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("popstate", read);
  form.hidden = false;
  read();
})();
