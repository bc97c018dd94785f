// What changed at an endpoint against its own past: findings with the test behind each, none while it is being learned.
import { ownCopy } from "../model/grow.ts";
import type { EndpointHistory } from "../model/past.ts";
import { shortHash } from "../model/identity.ts";
import type { Profile } from "../model/past.ts";
import { emptyProfile, growProfile } from "../model/profile.ts";
import type { Change, Times } from "./drift-change.ts";
import { CHANCE, change, classOf, FEWEST, percent } from "./drift-change.ts";
import { fieldDrift } from "./drift-fields.ts";
import { absenceChance, gStatistic } from "./statistics.ts";

/** One change of one thing. */
export interface DriftFinding extends Change {
  /** The same for the same endpoint, category and location. */
  readonly id: string;
  /** Start of the day since which it is so; milliseconds since the epoch. */
  readonly since: number;
  /** All that speaks for it comes from clients never heard before: more likely somebody trying than a change. */
  readonly probe: boolean;
}

const SEVERITIES = ["critical", "error", "warn", "info"];

/** Less than this and the past is still being learned. */
const LEARNED_SUCCESSES = 200;
const DAY = 86_400_000;
const FEWEST_CLIENTS = 2;

/**
 * Everything that changed within the last seven days, worst first. Each day that may be the day of the change is
 * tried, and the earliest one at which a change shows is its date.
 */
export function driftOf(endpointId: string, history: EndpointHistory | undefined): readonly DriftFinding[] {
  if (history === undefined) return [];
  const days = Object.keys(history.days)
    .map(Number)
    .sort((a, b) => a - b);
  const found = new Map<string, DriftFinding>();
  for (const day of days) {
    const times = split(history, day);
    if (!isLearned(times.past)) continue;
    const probe = isProbe(times);
    for (const change of changes(times)) {
      const id = `dr_${shortHash(`${endpointId}\n${change.category}\n${change.location}`)}`;
      if (found.has(id)) continue;
      const severity = probe ? "info" : change.severity;
      found.set(id, { ...change, id, severity, since: day * DAY, probe });
    }
  }
  // A day too early looks as if what is gone had only become rarer.
  const all = [...found.values()];
  const gone = new Set(
    all.filter(({ category }) => category === "field-gone").map(({ location }) => location),
  );
  return all
    .filter(({ category, location }) => category !== "field-optional" || !gone.has(location))
    .sort(
      (a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || (a.id < b.id ? -1 : 1),
    );
}

function split(history: EndpointHistory, at: number): Times {
  const past = ownCopy(history.before);
  const recent = ownCopy(emptyProfile());
  for (const [day, profile] of Object.entries(history.days)) {
    growProfile(Number(day) < at ? past : recent, profile);
  }
  return { past, recent, first: history.days[String(at)] ?? emptyProfile() };
}

function isLearned(past: Profile): boolean {
  return classOf(past, "2") >= LEARNED_SUCCESSES && past.to - past.from >= DAY;
}

/** One client that was not among those known: both sides keep the smallest hashes, so those below can be compared. */
function isProbe({ past, recent }: Times): boolean {
  const [client, ...others] = recent.clients;
  if (client === undefined || others.length > 0) return false;
  return !past.clients.includes(client) && client < (past.clients.at(-1) ?? 0);
}

// What is only told may be chance more often than what somebody must act on.
const NEWS = 1e-3;

/** Compares two spans of time. */
export function changes(times: Times): readonly Change[] {
  return [...firstSeen(times), ...authDrift(times), ...statusShift(times), ...fieldDrift(times)];
}

function firstSeen({ past, recent, first }: Times): readonly Change[] {
  const isSeen = recent.clients.length >= FEWEST_CLIENTS;
  const fresh = (kind: "statuses" | "mediaTypes" | "classes") =>
    Object.entries(recent[kind]).filter(
      ([name, count]) =>
        count >= FEWEST && name !== "*" && past[kind][name] === undefined && first[kind][name] !== undefined,
    );
  const classes = fresh("classes").map(([name, count]) =>
    change("data-class-new", name, "critical", `${count} answers carry ${name}, none did before`),
  );
  if (!isSeen) return classes;
  // One less than were seen: what is rare is seen by chance more often than it is there.
  const isNews = ([, count]: readonly [string, number]) =>
    absenceChance((count - 1) / Math.max(1, recent.requests), past.requests) < NEWS;
  return [
    ...fresh("statuses")
      .filter(isNews)
      .map(([status, count]) =>
        change("status-new", status, "info", `${count} answers with a status never seen before`),
      ),
    ...fresh("mediaTypes")
      .filter(isNews)
      .map(([type, count]) =>
        change(
          "media-type-new",
          type || "none",
          "info",
          `${count} answers in a media type never seen before`,
        ),
      ),
    ...classes,
  ];
}

// Credentials were always there; fewer successes could be luck.
const FEWEST_KNOWN = 50;

function authDrift({ past, recent, first }: Times): readonly Change[] {
  const isWeaker =
    past.open === 0 &&
    past.known >= FEWEST_KNOWN &&
    first.open > 0 &&
    recent.clients.length >= FEWEST_CLIENTS;
  if (!isWeaker) return [];
  const text = `${recent.open} requests without credentials succeeded; all ${past.known} successes before had some`;
  return [change("auth-weakened", "request", "critical", text)];
}

// chi-squared of two degrees of freedom: exp(-x / 2) is the chance, so 27.6 is one in a million.
const G_LIMIT = -2 * Math.log(CHANCE);
// A significant change of two per cent is still none that anybody must act on.
const EFFECT = 0.1;

function statusShift({ past, recent }: Times): readonly Change[] {
  const [before, now] = [past, recent].map((profile) =>
    ["2", "4", "5"].map((digit) => classOf(profile, digit)),
  );
  if (before === undefined || now === undefined || gStatistic(before, now) < G_LIMIT) return [];
  const share = (counts: readonly number[], at: number) =>
    (counts[at] ?? 0) /
    Math.max(
      1,
      counts.reduce((a, b) => a + b, 0),
    );
  const failures = share(now, 1) + share(now, 2);
  const earlier = share(before, 1) + share(before, 2);
  if (Math.abs(failures - earlier) < EFFECT) return [];
  return [
    change(
      "status-mix",
      "status",
      "warn",
      `${percent(failures)} of answers are failures, ${percent(earlier)} were before`,
    ),
  ];
}

// Rates by weekday need a week, and days that were busy one after the other: what came in one burst need not come again.
const SILENCE_SPAN = 7;
const SILENCE_DAYS = 5;
// Beyond a year nothing more is to be learned from counting days, and a wrong clock must not make them many.
const LONGEST_SILENCE = 366;

/**
 * Whether an endpoint that was busy has gone silent: by its own weekdays, so many requests were to be expected that
 * their absence is no chance. `now` and `serviceLastSeen` by the traffic's clock; a whole service that is silent is not heard.
 */
export function silence(
  endpointId: string,
  history: EndpointHistory | undefined,
  { now, serviceLastSeen }: { readonly now: number; readonly serviceLastSeen: number },
): DriftFinding | null {
  if (history === undefined) return null;
  const whole = Object.values(history.days).reduce<Profile>(
    (all, day) => growProfile(all, day),
    ownCopy(history.before),
  );
  const isAlive = serviceLastSeen >= now - DAY;
  const isSteady =
    Object.keys(history.days).length >= SILENCE_DAYS && whole.to - whole.from >= (SILENCE_SPAN - 1) * DAY;
  if (!isLearned(whole) || !isSteady || !isAlive || now - whole.to < DAY) return null;
  const expected = expectedSince(whole, now);
  if (Math.exp(-expected) >= CHANCE) return null;
  const idle = Math.floor((now - whole.to) / DAY);
  const id = `dr_${shortHash(`${endpointId}\nsilent\nrequest`)}`;
  const text = `no request for ${idle} days, ${Math.round(expected)} were to be expected`;
  return {
    ...change("silent", "request", "warn", text),
    id,
    since: whole.to,
    probe: false,
  };
}

/** Requests to be expected on the whole days since the last one. */
function expectedSince({ weekdays, from, to }: Profile, now: number): number {
  const weeks = Math.max(1, (to - from) / (7 * DAY));
  let expected = 0;
  const end = Math.min(now, to + LONGEST_SILENCE * DAY);
  for (let at = to + DAY; at <= end; at += DAY)
    expected += (weekdays[(Math.floor(at / DAY) + 4) % 7] ?? 0) / weeks;
  return expected;
}
