/* Notices and boards: a button that prints, and a word of warning once the content is out of date. */
(function () {
  "use strict";

  var button = document.querySelector("button.print");
  if (button) {
    button.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  }

  var until = document.documentElement.getAttribute("data-valid-until");
  var notice = document.querySelector(".paper-notice");
  if (until && notice) {
    // The day in China, whatever the machine's zone.
    var today = new Date(Date.now() + 8 * 3600 * 1000).toISOString().slice(0, 10);
    if (today > until) {
      notice.textContent = "注意：这里的内容只到 " + until + " 为止正确，可能已经变了。请重新打开最新的页面再打印。";
      notice.hidden = false;
    }
  }
})();
