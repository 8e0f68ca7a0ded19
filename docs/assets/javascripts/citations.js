// Shows a source beside its number, and the meaning of a term beside its first use: on hover, on focus, on tap.
// Without this script, and where a browser knows no popovers, both are links: to the list of sources, to the glossary.
(() => {
  const card = document.createElement("div");
  if (!card.showPopover) return;
  card.id = card.className = "cite-card";
  Object.assign(card, { popover: "manual", role: "group" });
  let mark = null; // whose source or meaning is shown
  let timer, touched, wasOpen, returning; // pressed by a finger; shown before the press; focus comes back

  const isTerm = (node) => node.matches(".term");
  const entryOf = (node) => document.getElementById((isTerm(node) ? "term-" : "") + node.hash.slice(1));
  const fill = (entry) => {
    const part = (name) => entry.querySelector(name)?.outerHTML ?? "";
    const row = (name, html) => html && `<div class="cite-card__${name}">${html}</div>`;
    const foot = (text) =>
      row("foot", `<a href="${mark.href}" tabindex="-1">${text}</a><button tabindex="-1">Close</button>`);
    if (isTerm(mark)) {
      card.ariaLabel = "Meaning";
      card.innerHTML =
        row("text", entry.previousElementSibling.innerHTML) + row("shows", entry.innerHTML) + foot("In the glossary");
      return;
    }
    const [number, ...locator] = mark.innerHTML.split(", ");
    card.ariaLabel = `Source ${number}`;
    // With a keyboard, Enter on the number leads to the list and Escape closes: no more stops of Tab for that.
    card.innerHTML =
      row("kind", part(".kind") + entry.querySelector(".kind").title) +
      row("text", part(".reference__text")) +
      row("locator", locator[0] ? `Cited: ${locator.join(", ")}` : "") +
      row("shows", part(".reference__shows")) +
      row("read", `${part(".reference__language")} ${part(".reference__read")}`) +
      foot("In the list of sources");
  };

  const place = () => {
    const at = mark.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = card;
    const over = at.bottom + 12 + height - innerHeight;
    // On a phone the card is a sheet at the bottom: the number is not left below it.
    if (getComputedStyle(card).position === "fixed") return scrollBy(0, Math.max(0, over));
    const left = Math.max(12, Math.min(at.left - 20, document.body.clientWidth - width - 12));
    card.style.left = `${scrollX + left}px`;
    card.style.top = `${scrollY + (over > 0 && at.top > height ? at.top - height - 6 : at.bottom + 6)}px`;
  };

  const hide = () => {
    clearTimeout(timer);
    if (!mark) return;
    if (!isTerm(mark)) mark.removeAttribute("aria-describedby");
    mark = null;
    card.hidePopover();
  };
  const show = (next) => {
    clearTimeout(timer);
    const entry = entryOf(next);
    if (next === mark || !entry) return entry;
    hide();
    mark = next;
    fill(entry);
    mark.after(card); // Tab goes from the number into the card, and on
    if (!isTerm(mark)) mark.setAttribute("aria-describedby", card.id); // a term always says what it means
    card.showPopover();
    place();
    return entry;
  };

  const inCard = (node) => card.contains(node);
  const on = (type, action) =>
    document.addEventListener(type, (event) => action(event, event.target.closest?.(".cite__mark, .term")));
  on("pointerover", (event, over) => {
    if (event.pointerType === "touch") return;
    clearTimeout(timer);
    const held = [event.target, document.activeElement].some((node) => node === mark || inCard(node));
    if (over) timer = setTimeout(show, 120, over);
    else if (!held) timer = setTimeout(hide, 300); // time to reach the card
  });
  on("pointerdown", (event, pressed) => {
    touched = event.pointerType === "touch";
    wasOpen = pressed && pressed === mark;
    if (!pressed && !inCard(event.target)) hide();
  });
  on("click", (event, pressed) => {
    if (pressed && touched && !wasOpen && show(pressed)) event.preventDefault();
    else if (pressed || event.target.closest?.(".cite-card__foot > *")) hide();
  });
  on("focusin", (event, focused) => {
    if (focused && !returning && focused.matches(":focus-visible")) show(focused);
    else if (focused !== mark && !inCard(event.target)) hide();
  });
  on("keydown", (event) => {
    touched = false;
    if (event.key !== "Escape" || !mark) return;
    const back = inCard(document.activeElement) && mark;
    hide();
    returning = true;
    if (back) back.focus({ preventScroll: true });
    returning = false;
  });
})();
