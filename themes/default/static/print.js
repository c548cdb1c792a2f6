// Puts the day of printing on the sheet. Without this script the sheet still tells the day that the registry was made.
addEventListener("beforeprint", () => {
  const place = document.querySelector(".printed-on");
  // As the days of the page are written: 22 November 2026, not November 22.
  const { lang } = document.documentElement;
  const day = new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, { dateStyle: "long" }).format(new Date());
  place.textContent = place.dataset.words.replace("{day}", day);
});
