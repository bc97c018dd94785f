// Changes of fields: new, gone, no longer always there, of another kind; read by who must cope with them.
import { formatNames } from "../model/formats.ts";
import type { FieldProfile, Profile } from "../model/past.ts";
import type { Change, Times } from "./drift-change.ts";
import { change, classOf, FEWEST, isGone, percent } from "./drift-change.ts";
import { gStatistic, wilsonUpper } from "./statistics.ts";

// Objects before a field's presence or absence is judged.
const FEWEST_OBJECTS = 50;
// Nearly always there: its absence is news.
const USUAL = 0.95;
// A field that is still there in 995 of 1,000 objects is missing for reasons of its own.
const STILL_REQUIRED = 0.995;
const FEWEST_CLIENTS = 2;

/** A field at both times; `objects` are those that could have had it. */
interface Seen extends FieldProfile {
  readonly objects: number;
}

interface Field {
  readonly name: string;
  readonly before: Seen;
  readonly now: Seen;
  /** On the first day. */
  readonly first: FieldProfile;
}

const NOTHING: FieldProfile = { present: 0, kinds: {} };

export function fieldDrift(times: Times): readonly Change[] {
  const { past, recent, first } = times;
  const names = new Set([...Object.keys(past.fields.kept), ...Object.keys(recent.fields.kept)]);
  return [...names].sort().flatMap((name) => {
    const [before, now] = [seenIn(past, name), seenIn(recent, name)];
    if (before === null || now === null) return [];
    const field = { name, before, now, first: first.fields.kept[name] ?? NOTHING };
    return isRequest(name)
      ? [...kinds(field), ...narrowed(field), ...required(field, times)]
      : [
          ...added(field, recent),
          ...missing(field),
          ...kinds(field),
          ...format(field),
          ...values(field, recent),
        ];
  });
}

/** null where nothing is known of it: beyond the cap is not the same as not seen. */
function seenIn({ fields, objects }: Profile, name: string): Seen | null {
  const around = objects.kept[parentOf(name)];
  const field = fields.kept[name];
  if (field === undefined && fields.tau !== null) return null;
  if (around === undefined && objects.tau !== null) return null;
  return { ...(field ?? NOTHING), objects: around ?? 0 };
}

function isRequest(name: string): boolean {
  return name.startsWith(">");
}

function place(name: string): string {
  return `${isRequest(name) ? "request.body" : "response.body"} ${name.replace(/^[<>]\s?/, "")}`;
}

function parentOf(name: string): string {
  return name.slice(0, Math.max(name.lastIndexOf("."), name.lastIndexOf(" ")));
}

/** Where no object of the kind was seen before, the whole is new, not its fields. */
function added({ name, before, now, first }: Field, recent: Profile): readonly Change[] {
  if (before.present > 0 || before.objects < FEWEST_OBJECTS || first.present === 0) return [];
  if (now.present < FEWEST || recent.clients.length < FEWEST_CLIENTS) return [];
  return [
    change("field-new", place(name), "info", `in ${now.present} of ${now.objects} answers, in none before`),
  ];
}

function missing({ name, before, now }: Field): readonly Change[] {
  const share = before.present / Math.max(1, before.objects);
  if (before.objects < FEWEST_OBJECTS || now.objects < FEWEST_OBJECTS) return [];
  if (now.present === 0) {
    if (share < USUAL || !isGone(share, now.objects)) return [];
    const severity = share === 1 ? "error" : "warn";
    return [
      change(
        "field-gone",
        place(name),
        severity,
        `in none of ${now.objects} answers, in ${percent(share)} before`,
      ),
    ];
  }
  if (share < 1 || wilsonUpper(now.present, now.objects) >= STILL_REQUIRED) return [];
  const text = `in ${now.present} of ${now.objects} answers, in all ${before.objects} before`;
  return [change("field-optional", place(name), "error", text)];
}

function kinds({ name, before, now, first }: Field): readonly Change[] {
  if (before.present < FEWEST_OBJECTS) return [];
  const severity = isRequest(name) ? "info" : "error";
  return Object.entries(now.kinds)
    .filter(([kind, count]) => count >= FEWEST && first.kinds[kind] !== undefined && !isKnown(before, kind))
    .filter(([, count]) => isNews(count, now.present, before.present))
    .map(([kind, count]) =>
      change("kind-new", `${place(name)}: ${kind}`, severity, `${count} values are ${kind}, none was before`),
    );
}

/**
 * Texts that were all of one format and are all of another: whoever parses them fails. One odd text among many is no
 * change, and how many there were is not kept.
 */
function format({ name, before, now, first }: Field): readonly Change[] {
  if (texts(before) < FEWEST_OBJECTS || texts(now) < FEWEST || !isReformatted(before, now)) return [];
  if (!isReformatted(before, first)) return [];
  const [old, fresh] = [before, now].map(({ formats = 0 }) => formatNames(formats).join(" and "));
  const text = `${texts(now)} values are ${fresh}, all were ${old} before`;
  return [change("format-changed", place(name), "error", text)];
}

function texts({ kinds: known }: FieldProfile): number {
  return known["string"] ?? 0;
}

function isReformatted({ formats: was = 0 }: FieldProfile, { formats: is = 0 }: FieldProfile): boolean {
  return was !== 0 && is !== 0 && (was & is) === 0;
}

/** Words of an enumeration that were never there, although so many others were that it is no chance. */
function values({ name, before, now, first }: Field, recent: Profile): readonly Change[] {
  const [known, words] = [before.words, now.words];
  if (known === undefined || words === undefined || texts(before) < FEWEST_OBJECTS) return [];
  if (recent.clients.length < FEWEST_CLIENTS) return [];
  const all = Math.max(1, texts(now));
  return Object.entries(words)
    .filter(
      ([word, count]) => count >= FEWEST && known[word] === undefined && first.words?.[word] !== undefined,
    )
    .filter(([, count]) => isNews(count, all, texts(before)))
    .map(([word, count]) =>
      change(
        "value-new",
        `${place(name)}: ${word}`,
        "warn",
        `${count} of ${all} values, none of ${texts(before)} before`,
      ),
    );
}

/** One less than were seen: what is rare is seen by chance more often than it is there. */
function isNews(count: number, now: number, before: number): boolean {
  return isGone((count - 1) / Math.max(1, now), before);
}

/** Integers are numbers. */
function isKnown({ kinds: known }: FieldProfile, kind: string): boolean {
  return known[kind] !== undefined || (kind === "integer" && known["number"] !== undefined);
}

/** What clients could send and send no more: perhaps they no longer may. */
function narrowed({ name, before, now }: Field): readonly Change[] {
  if (before.present < FEWEST_OBJECTS || now.present < FEWEST_OBJECTS) return [];
  const share = (count: number) => Math.min(1, count / before.present);
  return Object.entries(before.kinds)
    .filter(([kind, count]) => now.kinds[kind] === undefined && isGone(share(count), now.present))
    .map(([kind, count]) =>
      change(
        "kind-gone",
        `${place(name)}: ${kind}`,
        "warn",
        `no value is ${kind}, ${percent(share(count))} were before`,
      ),
    );
}

// What was left out this often before was no requirement.
const OPTIONAL = 0.9;
// chi-squared of two degrees of freedom, one in a thousand.
const RISING = 13.8;

/** Requests that succeed all have it now, many did without before, and more are refused. */
function required({ name, before, now }: Field, { past, recent }: Times): readonly Change[] {
  const share = before.present / Math.max(1, before.objects);
  if (before.objects < FEWEST_OBJECTS || now.objects < FEWEST_OBJECTS) return [];
  if (share > OPTIONAL || now.present < now.objects || !isRefusedMore(past, recent)) return [];
  const text = `all ${now.objects} requests that succeed have it, ${percent(share)} had before, and more are refused`;
  return [change("field-required", place(name), "error", text)];
}

function isRefusedMore(past: Profile, recent: Profile): boolean {
  const mix = (profile: Profile) => ["2", "4", "5"].map((digit) => classOf(profile, digit));
  const refused = ([good = 0, bad = 0]: readonly number[]) => bad / Math.max(1, good + bad);
  return gStatistic(mix(past), mix(recent)) >= RISING && refused(mix(recent)) > refused(mix(past));
}
