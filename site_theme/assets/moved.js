/* At an address that was left: go on at once, and take along what a printed code added to the address (?v=…). */
"use strict";
location.replace(document.documentElement.dataset.target + location.search + location.hash);
