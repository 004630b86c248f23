// What a scanner or a person wrote, as the code it means. Mirrors navet/codes.py and visitors/search.py.
"use strict";

window.Desk = window.Desk || {};

Desk.codeIn = (text) => {
  // A scanner set to another keyboard writes other signs for / and :, so any sign will do beside the word.
  const address = /.*bokning[^0-9a-z]([0-9a-z-]+)/i.exec(text);
  const code = (address ? address[1] : text).trim().toUpperCase().replace(/[\s-]/g, "")
    .replace(/[IL]/g, "1").replace(/O/g, "0").replace(/U/g, "V");
  return /^[0-9A-HJKMNP-TV-Z]{10}$/.test(code) ? code : null;
};

// The page of what was scanned: a party's own, or what the search says of it.
Desk.open = (text) => {
  const code = Desk.codeIn(text);
  location.assign(`${Desk.home()}?sok=${encodeURIComponent(code || text.slice(0, 200))}`);
};

Desk.home = () => document.getElementById("desk").dataset.home;
