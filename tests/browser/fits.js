// What does not fit on the page as it is shown now: each fault in words, with the element's beginning.
() => {
    const CONTROLS = "a[href], button, input:not([type=hidden]), select, textarea, summary";
    const SLACK = 2;  // px: rounding, and the borders that neighbours share
    const faults = [];

    const name = (node) => {
        const words = (node.innerText || node.value || node.name || node.textContent || "").trim().replace(/\s+/g, " ");
        return `<${node.localName}${node.className ? "." + String(node.className).split(" ")[0] : ""}> ${words.slice(0, 40)}`;
    };
    const isShown = (node) => node.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && node.getClientRects().length > 0;
    // Whether something holds of the element or of one that it is in; asked of thousands, so each is looked at once.
    const anywhereUp = (holds) => {
        const known = new Map([[null, false]]);
        const ask = (node) => {
            if (!known.has(node)) known.set(node, holds(node) || ask(node.parentElement));
            return known.get(node);
        };
        return ask;
    };
    // Hidden from eyes on purpose, for readers: one pixel, clipped; so is the head of a table that is stacked.
    const isForReaders = anywhereUp((one) => one.matches(".visually-hidden, .skip") || one.localName === "thead" && getComputedStyle(one).clipPath !== "none");
    const scrolls = anywhereUp((node) => /auto|scroll/.test(getComputedStyle(node).overflowX));
    const floats = anywhereUp((one) => /fixed|sticky/.test(getComputedStyle(one).position));

    const textNodes = function* (node) {
        const walk = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
        while (walk.nextNode()) {
            const text = walk.currentNode;
            if (text.data.trim() && isShown(text.parentElement) && !isForReaders(text.parentElement)) yield text;
        }
    };
    const boxesOf = (text, from, to) => {
        const range = document.createRange();
        range.setStart(text, from);
        range.setEnd(text, to);
        return [...range.getClientRects()];
    };
    const texts = (node) => [...textNodes(node)].flatMap((text) => boxesOf(text, 0, text.length));
    const leaves = (box, frame) => box.width > 0 && (box.left < frame.left - SLACK || box.right > frame.right + SLACK || box.top < frame.top - SLACK || box.bottom > frame.bottom + SLACK);
    // A word that begins on one line and ends on the next, without a hyphen of its own.
    const brokenWords = (node) => [...textNodes(node)].flatMap((text) =>
        [...text.data.matchAll(/[\p{L}\p{N}]+/gu)].filter((word) => new Set(boxesOf(text, word.index, word.index + word[0].length).map((box) => Math.round(box.top))).size > 1).map((word) => word[0]));

    const page = document.scrollingElement;
    const sideways = page.scrollWidth - page.clientWidth;
    if (sideways > 0) faults.push(`scrolls ${sideways} px sideways`);

    const all = [...document.body.querySelectorAll("*")].filter((node) => !node.closest("svg, head, script, dialog:not([open])") && isShown(node) && !isForReaders(node));
    for (const node of all) {
        const style = getComputedStyle(node);
        const hides = /hidden|clip/.test(style.overflowX) || /hidden|clip/.test(style.overflowY);
        if (hides && texts(node).some((box) => leaves(box, node.getBoundingClientRect()))) faults.push(`cut off: ${name(node)}`);
        if (node.matches("h1, h2, h3, button, .button, .tag, th, aside dt, aside dd")) {
            for (const word of brokenWords(node)) faults.push(`broken word: ${word}`);
        }
        if (node.matches("button, .button, .tag, .key") && node.scrollWidth > node.clientWidth + SLACK && style.display !== "inline") faults.push(`text leaves its frame: ${name(node)}`);
        if (node.matches("input:not([type=checkbox], [type=radio]), select") && node.clientHeight + SLACK < parseFloat(style.fontSize)) faults.push(`too low for its text: ${name(node)}`);
        if (node.parentElement && scrolls(node.parentElement)) continue;
        const box = node.getBoundingClientRect();
        if (node.matches(CONTROLS + ", h1, h2, h3, p, dd, dt, td, th, label") && (box.left < -SLACK || box.right > page.clientWidth + SLACK)) faults.push(`outside the page: ${name(node)}`);
    }

    const controls = all.filter((node) => node.matches(CONTROLS) && !floats(node));
    const boxes = controls.map((node) => [...node.getClientRects()]);
    const meet = (one, other) => Math.min(one.right, other.right) - Math.max(one.left, other.left) > SLACK && Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > SLACK;
    for (let i = 0; i < controls.length; i++) {
        for (let j = i + 1; j < controls.length; j++) {
            if (controls[i].contains(controls[j]) || controls[j].contains(controls[i])) continue;
            if (boxes[i].some((one) => boxes[j].some((other) => meet(one, other)))) faults.push(`overlap: ${name(controls[i])} and ${name(controls[j])}`);
        }
    }
    return faults;
}
