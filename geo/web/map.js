/* Draws the four islands on a Leaflet map. All text is set with textContent: nothing from data becomes markup. */
"use strict";
(function () {
  const PATTERNS = {
    // colours that stay apart for colour-blind readers, each with a pattern of its own; no flag's colours
    iturup: ["#3b6ea5", "M0 8L8 0"],
    kunashir: ["#8a4f9e", "M0 4H8"],
    shikotan: ["#2e7d5b", "M3 4a1 1 0 1 0 2 0a1 1 0 1 0-2 0"],
    habomai: ["#b5651d", "M0 4H8M4 0V8"],
  };
  const SVG = "http://www.w3.org/2000/svg";
  const ISLAND_STROKE = 1.2;
  const NARROW_PX = 520; // as in map.css
  const CARD_PX = [250, 250]; // likewise
  const LABEL_PX = [160, 40];
  const CONTROLS_PX = 52;
  const GAP_PX = 14;
  const EDGE_PX = 8;
  const FOOT_PX = 44; // the strip and the attribution
  const state = { island: null, naming: "both", origin: "nosappu" };
  let map, box, drawing, layers, card, lines, strip;
  let lastClick = 0;
  let moved = false;

  function make(tag, className, text) {
    const node = document.createElement(tag);
    if (className) node.className = className;
    if (text !== undefined) node.textContent = text;
    return node;
  }

  function nameLines(names) {
    const parts = document.createDocumentFragment();
    for (const { convention, name, latin } of names) {
      const line = make("span", `name ${names.length > 1 ? convention : "only"}`);
      const native = make("b", "", name);
      native.lang = convention;
      line.append(native, " ", make("i", "", latin));
      parts.append(line);
    }
    return parts;
  }

  function definePatterns() {
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("class", "patterns");
    svg.setAttribute("aria-hidden", "true");
    for (const [id, [colour, path]] of Object.entries(PATTERNS)) {
      const pattern = document.createElementNS(SVG, "pattern");
      const attributes = { id: `pattern-${id}`, width: 8, height: 8, patternUnits: "userSpaceOnUse" };
      for (const [key, value] of Object.entries(attributes)) pattern.setAttribute(key, value);
      const ground = document.createElementNS(SVG, "rect");
      ground.setAttribute("width", 8);
      ground.setAttribute("height", 8);
      ground.setAttribute("fill", colour);
      ground.setAttribute("fill-opacity", 0.55);
      const drawn = document.createElementNS(SVG, "path");
      drawn.setAttribute("d", path);
      drawn.setAttribute("stroke", colour);
      drawn.setAttribute("stroke-width", 1.6);
      drawn.setAttribute("fill", "none");
      pattern.append(ground, drawn);
      svg.append(pattern);
    }
    box.append(svg);
  }

  // the shore of a polygon without the edges where it was cut off
  function shore(feature) {
    const clip = feature.properties.clip;
    const cut = (a, b) =>
      clip && [0, 1, 2, 3].some((side) => [a, b].every((p) => Math.abs(p[side % 2] - clip[side]) < 1e-4));
    const runs = [];
    for (const polygon of feature.geometry.coordinates) {
      for (const ring of polygon) {
        let run = [];
        ring.forEach((point, index) => {
          if (index && cut(ring[index - 1], point)) {
            if (run.length > 1) runs.push(run);
            run = [];
          }
          run.push([point[1], point[0]]);
        });
        if (run.length > 1) runs.push(run);
      }
    }
    return runs;
  }

  function drawContext(context) {
    map.createPane("land").style.zIndex = 150; // under the tiles, which replace it
    const renderer = L.svg({ pane: "land" });
    const still = { pane: "land", renderer, interactive: false };
    L.geoJSON(context, { ...still, style: { stroke: false, fillColor: "#e9e6dc", fillOpacity: 1 } }).addTo(map);
    const shores = context.features.flatMap(shore);
    L.polyline(shores, { ...still, color: "#9a978b", weight: 0.8 }).addTo(map);
  }

  function drawIslands(islands) {
    for (const feature of islands.features) {
      const id = feature.properties.id;
      const colour = PATTERNS[id][0];
      // a wide invisible rim lets a finger hit the small islets
      const rim = L.geoJSON(feature, { style: { color: colour, opacity: 0, weight: 14, fill: false, className: "rim" } });
      const land = L.geoJSON(feature, {
        style: {
          color: colour,
          weight: ISLAND_STROKE,
          fillColor: `url(#pattern-${id})`,
          fillOpacity: 1,
          className: `island island-${id}`,
        },
      });
      for (const layer of [rim, land]) layer.on("click", (event) => chooseFrom(event, id)).addTo(map);
      layers[id] = land;
    }
  }

  function label(at, names, side, className, id, interactive) {
    const node = make("div", `label side-${side}`);
    node.dataset.id = id;
    node.append(nameLines(names));
    const icon = L.divIcon({ className: `at ${className}`, html: node, iconSize: [0, 0] });
    const marker = L.marker(at, { icon, interactive, keyboard: interactive }).addTo(map);
    return marker;
  }

  function drawLabels() {
    for (const place of drawing.places) {
      label(place.at, place.names, place.side, `place ${place.kind} rank-${place.rank}`, place.id, false);
    }
    for (const [id, island] of Object.entries(drawing.islands)) {
      const marker = label(island.at, island.names, island.side, "island-label", id, true);
      marker.on("click", (event) => chooseFrom(event, id));
      const node = marker.getElement();
      node.setAttribute("role", "button");
      // Leaflet lets a label be reached by keyboard but makes no click of a key
      node.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        event.stopPropagation();
        choose(id === state.island ? null : id);
      });
      node.setAttribute("aria-label", `${drawing.text.select} ${island.names.map((n) => n.latin).join(" / ")}`);
    }
  }

  function chooseFrom(event, id) {
    L.DomEvent.stop(event);
    // the second click of a double click would take the choice back
    if (event.originalEvent && event.originalEvent.detail > 1) return;
    choose(id === state.island ? null : id);
  }

  function choose(id) {
    state.island = id;
    lastClick = Math.max(Date.now(), lastClick + 1);
    paint();
    // set by streamlit-folium's frontend; a map saved as a file has no server to tell
    if (window.Streamlit) window.Streamlit.setComponentValue({ island: id, click: lastClick });
  }

  function addControls() {
    const text = drawing.text;
    L.control.scale({ imperial: false, position: "bottomleft" }).addTo(map);
    const attribution = L.control.attribution({ prefix: false, position: "bottomright" }).addTo(map);
    attribution.addAttribution(text.attribution);

    const legend = L.control({ position: "bottomright" });
    legend.onAdd = () => {
      const node = make("details", "legend");
      node.open = map.getSize().x >= NARROW_PX;
      L.DomEvent.disableClickPropagation(node);
      node.append(make("summary", "", text.legend));
      for (const [id, island] of Object.entries(drawing.islands)) {
        const row = make("div", "row");
        row.append(swatch(id), nameLines(island.names));
        node.append(row);
      }
      const origin = make("div", "row");
      origin.append(make("span", "dot"), text.origin);
      node.append(origin);
      return node;
    };
    legend.addTo(map);

    strip = make("div", "strip", text.convention);
    box.append(strip);

    const choices = { [text.drawn]: L.layerGroup().addTo(map) };
    for (const tiles of drawing.tiles) {
      choices[tiles.name] = L.tileLayer(tiles.url, { attribution: tiles.attribution, maxZoom: 18 });
    }
    L.control.layers(choices, {}, { collapsed: true }).addTo(map);
    const toggle = box.querySelector(".leaflet-control-layers-toggle");
    toggle.title = text.background;
    toggle.setAttribute("aria-label", text.background);
    map.on("baselayerchange", (event) => {
      const tiled = event.name !== text.drawn;
      box.classList.toggle("tiled", tiled);
      strip.textContent = tiled ? `${text.convention} ${text.tiles}` : text.convention;
    });
  }

  function swatch(id) {
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("class", "swatch");
    const rect = document.createElementNS(SVG, "rect");
    const attributes = { width: 18, height: 12, fill: `url(#pattern-${id})`, stroke: PATTERNS[id][0] };
    for (const [key, value] of Object.entries(attributes)) rect.setAttribute(key, value);
    svg.append(rect);
    return svg;
  }

  function paint() {
    if (!drawing) return;
    box.dataset.naming = state.naming;
    box.dataset.island = state.island || "";
    for (const [id, layer] of Object.entries(layers)) {
      const on = id === state.island;
      layer.setStyle({ weight: on ? 2.2 : ISLAND_STROKE, color: on ? "#111" : PATTERNS[id][0] });
      if (on) layer.bringToFront();
    }
    for (const node of box.querySelectorAll(".island-label")) {
      const on = node.firstChild.dataset.id === state.island;
      node.classList.toggle("on", on);
      node.setAttribute("aria-pressed", String(on));
    }
    paintLine();
    paintCard();
  }

  function paintLine() {
    lines.clearLayers();
    const origin = drawing.origins[state.origin];
    L.circleMarker(origin.at, { radius: 5, color: "#111", weight: 2, fillColor: "#fff", fillOpacity: 1, interactive: false })
      .addTo(lines);
    if (!state.island) return;
    const { km, path } = origin.lines[state.island];
    const end = path[path.length - 1];
    L.polyline(path, { color: "#111", weight: 1.6, dashArray: "5 4", interactive: false }).addTo(lines);
    L.circleMarker(end, { radius: 4, color: "#111", weight: 2, fillColor: "#111", fillOpacity: 1, interactive: false })
      .addTo(lines);
    const middle = path[Math.floor(path.length / 2)];
    const icon = L.divIcon({ className: "at", html: make("div", "km", km), iconSize: [0, 0] });
    L.marker(middle, { icon, interactive: false, keyboard: false }).addTo(lines);
  }

  function paintCard() {
    card.hidden = !state.island;
    if (!state.island) return;
    const island = drawing.islands[state.island];
    const { title, rows, near } = island.cards[state.naming];
    const close = make("button", "close", "×");
    close.type = "button";
    close.setAttribute("aria-label", drawing.text.clear);
    close.addEventListener("click", () => choose(null));
    const facts = make("dl");
    for (const [term, value] of rows) facts.append(make("dt", "", term), make("dd", "", value));
    card.replaceChildren(close, make("h4", "title", title), facts, make("p", "near", near[state.origin]));
    if (island.quote) {
      card.append(make("blockquote", "", island.quote), make("p", "cite", island.quoted_from));
    }
    placeCard();
  }

  // [left, top, right, bottom] in the frame of what the card must not hide: an island's land and its label
  function obstacles(id) {
    const island = drawing.islands[id];
    const bounds = layers[id].getBounds();
    const west = map.latLngToContainerPoint(bounds.getSouthWest());
    const east = map.latLngToContainerPoint(bounds.getNorthEast());
    const { x, y } = map.latLngToContainerPoint(island.at);
    const left = island.side.includes("w") ? x - LABEL_PX[0] : x;
    const top = island.side.includes("n") ? y - LABEL_PX[1] : y - LABEL_PX[1] / 2;
    return [
      [west.x, east.y, east.x, west.y],
      [left, top, left + LABEL_PX[0], top + LABEL_PX[1]],
    ];
  }

  // beside the island where that hides no other, else where it hides least; the card's size is taken as known,
  // because asking for it would make the browser lay the frame out at every click
  function placeCard() {
    if (card.hidden || !state.island) return;
    const { x: width, y: height } = map.getSize();
    const [[west, north, east, south]] = obstacles(state.island);
    if (width < NARROW_PX) {
      // no room beside: the card goes to the half the island is not in
      const low = (north + south) / 2 > height / 2;
      const edge = `${low ? EDGE_PX : FOOT_PX}px`;
      Object.assign(card.style, { left: "", top: low ? edge : "auto", bottom: low ? "auto" : edge });
      return;
    }
    const [cardWidth, cardHeight] = CARD_PX;
    const middle = (north + south - cardHeight) / 2;
    const spots = [
      [east + GAP_PX, middle],
      [west - GAP_PX - cardWidth, middle],
      [west, north - GAP_PX - cardHeight],
      [CONTROLS_PX, north - GAP_PX - cardHeight],
      [CONTROLS_PX, EDGE_PX],
      [width - cardWidth - CONTROLS_PX, EDGE_PX],
    ];
    const others = Object.keys(drawing.islands).flatMap(obstacles);
    const hidden = ([left, top]) =>
      others.reduce((sum, [l, t, r, b]) => {
        const across = Math.min(r, left + cardWidth) - Math.max(l, left);
        const down = Math.min(b, top + cardHeight) - Math.max(t, top);
        return sum + (across > 0 && down > 0 ? across * down : 0);
      }, 0);
    const best = spots
      .map(([left, top]) => [
        Math.max(EDGE_PX, Math.min(left, width - cardWidth - EDGE_PX)),
        Math.max(EDGE_PX, Math.min(top, height - cardHeight - FOOT_PX)),
      ])
      .reduce((a, b) => (hidden(b) < hidden(a) ? b : a));
    Object.assign(card.style, { left: `${best[0]}px`, top: `${best[1]}px`, bottom: "auto" });
  }

  function rankByZoom() {
    const zoom = map.getZoom();
    box.dataset.rank = zoom >= 10 ? 3 : zoom >= 8.75 ? 2 : 1;
  }

  function fit(bounds) {
    const { x, y } = map.getSize();
    if (moved || !x || !y) return;
    map.fitBounds(bounds, { animate: false, paddingTopLeft: [0, 0], paddingBottomRight: [0, 26] });
  }

  async function read(config) {
    if (config.inline) return config.inline;
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

  async function mount(leafletMap, config) {
    map = leafletMap;
    box = map.getContainer();
    box.classList.add("four-islands");
    layers = {};
    lines = L.layerGroup().addTo(map);
    card = make("div", "card");
    card.hidden = true;
    card.setAttribute("aria-live", "polite");
    L.DomEvent.disableClickPropagation(card);
    L.DomEvent.disableScrollPropagation(card);
    map.doubleClickZoom.disable();
    for (const gesture of ["pointerdown", "wheel", "keydown"]) box.addEventListener(gesture, () => (moved = true));
    new ResizeObserver(() => {
      map.invalidateSize({ animate: false });
      fit(config.first_view);
    }).observe(box);
    fit(config.first_view);
    let files;
    try {
      files = await read(config);
    } catch {
      box.append(make("p", "failed", config.failed));
      return;
    }
    drawing = files["drawing.json"];
    definePatterns();
    drawContext(files["context.geojson"]);
    drawIslands(files["islands.geojson"]);
    drawLabels();
    addControls();
    box.append(card);
    map.on("click", () => state.island && choose(null));
    map.on("move zoomend resize", placeCard);
    map.on("zoomend", rankByZoom);
    rankByZoom();
    paint();
    box.dataset.ready = "yes";
  }

  function show(next) {
    // streamlit-folium keeps every group it ever added; those before this one are off the map already
    if (window.feature_group) window.feature_group.length = 0;
    // an answer to an older click must not take back a newer one
    const { answered, ...chosen } = next;
    Object.assign(state, chosen, answered < lastClick ? { island: state.island } : {});
    paint();
  }

  window.fourIslands = { mount, show };
})();
