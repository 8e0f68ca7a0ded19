// Buttons that copy what stands in data-copy, or in the element that data-copy-of names; and the day of reading.
(() => {
  document.body.insertAdjacentHTML("beforeend", '<div class="hidden-words" role="status"></div>');
  const status = document.body.lastElementChild;

  const copy = async (parts) => {
    try {
      const item = {};
      for (const type in parts) item[type] = new Blob([parts[type]], { type });
      await navigator.clipboard.write([new ClipboardItem(item)]);
      return true;
    } catch {
      // Over plain http the clipboard is closed to scripts, but not to the event “copy”.
      const put = (event) => {
        for (const type in parts) event.clipboardData.setData(type, parts[type]);
        event.preventDefault();
      };
      document.addEventListener("copy", put);
      const done = document.execCommand("copy");
      document.removeEventListener("copy", put);
      return done;
    }
  };

  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.("[data-copy], [data-copy-of]");
    if (!button) return;
    const shown = document.getElementById(button.dataset.copyOf);
    const html = shown?.tagName === "P" ? shown.innerHTML.trim() : button.dataset.copyHtml;
    const parts = { "text/plain": shown ? shown.innerText.trim() : button.dataset.copy };
    if (html) parts["text/html"] = html;
    status.textContent = "";
    const done = await copy(parts);
    button.classList.toggle("copy--done", done);
    setTimeout(() => (status.textContent = done ? "Copied" : "Copying is not possible here"), 50);
    setTimeout(() => button.classList.remove("copy--done"), 2500);
  });

  const today = (locale) => new Date().toLocaleDateString(locale, { dateStyle: "long" });
  const words = today("en-GB");
  const iso = new Date().toLocaleDateString("sv"); // Sweden writes dates by ISO 8601
  const mla = words.replace(/[A-Z][a-z]{4,}/, (month) => month.slice(0, month[0] === "S" ? 4 : 3) + ".");
  const forms = { words, american: today("en-US"), mla, iso, ris: iso.replaceAll("-", "/") };
  for (const place of document.querySelectorAll("[data-today]"))
    place.textContent = place.dataset.today.replace(/{(\w+)}/, (_, form) => forms[form]);
})();
