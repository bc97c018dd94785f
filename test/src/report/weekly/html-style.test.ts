// The colours of text keep the contrast that the style sheet promises, on light and on dark.
import { expect, test } from "vitest";
import { STYLE } from "../../../../src/report/weekly/html-style.ts";

/*
  Relative luminance and contrast ratio (WCAG 2.2, definitions)
*/
function luminance(hex: string): number {
  const full = hex.length === 4 ? hex.slice(1).replace(/./g, "$&$&") : hex.slice(1);
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => {
    const share = Number.parseInt(full.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

const [light, dark] = [...STYLE.matchAll(/:root\{([^}]*--ink[^}]*)\}/g)].map(
  ([, body = ""]) =>
    new Map([...body.matchAll(/--([\w-]+):(#[0-9a-f]+)/g)].map(([, name, hex]) => [name, hex])),
) as [Map<string, string>, Map<string, string>];

test.each([
  ["light", light],
  ["dark", dark],
])("%s", (_name, colours) => {
  const of = (name: string): string => colours.get(name) ?? "missing";
  for (const ink of ["ink", "dim", "accent", "bad", "warn", "good"]) {
    expect(contrast(of(ink), of("paper"))).toBeGreaterThanOrEqual(4.5);
  }
  expect(contrast(of("bad"), of("bad-soft"))).toBeGreaterThanOrEqual(4.5);
  expect(contrast(of("warn"), of("warn-soft"))).toBeGreaterThanOrEqual(4.5);
  // Graphics: 3 to 1 (WCAG 2.2, 1.4.11).
  for (const fill of ["documented", "shadow", "zombie", "ai", "unowned", "orphan"]) {
    expect(contrast(of(fill), of("paper"))).toBeGreaterThanOrEqual(3);
  }
});

test("nothing is loaded", () => {
  expect(STYLE).not.toMatch(/url\(|@import/);
});
