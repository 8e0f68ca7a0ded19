// “Link to this”: the sign ¶ opens a menu that copies the permanent link. Without this script it is a plain link.
(() => {
  const make = (tag, textContent, more) => Object.assign(document.createElement(tag), { textContent }, more);
  // An “auto” popover closes on Escape and on a press elsewhere, and gives focus back.
  const menu = make("div", "", { className: "permalink", popover: "auto", role: "dialog" });
  if (!menu.showPopover) return;
  const page = document.querySelector("link[rel=canonical]")?.href;
  const pageTitle = document.querySelector(".cite-page")?.dataset.title;
  const signs = "article a[title^='Link to this']";
  let sign, wasOpen; // whose menu it is; whether it was open before a press

  // Headings and figures that have an id and no sign of their own get one.
  for (const bare of document.querySelectorAll("article :is(h2, h3, h4, figure)[id]:not(:has(.headerlink))")) {
    const holder = bare.querySelector("figcaption") ?? bare;
    holder.insertAdjacentHTML("beforeend", `<a class="headerlink" href="#${bare.id}" title="Link to this">¶</a>`);
  }
  for (const link of document.querySelectorAll(signs)) {
    link.ariaHasPopup = "dialog";
    if (link.textContent === "¶") link.ariaLabel = link.title;
  }

  const nameOf = (target) => {
    const words = (target.querySelector("figcaption, .reference__link, [class$=__title]") ?? target).cloneNode(true);
    for (const extra of words.querySelectorAll(".headerlink, .cite, .bibliography__count")) extra.remove();
    return words.textContent.replace(/\s+/g, " ").trim();
  };
  const button = (label, copy, copyHtml = "") => {
    const made = make("button", `Copy ${label}`, { className: "copy" });
    Object.assign(made.dataset, { copy, copyHtml });
    return made;
  };

  const open = (link) => {
    sign = link;
    const target = document.getElementById(link.hash.slice(1));
    const name = nameOf(target);
    const title = name === pageTitle ? name : `${name} – ${pageTitle}`;
    const address = target.tagName === "H1" ? page : page + link.hash;
    const html = make("a", title, { href: address }).outerHTML;
    const first = button("address", address);
    const markdown = button("Markdown", `[${title.replace(/[\\[\]]/g, "\\$&")}](${address})`);
    menu.replaceChildren(make("code", address), first, markdown, button("HTML", html, html));
    menu.ariaLabel = `Link to “${name}”`;
    (link.closest("h1, h2, h3, h4") ?? link).after(menu);
    link.focus(); // what gets the focus back; Safari gives it to no link that is pressed
    menu.showPopover();
    const at = link.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = menu;
    const left = Math.max(12, Math.min(at.left, document.body.clientWidth - width - 12));
    menu.style.left = `${scrollX + left}px`;
    menu.style.top = `${scrollY + (at.bottom + 6 + height < innerHeight ? at.bottom + 6 : at.top - height - 6)}px`;
    first.focus({ preventScroll: true });
    history.replaceState(history.state, "", link.hash);
  };

  menu.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.hidePopover();
  });
  document.addEventListener("pointerdown", () => (wasOpen = menu.matches(":popover-open")), true);
  document.addEventListener("keydown", () => (wasOpen = false), true); // Enter always opens
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.(signs);
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (!wasOpen || link !== sign) open(link);
    wasOpen = false;
  });
})();
