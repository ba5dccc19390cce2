/** Search: brings the header's box and the search page to life. The index is loaded when first needed. */

import { startSearchBox } from "./search-box.js";
import { startSearchPage } from "./search-page.js";

const page = document.getElementById("search-page");
if (page) startSearchPage(page);
for (const form of document.querySelectorAll("form[role=search]")) {
  if (!page?.contains(form)) startSearchBox(form);
}
