/* In the measured page: how long from a real pointer event until what the reader sees has changed. */
"use strict";
(function () {
  if (window !== window.top) return;
  const LIMIT_MS = 15000;

  function frame() {
    return [...document.querySelectorAll("iframe")].find((f) => f.contentDocument?.querySelector(".leaflet-container"));
  }

  const inFrame = (selector) => [...(frame()?.contentDocument.querySelectorAll(selector) ?? [])];

  // what is seen now; innerText leaves out what style hides
  const seen = {
    panel: () => document.querySelector(".st-key-panel h2")?.textContent ?? "",
    card: () => inFrame(".card:not([hidden]) .title").map((node) => node.innerText).join(),
    labels: () => inFrame(".island-label")[0]?.innerText ?? "",
    floor: () => document.querySelector(".stMarkdown p")?.textContent ?? "",
    ready: () => inFrame('[data-ready="yes"]').length,
  };

  const IN_TOP = new Set(["panel", "floor"]);

  // call before the pointer event; `result` is then a promise of milliseconds for each thing
  function arm(things) {
    const windows = [window, frame()?.contentWindow].filter(Boolean);
    let start = 0;
    let painted = 0;
    for (const each of windows) {
      each.addEventListener("pointerup", () => (start = performance.now()), { capture: true, once: true });
      // the frame after a change is when it is seen; the clocks of both windows start apart, so one is read
      new MutationObserver(() => start && each.requestAnimationFrame(() => (painted = performance.now()))).observe(
        each.document,
        { subtree: true, childList: true, characterData: true, attributes: true },
      );
    }
    window.bench.lastPaint = () => painted - start;
    const changed = (thing) => {
      const before = seen[thing]();
      return new Promise((resolve, reject) => {
        const giveUp = setTimeout(() => finish(() => reject(new Error(`${thing} stays ${before}`))), LIMIT_MS);
        const look = () => {
          const now = start ? seen[thing]() : before;
          if (now && now !== before) finish(() => resolve(performance.now() - start));
        };
        // only where the thing is: innerText forces a layout, which must not be paid for each change elsewhere
        const home = IN_TOP.has(thing) ? document : frame().contentDocument;
        const observer = new MutationObserver(look);
        observer.observe(home, { subtree: true, childList: true, characterData: true, attributes: home !== document });
        function finish(settle) {
          clearTimeout(giveUp);
          observer.disconnect();
          settle();
        }
      });
    };
    window.bench.result = Promise.all(things.map(changed));
    window.bench.result.catch(() => {});
  }

  // milliseconds since navigation began until each thing is there
  function first(things) {
    const there = (thing) =>
      new Promise((resolve) => {
        const look = () => (seen[thing]() ? resolve(performance.now()) : setTimeout(look, 4));
        look();
      });
    return Promise.all(things.map(there));
  }

  // a point on the island's own ground, or on its label where the ground is covered, in pixels of the page
  function ground(island) {
    const { x, y } = frame().getBoundingClientRect();
    for (const target of [...inFrame(`path.island-${island}`), ...inFrame(`.label[data-id=${island}] .name`)]) {
      const box = target.getBoundingClientRect();
      const step = Math.max(1, Math.min(box.width, box.height) / 60);
      for (let top = box.top; top < box.bottom; top += step) {
        for (let left = box.left; left < box.right; left += step) {
          const hit = target.ownerDocument.elementFromPoint(left, top);
          if (hit && target.contains(hit)) return [x + left, y + top];
        }
      }
    }
    return null;
  }

  const FIRST = { page: ["ready", "panel"], floor: ["floor"] };
  window.bench = { arm, ground, seen, loaded: (kind) => first(FIRST[kind]) };
})();
