"use strict";
(() => {
  const form = document.getElementById("filters");
  const shown = document.getElementById("shown");
  const cards = [...document.querySelectorAll("article.finding")].map((card) => ({
    card,
    words: null,
    has: {
      severity: [card.dataset.severity],
      decision: [card.dataset.decision],
      entity: [card.dataset.entity],
      artifact: [card.dataset.artifact],
      test: card.dataset.tests.split(" "),
    },
  }));
  const groups = [...document.querySelectorAll("section.group")];
  if (!form || cards.length === 0) return;

  const keys = ["severity", "decision", "entity", "artifact", "test"];
  const fits = (entry, wanted, text) => {
    for (const key of keys) if (wanted[key] !== "" && !entry.has[key].includes(wanted[key])) return false;
    if (text === "") return true;
    if (entry.words === null) entry.words = entry.card.textContent.toLowerCase();
    return entry.words.includes(text);
  };
  const apply = () => {
    const wanted = Object.fromEntries(keys.map((key) => [key, form.elements[key].value]));
    const text = form.elements.text.value.trim().toLowerCase();
    let count = 0;
    for (const entry of cards) {
      const fit = fits(entry, wanted, text);
      if (entry.card.hidden === fit) entry.card.hidden = !fit;
      count += fit ? 1 : 0;
    }
    for (const group of groups) group.hidden = group.querySelector("article.finding:not([hidden])") === null;
    shown.textContent = `Showing ${count.toLocaleString("en")} of ${cards.length.toLocaleString("en")} findings.`;
  };

  let waiting = 0;
  form.addEventListener("input", (event) => {
    clearTimeout(waiting);
    if (event.target.name === "text") waiting = setTimeout(apply, 120);
    else apply();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(apply, 0));
  for (const link of document.querySelectorAll("a[data-test]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      form.reset();
      form.elements.test.value = link.dataset.test;
      apply();
      document.getElementById("findings").scrollIntoView();
      shown.focus({ preventScroll: true });
    });
  }
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("details:not([open])")];
    for (const one of folded) one.open = true;
  });
  addEventListener("afterprint", () => {
    for (const one of folded) one.open = false;
  });
  form.hidden = false;
  apply();
})();
