/* The page in the browser: a choice is shown at once, from texts that were fetched ahead, and the server follows.

   The server draws the whole page first and the native controls stay its own. What they come to show is followed, so
   that mouse, keyboard and screen reader all count; a choice on the map presses the control of the
   list. Without this script, or before its files have come, each choice is answered by the server. */
(() => {
  const CONTROLS = ["island", "naming", "origin", "perspective", "date", "kuril", "zones"];
  const LAID_OUT = ["panel", "claims", "arguments", "history", "distances", "sea"];
  const texts = {};
  const past = {};
  // by naming and origin, as in the address
  const near = {};
  const written = {};
  const view = {};
  let settings;
  let live = false;
  let touched;

  const control = (key) => document.querySelector(`.st-key-${key}`);
  const body = () => document.querySelector(".st-key-body");
  const host = (section) => document.querySelector(`.st-key-${section} .stHtml`);
  const map = () => document.querySelector(".st-key-body iframe")?.contentWindow?.fourIslands;

  async function fetched(url) {
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
    return answer.json();
  }

  const nearKey = (naming) => `${naming}/${encodeURIComponent(view.origin)}`;

  async function loadNear(key) {
    near[key] ||= await fetched(`${settings.near}/${key}`);
  }

  // the texts of a naming and of the origin; those of the past only once a date asks for them
  async function load(naming) {
    const one = async (store, address) => {
      store[naming] ||= await fetched(address[naming]);
    };
    await Promise.all([
      loadNear(nearKey(naming)),
      one(texts, settings.texts),
      ...(view.date ? [one(past, settings.past)] : []),
    ]);
  }

  // texts are of one language
  function forget() {
    for (const kept of [texts, past, near]) for (const key of Object.keys(kept)) delete kept[key];
  }

  function loadAll() {
    for (const naming of settings.options.naming) load(naming).catch(() => {});
  }

  const isReady = () => texts[view.naming] && near[nearKey(view.naming)] && (!view.date || past[view.naming]);

  // the other origins of the list, once the reader opens it
  function loadOrigins() {
    for (const origin of Object.values(texts[view.naming]?.origins || {})) {
      loadNear(`${view.naming}/${origin}`).catch(() => {});
    }
  }

  // what the map needs to know: of a point that is no place it has no lines
  const seen = () => ({ ...view, measured: near[nearKey(view.naming)]?.measured });

  // what each section says in this view
  function parts() {
    const { claims, arguments: questions, history: events, figures, sea } = texts[view.naming];
    const { answer, distances } = near[nearKey(view.naming)];
    const island = view.island || "";
    return {
      panel: `${view.date ? told() : ""}${answer[island]}`,
      claims: claims[island],
      arguments: questions[island],
      history: events,
      distances: `${distances}${island ? figures[island] : ""}`,
      sea,
    };
  }

  function told() {
    return past[view.naming].findLast((one) => one.day <= view.day)?.html || "";
  }

  const isShown = (section) => section === "panel" || section === body()?.dataset.section;

  // what nobody sees is written when it is shown
  function write(everything = false) {
    const said = parts();
    for (const section of LAID_OUT) {
      const place = host(section);
      if (!place || written[section] === said[section] || !(everything || isShown(section))) continue;
      // prepared by the server's templates, which escape every text
      place.innerHTML = said[section];
      written[section] = said[section];
    }
    // a link may name a day between two dated states, and a state a month or a year
    const heading = view.date && host("panel")?.querySelector(".history h2");
    if (heading) heading.textContent = settings.heading.replace("{date}", view.date_label);
  }

  function show() {
    const place = body();
    if (!place) return;
    place.dataset.island = view.island || "";
    if (isReady()) write();
    else load(view.naming).then(finish, fail);
  }

  // what was asked for has come, unless the reader has gone on by then
  function finish() {
    if (!isReady()) return;
    write();
    map()?.follow?.(seen());
  }

  // back to the server's way
  function fail() {
    live = false;
    settings.tell("live", false);
  }

  function apply(change) {
    Object.assign(view, change);
    show();
    map()?.follow?.(seen());
  }

  // ---- what the native controls show

  const buttonsOf = (key) => [...(control(key)?.querySelectorAll("[role=radio]") || [])];

  function readGroup(key) {
    const index = buttonsOf(key).findIndex((button) => button.ariaChecked === "true");
    return settings.options[key][index] ?? null;
  }

  function readSelect(key, known) {
    return known[control(key)?.querySelector("input")?.value];
  }

  // the change that a control shows, or nothing while it is being typed into
  function changeBy(key) {
    const known = texts[view.naming];
    if (key === "island" || key === "naming" || key === "perspective") return { [key]: readGroup(key) };
    if (key === "date") return readSelect(key, known.dates);
    if (key === "zones") return choiceOf(key, readSelect(key, known.zones), "");
    return choiceOf(key, readSelect(key, key === "origin" ? known.origins : known.meanings), null);
  }

  function choiceOf(key, value, none) {
    return value === undefined ? undefined : { [key]: value || none };
  }

  function follow(key) {
    if (!live || !texts[view.naming]) return;
    const change = changeBy(key);
    if (change && Object.entries(change).some(([name, value]) => view[name] !== value)) apply(change);
  }

  const controlOf = (node) => CONTROLS.find((key) => node?.closest?.(`.st-key-${key}`));

  // options of a select box stand outside of it, and the box keeps the focus
  function touch({ target }) {
    touched = controlOf(target) || controlOf(document.activeElement);
    if (touched === "origin" && live) loadOrigins();
  }

  // the server sets the date too, when the map has told it: only what the reader has touched counts there
  function notice(mutations) {
    const keys = new Set(mutations.map(({ target }) => controlOf(target)));
    for (const key of keys) if (key && (key !== "date" || touched === "date")) follow(key);
  }

  // press the list's button of an island, or the one that is pressed: the server learns of it as if the reader had
  function press(island) {
    const buttons = buttonsOf("island");
    const button = island
      ? buttons[settings.options.island.indexOf(island)]
      : buttons.find((one) => one.ariaChecked === "true");
    if (!button || button.disabled) return false;
    if (button.ariaChecked !== "true" || !island) button.click();
    return true;
  }

  function clear(event) {
    if (!live || !event.target.closest?.(".st-key-clear button:enabled")) return;
    event.preventDefault();
    event.stopPropagation();
    apply({ island: null });
    press(null);
  }

  /** Take a choice on the map; true when the server learns of it from a control. */
  function chosen(choice) {
    if (!live) return false;
    const before = { ...view };
    Object.assign(view, choice);
    show();
    if (view.date !== before.date || view.origin !== before.origin) return false;
    return view.island === before.island || press(view.island);
  }

  // ---- tables that a reader can sort and take along

  const cellValue = (row, column) => {
    const cell = row.cells[column];
    return cell.dataset.value === undefined ? cell.textContent : Number(cell.dataset.value);
  };

  function compare(a, b) {
    return typeof a === "number" ? a - b : a.localeCompare(b);
  }

  function sort(head) {
    const table = head.closest("table");
    const falling = head.ariaSort === "ascending";
    for (const other of head.parentNode.cells) other.ariaSort = "none";
    head.ariaSort = falling ? "descending" : "ascending";
    const rows = [...table.tBodies[0].rows];
    rows.sort((a, b) => compare(cellValue(a, head.cellIndex), cellValue(b, head.cellIndex)) * (falling ? -1 : 1));
    table.tBodies[0].append(...rows);
  }

  // as in RFC 4180, in the order on the screen, numbers with a point
  function writtenAsCsv(table) {
    const quoted = (text) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
    const cells = (row) => [...row.cells].map((cell) => quoted(cell.dataset.value ?? cell.textContent.trim()));
    return [...table.rows].map((row) => `${cells(row).join(",")}\r\n`).join("");
  }

  function useTable({ target }) {
    const head = target.closest?.("table.sortable th");
    if (head && target.closest("button")) sort(head);
    if (!target.closest?.("button.csv")) return;
    const table = target.closest("details").querySelector("table");
    const file = new Blob([writtenAsCsv(table)], { type: "text/csv" });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(file);
    link.download = `${table.dataset.name}.csv`;
    link.click();
    URL.revokeObjectURL(link.href);
  }

  // ---- sections, each with its own address

  function open(section) {
    const place = body();
    if (!place || !settings.sections.includes(section)) return;
    place.dataset.section = section;
    for (const link of document.querySelectorAll(".fi.contents a")) {
      link.toggleAttribute("aria-current", link.hash === `#${section}`);
    }
    // what the press says comes from the server, which sends it only while it is seen
    const isPress = section === "press";
    if (isPress !== settings.press) settings.tell("press", isPress);
    settings.press = isPress;
    if (live && isReady()) write();
  }

  // the whole view as a link that opens in the language it was copied in
  async function copyLink(event) {
    const button = event.target.closest?.(".contents .copy");
    if (!button) return;
    const link = new URL(location.href);
    link.searchParams.set("lang", settings.language);
    try {
      await navigator.clipboard.writeText(link.href);
    } catch {
      // without the clipboard the address bar has it
      history.replaceState(history.state, "", link);
    }
    const label = button.textContent;
    button.textContent = button.dataset.done;
    setTimeout(() => {
      button.textContent = label;
    }, 2000);
  }

  function openByLink(event) {
    const link = event.target.closest?.(".fi.contents a");
    if (!link || !live) return;
    event.preventDefault();
    history.replaceState(history.state, "", link.hash);
    open(link.hash.slice(1));
  }

  // Streamlit writes the query and would drop the section
  function keepSection() {
    for (const name of ["pushState", "replaceState"]) {
      const write = history[name].bind(history);
      history[name] = (state, title, url) =>
        write(state, title, url && !String(url).includes("#") ? `${url}${location.hash}` : url);
    }
  }

  function begin() {
    document.addEventListener("click", clear, { capture: true });
    document.addEventListener("click", openByLink);
    document.addEventListener("click", copyLink);
    document.addEventListener("click", useTable);
    for (const kind of ["pointerdown", "keydown"]) document.addEventListener(kind, touch, { capture: true });
    new MutationObserver(notice).observe(document.body, { subtree: true, attributeFilter: ["aria-checked", "value"] });
    addEventListener("hashchange", () => open(location.hash.slice(1)));
    addEventListener("beforeprint", () => live && isReady() && write(true));
    keepSection();
  }

  /**
   * Take over the page, or a view that the server sets: a link, or back and forward.
   * @param {object} told language of the page, epoch (another one for each view the server sets), view, and addresses of
   *   texts and past by naming, options of the controls, sections, and the heading of a day of the past
   * @param {(name: string, value: boolean) => void} tell says to the server what it has to know: `live`, whether choices
   *   are answered here, and `press`, whether its quotations are seen
   */
  async function mount(told, tell) {
    const first = !settings;
    const set = first || settings.epoch !== told.epoch;
    if (!first && settings.language !== told.language) forget();
    settings = { ...told, tell };
    document.documentElement.lang = settings.language;
    if (first) {
      begin();
    }
    if (set) {
      Object.assign(view, told.view);
      for (const section of LAID_OUT) delete written[section];
    }
    try {
      await load(view.naming);
    } catch {
      fail();
      return;
    }
    live = true;
    open(settings.sections.includes(location.hash.slice(1)) ? location.hash.slice(1) : settings.sections[0]);
    if (set) apply({});
    if (!told.live) tell("live", true);
    // the other namings once nothing else is asked for
    if (first) requestIdleCallback(loadAll, { timeout: 3000 });
  }

  globalThis.fourIslands = { page: { mount, chosen, view: () => (live ? seen() : null) } };
})();
