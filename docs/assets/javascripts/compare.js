// Sorts the comparison by the heading that is chosen. Without this script, the table stands as it was built.
(() => {
  const table = document.querySelector(".compare__table");
  if (!table) return;
  const body = table.tBodies[0];
  const heads = [...table.tHead.rows[0].cells];

  const sort = (head) => {
    const key = head.dataset.sort;
    const ascending = head.getAttribute("aria-sort") !== "ascending";
    for (const other of heads) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", ascending ? "ascending" : "descending");
    const value = (row) => (key === "name" ? row.dataset.name : Number(row.dataset[key]));
    const rows = [...body.rows].sort((a, b) => {
      const [left, right] = ascending ? [value(a), value(b)] : [value(b), value(a)];
      return typeof left === "string" ? left.localeCompare(right) : left - right;
    });
    body.append(...rows);
  };

  for (const head of heads) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "compare__sort";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => sort(head));
  }
  document.querySelector(".compare__hint").hidden = false;

  // A link to one answer opens it.
  const open = () => {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target instanceof HTMLDetailsElement) target.open = true;
  };
  window.addEventListener("hashchange", open);
  open();
})();
