import assert from "node:assert/strict";
import { test } from "node:test";
import "../../geo/map/static/rules.js";

const { rankOf, shore, newestOn, placeOf, isBetween } = globalThis.fourIslands.rules;

test("the nearer the reader looks, the more places are named", () => {
  assert.deepEqual([4, 5.99, 6, 8.5, 8.75, 10, 14].map(rankOf), [0, 0, 1, 1, 2, 3, 3]);
});

test("a shore leaves out the edges along which the land was cut off", () => {
  const ring = [
    [0, 0],
    [10, 0],
    [10, 5],
    [6, 7],
    [0, 5],
    [0, 0],
  ];
  const feature = { geometry: { coordinates: [[ring]] }, properties: { clip: [0, 0, 10, 10] } };
  assert.deepEqual(shore(feature), [
    [
      [5, 10],
      [7, 6],
      [5, 0],
    ],
  ]);
  const whole = { ...feature, properties: {} };
  assert.equal(shore(whole)[0].length, ring.length);
});

test("a day shows what was newest on it, and nothing before the first day", () => {
  const dated = [{ day: "1855-02-07" }, { day: "1875-05-07" }];
  assert.equal(newestOn(dated, "1855-02-06"), undefined);
  assert.equal(newestOn(dated, "1855-02-07"), dated[0]);
  assert.equal(newestOn(dated, "1875-05-06"), dated[0]);
  assert.equal(newestOn(dated, "1990-01-01"), dated[1]);
});

test("a day between two steps of the timeline counts as the later, and today comes after the last", () => {
  const steps = [{ day: "1855-02-07" }, { day: "1875-05-07" }];
  assert.deepEqual(
    ["1855-02-07", "1860-01-01", "1875-05-07", "1990-01-01", null].map((day) => placeOf(steps, day)),
    [0, 1, 1, 2, 2],
  );
  assert.deepEqual(
    ["1855-02-07", "1860-01-01", null].map((day) => isBetween(steps, day)),
    [false, true, false],
  );
});
