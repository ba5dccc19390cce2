/* Applies the reader's choice of large type and ground before the page is drawn, so that nothing jumps. */
(function () {
  try {
    var root = document.documentElement;
    if (localStorage.getItem("type") === "large") root.dataset.type = "large";
    var ground = localStorage.getItem("ground");
    if (ground) root.dataset.ground = ground;
  } catch (error) { /* storage may be forbidden; the page then looks as it comes */ }
})();
