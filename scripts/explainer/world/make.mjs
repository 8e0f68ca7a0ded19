// Makes world.json, the outlines of the map of verdicts. README.md says when and how to run it.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { geoArea, geoCentroid } from "d3-geo";
import countries from "i18n-iso-countries";
import { feature, mergeArcs, quantize } from "topojson-client";
import { filter, filterWeight, presimplify, simplify, sphericalRingArea, sphericalTriangleArea } from "topojson-simplify";

const [LEAST_TRIANGLE, LEAST_RING] = [2.5e-4, 3e-4]; // steradians: what cannot be seen on a map 640 pixels wide
const ANTARCTICA = "010", RUSSIA = "643", UKRAINE = "804";

const world = JSON.parse(readFileSync(createRequire(import.meta.url).resolve("world-atlas/countries-110m.json")));
const of = (id) => world.objects.countries.geometries.find((geometry) => geometry.id === id);

// Natural Earth draws Crimea with Russia; README.md says why this map does not.
const inCrimea = ([ring]) => ring.every(([lon, lat]) => lon > 32 && lon < 37 && lat > 44 && lat < 46.5);
const crimea = feature(world, of(RUSSIA)).geometry.coordinates.findIndex(inCrimea);
const [arcs] = of(RUSSIA).arcs.splice(crimea, 1);
Object.assign(of(UKRAINE), { type: "MultiPolygon", arcs: [...(of(UKRAINE).type === "Polygon" ? [of(UKRAINE).arcs] : of(UKRAINE).arcs), arcs] });

let map = simplify(presimplify(world, sphericalTriangleArea), LEAST_TRIANGLE);
map = filter(map, filterWeight(map, LEAST_RING, sphericalRingArea));
const shown = map.objects.countries.geometries.filter((geometry) => geometry.arcs && geometry.id !== ANTARCTICA);

// The middle of the largest part, where a label points to.
const middle = (geometry) => {
  const { type, coordinates } = feature(map, geometry).geometry;
  const parts = (type === "Polygon" ? [coordinates] : coordinates).map((part) => ({ type: "Polygon", coordinates: part }));
  return geoCentroid(parts.sort((a, b) => geoArea(b) - geoArea(a))[0]).map((value) => +value.toFixed(1));
};
map.objects = {
  land: mergeArcs(map, shown),
  countries: {
    type: "GeometryCollection",
    geometries: shown.map((geometry) => ({
      type: geometry.type,
      id: countries.numericToAlpha2(geometry.id),
      properties: { middle: middle(geometry) },
      arcs: geometry.arcs,
    })),
  },
};
map = quantize(filter(map), 3600);
writeFileSync(new URL("world.json", import.meta.url), JSON.stringify(map) + "\n");
