/* What scrolls sideways on a narrow screen (a wide table, a line of code) can be reached by keyboard. */
addEventListener("load", () => {
  for (const box of document.querySelectorAll(".md-typeset__scrollwrap, .md-typeset pre > code")) box.tabIndex = 0
})
