// Puts the day of printing on the sheet. Without this script the sheet still tells the day that the registry was made.
addEventListener("beforeprint", () => {
  const place = document.querySelector(".printed-on");
  const day = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long" }).format(new Date());
  place.textContent = place.dataset.words.replace("{day}", day);
});
