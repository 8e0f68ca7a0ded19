// The index of the search is larger than most pages. Material's script would fetch it with every page, for the search
// form that it finds by its name: without a name it does not, and search-worker.js fetches it when a reader asks.
// Runs before that script.
(() => {
  // Where words of a search are marked on the page, that script needs the index to know how words are split.
  if (new URLSearchParams(location.search).has("h")) return;
  document.forms.search?.removeAttribute("name");

  const beside = (path) => new URL(path, document.currentScript.src);
  const files = [
    beside("search-engine.js"),
    beside("vendor/search-libraries.js"),
    beside("search-vocabulary.json"),
    beside("../../search/search_index.json"),
  ];
  // With the first key pressed, all of it is in the browser's cache, or on its way there.
  const fetchAll = () => files.forEach((file) => fetch(file).catch(() => {}));
  document.querySelector("[data-md-component=search-query]")?.addEventListener("focus", fetchAll, { once: true });
})();
