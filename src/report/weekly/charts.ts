// Trend charts as inline SVG: drawn from numbers alone, told in words to who cannot see them.
import { HEADLINES } from "./headline-words.ts";
import type { Headline, TrendPoint } from "./report.ts";

interface Series {
  readonly key: keyof Headline;
  readonly title: string;
  /** Class that gives it its colour. */
  readonly tone: string;
}

// One column of the page: text in it keeps its size on a phone.
const WIDTH = 340;
const HEIGHT = 168;
const LEFT = 8;
const TOP = 26;
const BOTTOM = 26;
const PLOT = HEIGHT - TOP - BOTTOM;
// Share of its slot that a bar fills.
const BAR = 0.68;

const STACK: readonly Series[] = [
  { key: "documented", title: "documented", tone: "c-documented" },
  { key: "shadow", title: "shadow", tone: "c-shadow" },
  { key: "zombie", title: "zombie", tone: "c-zombie" },
];

const SINGLE: readonly (keyof Headline)[] = ["shadow", "ai", "zombie", "unowned", "orphan"];

/** One stacked chart of all endpoints, then one of each number that wants watching. */
export function chartsOf(trend: readonly TrendPoint[]): readonly string[] {
  const singles = HEADLINES.filter(({ key }) => SINGLE.includes(key)).map(({ key, title }) =>
    chart(title, trend, [{ key, title: title.toLowerCase(), tone: `c-${key}` }]),
  );
  return [chart("API endpoints by standing", trend, STACK), ...singles];
}

function chart(title: string, trend: readonly TrendPoint[], series: readonly Series[]): string {
  const sums = trend.map((point) => series.reduce((sum, { key }) => sum + point[key], 0));
  const most = Math.max(1, ...sums);
  const slot = (WIDTH - 2 * LEFT) / Math.max(1, trend.length);
  const bars = trend.map((point, index) => bar(point, { series, most, x: LEFT + slot * index, slot }));
  const labels = [0, trend.length - 1].map((index) => {
    const anchor = index === 0 ? "start" : "end";
    return `<text class="axis" x="${index === 0 ? LEFT : WIDTH - LEFT}" y="${HEIGHT - 8}" text-anchor="${anchor}">${trend[index]?.week ?? ""}</text>`;
  });
  const base = HEIGHT - BOTTOM;
  const last = sums.at(-1) ?? 0;
  return `<figure class="chart"><figcaption>${title}</figcaption>
<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title}: ${told(trend, series)}">
${bars.join("\n")}
<line class="base" x1="${LEFT}" y1="${base}" x2="${WIDTH - LEFT}" y2="${base}"/>
<text class="value" x="${WIDTH - LEFT}" y="${16}" text-anchor="end">${last.toLocaleString("en-US")}</text>
${labels.join("\n")}
</svg>${series.length > 1 ? legend(series) : ""}</figure>`;
}

function bar(
  point: TrendPoint,
  at: {
    readonly series: readonly Series[];
    readonly most: number;
    readonly x: number;
    readonly slot: number;
  },
): string {
  const { series, most, x, slot } = at;
  let y = HEIGHT - BOTTOM;
  const parts = series.map(({ key, tone }) => {
    const height = (PLOT * point[key]) / most;
    y -= height;
    return `<rect class="${tone}" x="${round(x + (slot * (1 - BAR)) / 2)}" y="${round(y)}" width="${round(slot * BAR)}" height="${round(height)}"/>`;
  });
  return parts.join("");
}

function told(trend: readonly TrendPoint[], series: readonly Series[]): string {
  const [first, last] = [trend[0], trend.at(-1)];
  if (first === undefined || last === undefined) return "no figures";
  return series
    .map(({ key, title }) => `${title} ${first[key]} in ${first.week}, ${last[key]} in ${last.week}`)
    .join("; ");
}

function legend(series: readonly Series[]): string {
  const entries = series.map(
    ({ title, tone }) =>
      `<li><svg viewBox="0 0 10 10" width="10" height="10" aria-hidden="true"><rect class="${tone}" width="10" height="10"/></svg> ${title}</li>`,
  );
  return `<ul class="legend">${entries.join("")}</ul>`;
}

/** Tenths of a pixel: more digits only make the file longer. */
function round(value: number): string {
  return String(Math.round(value * 10) / 10);
}
