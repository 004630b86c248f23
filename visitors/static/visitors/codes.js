// What a scanner or a person wrote, as the code it means. Mirrors navet/codes.py and visitors/search.py.
"use strict";

window.Desk = window.Desk || {};

// Signs that look alike are one sign in a code.
const asCode = (text) => text.toUpperCase().replace(/[\s-]/g, "").replace(/[IL]/g, "1").replace(/O/g, "0").replace(/U/g, "V");

Desk.codeIn = (text) => {
  // A scanner set to another keyboard writes other signs for / and :, so any sign will do beside the word.
  const address = /.*bokning[^0-9a-z]([0-9a-z-]+)/i.exec(text);
  const code = asCode(address ? address[1] : text);
  return /^[0-9A-HJKMNP-TV-Z]{10}$/.test(code) ? code : null;
};

// The page of what was scanned: a party's own, or what the search says of it.
Desk.open = (text) => {
  const code = Desk.codeIn(text);
  location.assign(`${Desk.home()}?sok=${encodeURIComponent(code || text.slice(0, 200))}`);
};

Desk.home = () => document.getElementById("desk").dataset.home;

// Whether every word is in who they are or, from four signs on, in their code; give or take a letter or two in a longer one.
Desk.matches = (party, text) => {
  const plain = (words) => words.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  const label = plain(party.label);
  return plain(text).split(" ").every((word) => label.includes(word)
    || (word.length > 3 && (party.code.includes(asCode(word))
      || label.split(" ").some((part) => Desk.apart(word, part.slice(0, part.length > word.length + 2 ? word.length : undefined)) <= (word.length > 7 ? 2 : 1)))));
};

// How many letters must be changed, added, left out or swapped with the next to make the one word the other.
Desk.apart = (a, b) => {
  let [before, row] = [[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1);
    }
    [before, row] = [row, next];
  }
  return row[b.length];
};
