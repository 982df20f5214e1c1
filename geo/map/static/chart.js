/* One drawn map: land, islands, labels, lines, legend and card. All text is set with textContent: nothing from data
   becomes markup. */
(() => {
  const { pointOf, rankOf, shore } = globalThis.fourIslands.rules;
  const SVG = "http://www.w3.org/2000/svg";
  const ISLAND_STROKE = 1.2;

  function make(tag, className, text) {
    const node = document.createElement(tag);
    if (className) node.className = className;
    if (text !== undefined) node.textContent = text;
    return node;
  }

  function makeSvg(tag, attributes) {
    const node = document.createElementNS(SVG, tag);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    return node;
  }

  function nameLines(names) {
    const parts = document.createDocumentFragment();
    for (const { convention, name, latin } of names) {
      const line = make("span", `name ${names.length > 1 ? convention : "only"}`);
      const native = make("b", "", name);
      native.lang = convention;
      line.append(native);
      // a name in the page's own script needs no transcription
      if (latin !== name) line.append(" ", make("i", "", latin));
      parts.append(line);
    }
    return parts;
  }

  // once a page: the patterns serve every map in it
  function definePatterns(parent, { fills }) {
    const svg = makeSvg("svg", { class: "patterns", "aria-hidden": "true" });
    for (const [id, { colour, path, opacity }] of Object.entries(fills)) {
      const pattern = makeSvg("pattern", { id: `pattern-${id}`, width: 8, height: 8, patternUnits: "userSpaceOnUse" });
      pattern.append(
        makeSvg("rect", { width: 8, height: 8, fill: colour, "fill-opacity": opacity }),
        makeSvg("path", { d: path, stroke: colour, "stroke-width": 1.4, fill: "none", "stroke-opacity": 0.8 }),
      );
      svg.append(pattern);
    }
    parent.append(svg);
  }

  function swatch(id, { fills }) {
    const svg = makeSvg("svg", { class: "swatch" });
    svg.append(makeSvg("rect", { width: 18, height: 12, fill: `url(#pattern-${id})`, stroke: fills[id].colour }));
    return svg;
  }

  class Chart {
    /**
     * The frame of a drawing, with its controls; `draw` draws it, once the map shows what it is to show.
     * @param {L.Map} map where to draw
     * @param {object} files islands.geojson, context.geojson and drawing.json
     * @param {(id: ?string) => void} choose called with what the reader clicks
     */
    constructor(map, files, choose) {
      this.map = map;
      this.box = map.getContainer();
      this.box.classList.add("four-islands");
      this.drawing = files["drawing.json"];
      const { fills, lines } = this.drawing.palette;
      this.fills = fills;
      this.colours = lines;
      this.shore = { color: lines.shore, weight: 0.8, dashArray: null };
      this.counted = {
        yes: { color: lines.counted, weight: 3, dashArray: null },
        disputed: { color: lines.counted, weight: 3, dashArray: "2 5" },
      };
      this.choose = choose;
      this.state = { island: null, naming: "both", origin: "nosappu", kuril: null };
      this.scene = null;
      this.islands = {};
      this.areas = {};
      this.files = files;
      this.readSizes();
      // set while the reader chooses a point to measure from
      this.pick = null;
      this.addControls();
      this.addCard();
    }

    draw() {
      const { map, files, choose } = this;
      map.createPane("zones").style.zIndex = 140; // under the land, which is left in them
      this.zones = L.layerGroup().addTo(map);
      this.lines = L.layerGroup().addTo(map);
      this.borders = L.layerGroup().addTo(map);
      this.drawLand(files["context.geojson"]);
      this.drawIslands(files["islands.geojson"]);
      this.drawLabels();
      map.on("click", (event) => {
        if (this.pick) this.pick(event.latlng);
        else if (this.state.island) choose(null);
      });
      map.on("resize", () => {
        this.readSizes();
        this.measure();
      });
      map.on("zoomend", () => this.rankByZoom());
      this.rankByZoom();
    }

    drawLand(context) {
      this.map.createPane("land").style.zIndex = 150; // under the tiles, which replace it
      const renderer = L.svg({ pane: "land" });
      const still = { pane: "land", renderer, interactive: false };
      for (const feature of context.features) {
        const style = { stroke: false, fillColor: this.colours.land, fillOpacity: 1 };
        const fill = L.geoJSON(feature, { ...still, style }).addTo(this.map);
        const edge = L.polyline(shore(feature), { ...still, ...this.shore }).addTo(this.map);
        const { area } = feature.properties;
        if (area) this.areas[area] = [...(this.areas[area] || []), { fill, edge }];
      }
    }

    drawIslands(islands) {
      for (const feature of islands.features) {
        const id = feature.properties.id;
        const colour = this.fills[id].colour;
        // a wide invisible rim lets a finger hit the small islets
        const rim = L.geoJSON(feature, {
          style: { color: colour, opacity: 0, weight: 14, fill: false, className: "rim" },
        });
        const land = L.geoJSON(feature, {
          style: { color: colour, weight: ISLAND_STROKE, fillOpacity: 1, className: `island island-${id}` },
        });
        for (const layer of [rim, land]) layer.on("click", (event) => this.chooseFrom(event, id)).addTo(this.map);
        this.islands[id] = land;
      }
    }

    label(at, content, side, className, id, interactive) {
      const node = make("div", `label side-${side}`);
      node.dataset.id = id;
      node.append(content);
      const icon = L.divIcon({ className: `at ${className}`, html: node, iconSize: [0, 0] });
      return L.marker(at, { icon, interactive, keyboard: interactive });
    }

    drawLabels() {
      for (const place of this.drawing.places) {
        const kind = `place ${place.kind} rank-${place.rank}`;
        this.label(place.at, nameLines(place.names), place.side, kind, place.id, false).addTo(this.map);
      }
      for (const { id, at, side, names } of this.drawing.areas) {
        this.label(at, nameLines(names), side, "area-label", id, false).addTo(this.map);
      }
      for (const [id, island] of Object.entries(this.drawing.islands)) {
        const content = document.createDocumentFragment();
        content.append(nameLines(island.names), make("span", "units"));
        const marker = this.label(island.at, content, island.side, "island-label", id, true).addTo(this.map);
        marker.on("click", (event) => this.chooseFrom(event, id));
        const node = marker.getElement();
        node.setAttribute("role", "button");
        // Leaflet lets a label be reached by keyboard but makes no click of a key
        node.addEventListener("keydown", (event) => {
          if (event.key !== "Enter" && event.key !== " ") return;
          event.preventDefault();
          event.stopPropagation();
          this.choose(id === this.state.island ? null : id);
        });
      }
    }

    chooseFrom(event, id) {
      L.DomEvent.stop(event);
      // the second click of a double click would take the choice back
      if (event.originalEvent && event.originalEvent.detail > 1) return;
      if (this.pick) {
        this.pick(event.latlng);
        return;
      }
      this.choose(id === this.state.island ? null : id);
    }

    addControls() {
      const { text } = this.drawing;
      L.control.scale({ imperial: false, position: "bottomleft" }).addTo(this.map);
      const attribution = L.control.attribution({ prefix: false, position: "bottomright" }).addTo(this.map);
      attribution.addAttribution(text.attribution);
      const legend = L.control({ position: "bottomright" });
      legend.onAdd = () => {
        this.legend = make("details", "legend");
        this.legend.open = this.hasRoom();
        L.DomEvent.disableClickPropagation(this.legend);
        return this.legend;
      };
      legend.addTo(this.map);
      this.heading = make("div", "heading");
      this.heading.setAttribute("role", "heading");
      this.heading.setAttribute("aria-level", "1");
      this.strip = make("div", "strip");
      this.strip.setAttribute("role", "status");
      this.box.append(this.heading, this.strip);
    }

    addCard() {
      this.card = make("div", "card");
      this.card.hidden = true;
      this.card.setAttribute("aria-live", "polite");
      L.DomEvent.disableClickPropagation(this.card);
      L.DomEvent.disableScrollPropagation(this.card);
      this.box.append(this.card);
    }

    /**
     * Show a scene and what the reader chose.
     * @param {object} state island, naming, origin, kuril
     * @param {object} scene key (the same for the same picture), title, strip, fills (by area), dashed (the lines),
     *   borders (ids of lines), own (whether the four keep their own patterns), units, rows (id) => rows of the card
     */
    paint(state, scene) {
      const repaint =
        !this.scene ||
        this.scene.key !== scene.key ||
        this.state.kuril !== state.kuril ||
        this.scene.zones?.miles !== scene.zones?.miles;
      this.state = { ...state };
      this.scene = scene;
      Object.assign(this.box.dataset, { naming: state.naming, island: state.island || "", scene: scene.key });
      if (repaint) {
        this.paintFills();
        this.paintZones();
        this.paintBorders();
        this.paintLegend();
      }
      this.tell(scene);
      this.paintIslands();
      this.paintLine();
      this.paintCard();
    }

    tell({ title, strip }) {
      this.heading.textContent = title;
      if (this.strip.textContent === strip) return;
      this.strip.textContent = strip;
      this.measure();
    }

    // the strip may take several lines: what stands above it has to know
    measure() {
      this.box.style.setProperty("--strip", `${this.strip.offsetHeight}px`);
    }

    covers(area) {
      const meaning = this.drawing.meanings[this.state.kuril];
      return meaning ? this.counted[meaning.covers[area]] : undefined;
    }

    paintFills() {
      for (const [area, pieces] of Object.entries(this.areas)) {
        const holder = this.scene.fills[area];
        for (const { fill, edge } of pieces) {
          fill.setStyle({ fillColor: holder ? `url(#pattern-${holder})` : this.colours.land, className: "area" });
          edge.setStyle(this.covers(area) || this.shore);
        }
      }
      for (const [id, layer] of Object.entries(this.islands)) {
        const pattern = this.scene.own ? id : this.scene.fills[id] || "unsettled";
        layer.setStyle({ fillColor: `url(#pattern-${pattern})` });
      }
    }

    paintIslands() {
      for (const [id, layer] of Object.entries(this.islands)) {
        const on = id === this.state.island;
        const own = this.fills[this.scene.own ? id : this.scene.fills[id] || "unsettled"].colour;
        const counted = this.covers(id) || { color: own, weight: ISLAND_STROKE, dashArray: null };
        layer.setStyle(on ? { ...counted, color: this.colours.ink, weight: Math.max(2.2, counted.weight) } : counted);
        if (on) layer.bringToFront();
      }
      for (const node of this.box.querySelectorAll(".island-label")) {
        const id = node.firstChild.dataset.id;
        const on = id === this.state.island;
        node.classList.toggle("on", on);
        node.setAttribute("aria-pressed", String(on));
        const units = this.scene.units && this.drawing.islands[id].units[this.scene.units];
        node.querySelector(".units").textContent = units ? units[this.state.naming] : "";
      }
    }

    paintBorders() {
      this.borders.clearLayers();
      for (const line of this.drawing.lines) {
        if (!this.scene.borders.includes(line.id)) continue;
        const style = { color: this.colours.border, weight: 2.4, dashArray: this.scene.dashed ? "8 6" : null };
        L.polyline(line.path, { ...style, interactive: false, className: `border border-${line.id}` }).addTo(
          this.borders,
        );
        const text = document.createDocumentFragment();
        text.append(make("b", "", line.label), make("i", "", this.drawing.text.illustration));
        this.label(line.label_at, text, line.label_side, "border-label", line.id, false).addTo(this.borders);
      }
    }

    // whose zone it is in this scene: that of the state whose land it lies around
    zoneHolders() {
      return { japan: "jp", russia: "ru", four_islands: this.scene.fills.iturup };
    }

    paintZones() {
      this.zones.clearLayers();
      if (!this.scene.zones) return;
      const renderer = L.svg({ pane: "zones" });
      for (const [lands, holder] of Object.entries(this.zoneHolders())) {
        const { colour } = this.fills[holder];
        const both = lands === "four_islands";
        const style = { color: colour, weight: 1.4, dashArray: both ? "7 4" : null, fillOpacity: both ? 0.22 : 0.1 };
        const still = { pane: "zones", renderer, interactive: false };
        L.geoJSON(this.scene.zones.lands[lands], {
          ...still,
          style: { ...style, className: `zone zone-${lands}` },
        }).addTo(this.zones);
      }
    }

    paintLegend() {
      const { text, holders, meanings, islands } = this.drawing;
      const rows = [make("summary", "", text.legend)];
      const row = (...parts) => {
        const node = make("div", "row");
        node.append(...parts);
        rows.push(node);
      };
      if (this.scene.own)
        for (const [id, island] of Object.entries(islands))
          row(swatch(id, this.drawing.palette), nameLines(island.names));
      const areas = Object.entries(this.scene.fills).filter(([area]) => !this.scene.own || !(area in islands));
      const shown = new Set(areas.map(([, holder]) => holder));
      for (const [holder, name] of Object.entries(holders))
        if (shown.has(holder)) row(swatch(holder, this.drawing.palette), name);
      if (this.state.kuril) {
        row(make("span", "counted yes"), `${text.counted}: ${meanings[this.state.kuril].title}`);
        if (Object.values(meanings[this.state.kuril].covers).includes("disputed")) {
          row(make("span", "counted disputed"), text.counted_disputed);
        }
      }
      if (this.scene.zones) {
        for (const [lands, holder] of Object.entries(this.zoneHolders())) {
          const mark = make("span", `zone-mark ${lands === "four_islands" ? "both" : ""}`);
          mark.style.borderColor = this.fills[holder].colour;
          row(mark, text.zone_of[lands]);
        }
      }
      row(make("span", "dot"), text.origin);
      this.legend.replaceChildren(...rows);
    }

    // a place, or a point from which the page has measured, or is measuring
    originInView() {
      const { origin, measured } = this.state;
      if (this.drawing.origins[origin]) return this.drawing.origins[origin];
      return measured?.origin === origin ? measured : { at: pointOf(origin), lines: {}, near: {} };
    }

    paintLine() {
      this.lines.clearLayers();
      const origin = this.originInView();
      const dot = { color: this.colours.ink, weight: 2, fillOpacity: 1, interactive: false };
      L.circleMarker(origin.at, { ...dot, radius: 5, fillColor: this.colours.paper }).addTo(this.lines);
      if (!this.state.island) return;
      const { km, path } = origin.lines[this.state.island] || {};
      // from the island itself there is no line
      if (!km) return;
      L.polyline(path, { color: this.colours.ink, weight: 1.6, dashArray: "5 4", interactive: false }).addTo(
        this.lines,
      );
      L.circleMarker(path[path.length - 1], { ...dot, radius: 4, fillColor: this.colours.ink }).addTo(this.lines);
      const icon = L.divIcon({ className: "at", html: make("div", "km", km), iconSize: [0, 0] });
      // of a line from far away the part that is seen
      const inView = path.filter((point) => this.map.getBounds().contains(point));
      const along = inView.length ? inView : path;
      const middle = along[Math.floor(along.length / 2)];
      L.marker(middle, { icon, interactive: false, keyboard: false }).addTo(this.lines);
    }

    paintCard() {
      this.card.hidden = !this.state.island;
      // in its corner the card takes the place of the heading; the strip says the same
      this.heading.classList.toggle("unseen", !this.card.hidden);
      if (!this.state.island) return;
      const island = this.drawing.islands[this.state.island];
      const { title, near } = island.cards[this.state.naming];
      const close = make("button", "close", "×");
      close.type = "button";
      close.setAttribute("aria-label", this.drawing.text.clear);
      close.addEventListener("click", () => this.choose(null));
      const facts = make("dl");
      for (const [term, value] of this.scene.rows(this.state.island, this.state.naming)) {
        facts.append(make("dt", "", term), make("dd", "", value));
      }
      const far = near[this.state.origin] || this.originInView().near?.[this.state.island] || "";
      this.card.replaceChildren(close, make("p", "title", title), facts, make("p", "near", far));
    }

    // asked for when the window changes, because asking lays the frame out
    readSizes() {
      const style = getComputedStyle(document.documentElement);
      this.isNarrow = style.getPropertyValue("--narrow").trim() === "1";
    }

    hasRoom() {
      return !this.isNarrow;
    }

    rankByZoom() {
      const rank = rankOf(this.map.getZoom());
      // over the whole chain the legend would cover the islands
      if ((rank === 0) !== (this.box.dataset.rank === "0")) this.legend.open = rank > 0 && this.hasRoom();
      this.box.dataset.rank = rank;
      // over the whole chain the labels are not drawn, and their buttons need a name of their own
      for (const node of this.box.querySelectorAll(".island-label")) {
        const { names } = this.drawing.islands[node.firstChild.dataset.id];
        if (rank === 0) node.setAttribute("aria-label", names.map((n) => n.latin).join(" / "));
        else node.removeAttribute("aria-label");
      }
    }
  }

  Object.assign(globalThis.fourIslands, { Chart, definePatterns, make });
})();
