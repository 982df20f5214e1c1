/* What the map decides without drawing: pure functions of numbers and plain data, tested without a browser. */
(() => {
  // the rank of places that a zoom has room for: 0 shows the whole chain, 3 names every islet
  function rankOf(zoom) {
    if (zoom >= 10) return 3;
    if (zoom >= 8.75) return 2;
    return zoom >= 6 ? 1 : 0;
  }

  // the shore of a polygon, in runs of [lat, lon], without the edges where it was cut off along `clip`
  // ([west, south, east, north] in degrees)
  function shore({ geometry, properties: { clip } }) {
    const cut = (a, b) =>
      clip && [0, 1, 2, 3].some((side) => [a, b].every((point) => Math.abs(point[side % 2] - clip[side]) < 1e-4));
    const runs = [];
    for (const ring of geometry.coordinates.flat()) {
      let run = [];
      ring.forEach(([lon, lat], index) => {
        if (index && cut(ring[index - 1], [lon, lat])) {
          if (run.length > 1) runs.push(run);
          run = [];
        }
        run.push([lat, lon]);
      });
      if (run.length > 1) runs.push(run);
    }
    return runs;
  }

  // the newest of some dated things, in order, at or before a day; nothing before the first
  function newestOn(dated, day) {
    return dated.findLast((one) => one.day <= day);
  }

  // where a day stands among the steps: one between two of them counts as the later; none is today, after the last
  function placeOf(steps, day) {
    return day ? steps.filter((step) => step.day < day).length : steps.length;
  }

  function isBetween(steps, day) {
    return Boolean(day) && !steps.some((step) => step.day === day);
  }

  // a point as an address keeps it: latitude and longitude in degrees, 5 decimals at most
  function writtenPoint(lat, lon) {
    const turned = ((((lon + 180) % 360) + 360) % 360) - 180;
    return [lat, turned].map((value) => String(Number(value.toFixed(5)) + 0)).join(",");
  }

  // [lat, lon] of an origin that is a point and no place
  function pointOf(origin) {
    const parts = String(origin).split(",").map(Number);
    return parts.length === 2 && parts.every(Number.isFinite) ? parts : undefined;
  }

  globalThis.fourIslands = { rules: { rankOf, shore, newestOn, placeOf, isBetween, writtenPoint, pointOf } };
})();
