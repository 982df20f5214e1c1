/* The map of the page: what is shown in which state, the second map of the side-by-side view, the timeline, and the
   talk with the page. */
(() => {
  const { Chart, definePatterns, make, rules } = globalThis.fourIslands;
  const STEP_MS = 2200;
  const state = {
    island: null,
    naming: "both",
    origin: "nosappu",
    perspective: "administered",
    date: null,
    day: null,
    kuril: null,
    zones: "",
    measured: null,
  };
  const zones = {};
  let map, box, files, drawing, chart, twin, timeline, playing, zoneFiles, measure;
  let lastClick = 0;
  let moved = false;
  let tiles = "";
  let fitted = "";

  // the page around the frame, when it answers in the browser; another site's page cannot be looked into
  function pageAround() {
    try {
      return window.parent === window ? undefined : window.parent.fourIslands?.page;
    } catch {
      return undefined;
    }
  }

  // what the page is told: the reader's choice on the map
  function tell() {
    lastClick = Math.max(Date.now(), lastClick + 1);
    const { island, date, day, date_label, origin } = state;
    const known = pageAround()?.chosen({ island, date, day, date_label, origin });
    paint();
    // a place is told by its own control
    const point = rules.pointOf(origin) ? origin : null;
    // set by streamlit-folium's frontend
    if (!known && window.Streamlit)
      window.Streamlit.setComponentValue({ island, date, origin: point, click: lastClick });
  }

  function choose(island) {
    state.island = island;
    tell();
  }

  // a day of the past: who held what, which limits stood, and how it is called
  function sceneOfDate() {
    const { strip, fills, borders, holders } = rules.newestOn(drawing.history, state.day);
    const label = state.date_label;
    return {
      key: `date-${state.day}`,
      title: label,
      strip: `${label}: ${strip}${counted()}`,
      fills,
      borders,
      dashed: false,
      own: false,
      units: null,
      rows: (id, naming) => [
        [`${drawing.text.held} ${label}`, holders[id] || drawing.holders.unsettled],
        [drawing.text.today, drawing.islands[id].cards[naming].today],
      ],
    };
  }

  // the reader measures from a point of the map: the next click there is it
  function setMeasuring(on) {
    for (const one of [chart, twin]) if (one) one.pick = on ? measureFrom : null;
    box.parentNode.classList.toggle("measuring", on);
    measure.setAttribute("aria-pressed", String(on));
  }

  function measureFrom({ lat, lng }) {
    setMeasuring(false);
    state.origin = rules.writtenPoint(lat, lng);
    tell();
  }

  // the zones of the sea of today; they are fetched once a reader asks for them
  function zonesOf() {
    const miles = state.date ? "" : state.zones;
    if (miles && !zones[miles]) {
      zones[miles] = { waiting: true };
      fetch(zoneFiles[miles])
        .then((answer) => answer.json())
        .then((found) => {
          zones[miles] = found;
          paint();
        })
        .catch(() => delete zones[miles]);
    }
    return miles && !zones[miles]?.waiting ? { miles, lands: zones[miles] } : null;
  }

  // what the outlines of a meaning of Kuril add to the strip
  function counted() {
    const meaning = drawing.meanings[state.kuril];
    return meaning ? ` ${drawing.text.counted}: ${meaning.title}.` : "";
  }

  function sceneOf(perspective) {
    const { title, strip, fills, borders } = drawing.perspectives[perspective];
    const shared = perspective === "administered";
    return {
      key: perspective,
      title,
      strip: `${strip[state.naming]}${counted()}${state.zones && ` ${drawing.text.zones[state.zones]}`}${tiles && ` ${tiles}`}`,
      fills,
      borders,
      dashed: shared,
      own: shared,
      units: shared ? null : perspective,
      rows: (id, naming) => drawing.islands[id].cards[naming].rows[perspective],
    };
  }

  const isSided = () => state.perspective === "both" && !state.date;

  // of the map, or of the first of two
  function currentScene() {
    if (state.date) return sceneOfDate();
    return sceneOf(isSided() ? drawing.order[0] : state.perspective);
  }

  function paint() {
    if (!chart) return;
    const sided = isSided();
    if (sided && !twin) twin = makeTwin();
    if (box.parentNode.classList.toggle("sided", sided) !== (box.dataset.sided === "yes")) {
      box.dataset.sided = sided ? "yes" : "";
      for (const drawn of [map, twin?.map]) if (drawn) drawn.invalidateSize({ animate: false });
      if (sided) for (const { legend } of [chart, twin]) legend.open = false; // half a map has no room for it
      if (sided) twin.map.setView(map.getCenter(), map.getZoom(), { animate: false });
    }
    const seas = zonesOf();
    chart.paint(state, { ...currentScene(), zones: seas });
    if (sided) twin.paint(state, { ...sceneOf(drawing.order[1]), zones: seas });
    paintTimeline();
  }

  function makeTwin() {
    const pane = make("div", "twin");
    box.parentNode.append(pane);
    const { minZoom, maxZoom, zoomSnap, maxBounds } = map.options;
    const options = { minZoom, maxZoom, zoomSnap, maxBounds, zoomAnimation: false, doubleClickZoom: false };
    const other = L.map(pane, { ...options, attributionControl: false, zoomControl: false });
    other.setView(map.getCenter(), map.getZoom(), { animate: false });
    let following = false;
    const follow = (leader, follower) =>
      leader.on("move", () => {
        if (following || !box.dataset.sided) return;
        following = true;
        follower.setView(leader.getCenter(), leader.getZoom(), { animate: false });
        following = false;
      });
    follow(map, other);
    follow(other, map);
    const second = new Chart(other, files, choose);
    second.draw();
    return second;
  }

  function addTiles() {
    const { text } = drawing;
    const choices = { [text.drawn]: L.layerGroup().addTo(map) };
    for (const layer of drawing.tiles) {
      choices[layer.name] = L.tileLayer(layer.url, { attribution: layer.attribution, maxZoom: 18 });
    }
    L.control.layers(choices, {}, { collapsed: true }).addTo(map);
    const toggle = box.querySelector(".leaflet-control-layers-toggle");
    toggle.title = text.background;
    toggle.setAttribute("aria-label", text.background);
    map.on("baselayerchange", (event) => {
      tiles = event.name === text.drawn ? "" : text.tiles;
      box.classList.toggle("tiled", tiles !== "");
      paint();
    });
  }

  function addFrames(config) {
    const frames = L.control({ position: "topright" });
    frames.onAdd = () => {
      const bar = make("div", "leaflet-bar frames");
      L.DomEvent.disableClickPropagation(bar);
      for (const [sign, name, bounds] of [
        ["◎", drawing.text.near_frame, config.first_view],
        ["⤢", drawing.text.wide_frame, config.wide_view],
      ]) {
        const button = make("button", "frame", sign);
        button.type = "button";
        button.title = name;
        button.setAttribute("aria-label", name);
        button.addEventListener("click", () => {
          moved = true;
          map.fitBounds(bounds, { animate: false });
        });
        bar.append(button);
      }
      measure = make("button", "frame measure", "km");
      measure.type = "button";
      measure.title = drawing.text.measure;
      // a name said aloud has to hold what is seen
      measure.setAttribute("aria-label", `km: ${drawing.text.measure}`);
      measure.setAttribute("aria-pressed", "false");
      measure.addEventListener("click", () => setMeasuring(measure.ariaPressed !== "true"));
      bar.append(measure);
      return bar;
    };
    frames.addTo(map);
  }

  // the timeline: one place a dated state of the border, and today at its end
  function addTimeline() {
    const { text, steps } = drawing;
    const bar = make("div", "timeline");
    bar.setAttribute("role", "group");
    bar.setAttribute("aria-label", text.timeline);
    const button = (sign, name, act) => {
      const node = make("button", "", sign);
      node.type = "button";
      node.title = name;
      node.setAttribute("aria-label", name);
      node.addEventListener("click", act);
      return node;
    };
    const range = make("input");
    Object.assign(range, { type: "range", min: 0, max: steps.length, step: 1 });
    range.setAttribute("aria-label", text.timeline);
    range.addEventListener("input", () => {
      const index = Number(range.value); // before stopping puts the slider back to where it was
      stop();
      go(index);
    });
    const earlier = button("‹", text.earlier, () => {
      stop();
      go(place() - 1);
    });
    const play = button("▶", text.play, () => (playing ? stop() : start()));
    const later = button("›", text.later, () => {
      stop();
      go(next());
    });
    const label = make("output");
    bar.append(earlier, play, later, range, label);
    box.parentNode.append(bar);
    timeline = { bar, earlier, play, later, range, label };
  }

  const place = () => rules.placeOf(drawing.steps, state.day);
  // from a day between two steps the next is the one it counts as
  const next = () => place() + (rules.isBetween(drawing.steps, state.day) ? 0 : 1);

  function go(index) {
    const step = drawing.steps[Math.max(0, index)];
    const { date, day, label } = step || { date: null, day: null, label: "" };
    Object.assign(state, { date, day, date_label: label });
    tell();
  }

  function start() {
    const first = !state.date;
    playing = setInterval(() => (state.date ? go(next()) : stop()), STEP_MS);
    if (first) go(0);
    else paintTimeline();
  }

  function stop() {
    clearInterval(playing);
    playing = undefined;
    paintTimeline();
  }

  function paintTimeline() {
    if (!timeline) return;
    const { text, steps } = drawing;
    const { bar, earlier, play, later, range, label } = timeline;
    const at = place();
    const step = state.date && rules.newestOn(steps, state.day);
    range.value = at;
    label.textContent = state.date ? state.date_label : text.today;
    range.setAttribute("aria-valuetext", step ? `${label.textContent}: ${step.title}` : text.today);
    earlier.disabled = at === 0;
    later.disabled = !state.date;
    play.textContent = playing ? "❚❚" : "▶";
    play.setAttribute("aria-label", playing ? text.pause : text.play);
    bar.dataset.date = state.date || "";
    bar.dataset.steps = steps.length;
  }

  function fit(bounds) {
    const { x, y } = map.getSize();
    if (moved || !x || !y) return;
    // the strip in as many lines as it takes, the attribution and, over a whole map, the timeline stand over its foot
    const bar = box.dataset.sided ? 4 : (timeline?.bar.offsetHeight ?? 30);
    const strips = [chart, box.dataset.sided ? twin : undefined].map((one) => one?.strip.offsetHeight ?? 22);
    const foot = 14 + bar + Math.max(...strips);
    const asked = `${bounds} ${x} ${y} ${foot}`;
    if (asked === fitted) return;
    fitted = asked;
    map.fitBounds(bounds, { animate: false, paddingTopLeft: [0, 0], paddingBottomRight: [0, foot] });
  }

  async function read(config) {
    const keys = Object.keys(config.urls);
    const answers = await Promise.all(
      keys.map(async (key) => {
        const answer = await fetch(config.urls[key]);
        if (!answer.ok) throw new Error(`${config.urls[key]}: ${answer.status}`);
        return answer.json();
      }),
    );
    return Object.fromEntries(keys.map((key, index) => [key, answers[index]]));
  }

  // the style says what has room, and may come after the script
  async function styled() {
    const style = getComputedStyle(document.documentElement);
    for (let waited = 0; waited < 50 && !style.getPropertyValue("--narrow"); waited++) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async function mount(leafletMap, config) {
    map = leafletMap;
    box = map.getContainer();
    map.doubleClickZoom.disable();
    for (const gesture of ["pointerdown", "wheel", "keydown"]) box.addEventListener(gesture, () => (moved = true));
    let frame = config.first_view;
    new ResizeObserver(() => {
      fitted = "";
      map.invalidateSize({ animate: false });
      // halves too, so that no island is cut; a map that the reader has moved stays where it is
      fit(frame);
    }).observe(box);
    fit(frame);
    try {
      [files] = await Promise.all([read(config), styled()]);
    } catch {
      box.append(make("p", "failed", config.failed));
      return;
    }
    drawing = files["drawing.json"];
    zoneFiles = config.zones;
    document.addEventListener("keydown", (event) => event.key === "Escape" && measure && setMeasuring(false));
    document.documentElement.lang = drawing.language;
    box.parentNode.setAttribute("role", "main");
    definePatterns(box.parentNode, drawing.palette);
    chart = new Chart(map, files, choose);
    // a link to a date or a meaning opens on all the land it is about
    if (state.date || state.kuril) frame = config.wide_view;
    // the strip takes room from the map: what is drawn before it is known would be drawn twice
    chart.tell(currentScene());
    fit(frame);
    chart.draw();
    addTiles();
    addFrames(config);
    addTimeline();
    paint();
    fit(frame);
    box.dataset.ready = "yes";
  }

  function show(next) {
    // streamlit-folium keeps every group it ever added; those before this one are off the map already
    if (window.feature_group) window.feature_group.length = 0;
    const { answered, ...chosen } = next;
    // where the page answers in the browser it knows best; else an answer to an older click must not take back a newer
    const { island, date, day, date_label, origin, measured } = state;
    const kept = answered < lastClick ? { island, date, day, date_label, origin, measured } : {};
    follow(pageAround()?.view() || { ...chosen, ...kept });
  }

  /** Show a view: island, naming, origin with what was measured from a point, perspective, date with its day and
   *  date_label, kuril, zones. */
  function follow(view) {
    Object.assign(state, view);
    paint();
  }

  Object.assign(globalThis.fourIslands, { mount, show, follow });
})();
