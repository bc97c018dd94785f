// Path and query parameters: each knows its schema for the document, how it is read, and the sentence that says what is allowed.
import type { OpenAPIV3_1 } from "openapi-types";
import { z } from "zod";
import type { FieldError } from "./problem.ts";

/** One parameter. `read` never throws. */
export interface Parameter<T> {
  readonly description: string;
  readonly schema: OpenAPIV3_1.SchemaObject;
  /** Ends the sentence "… must be". */
  readonly allowed: string;
  readonly required: boolean;
  /** May be given more than once. */
  readonly repeatable: boolean;
  /** From the decoded texts, in order, none when it was not given; null for what is not allowed. */
  read(texts: readonly string[]): { readonly value: T } | null;
}

// Names and paths in the inventory are far shorter; this only bounds what a query compares.
const MAX_TEXT = 2048;
// Longest list of a closed vocabulary, several times over.
const MAX_LISTED = 100;

function optional<T>(
  parts: Pick<Parameter<T>, "description" | "schema" | "allowed">,
  read: (text: string) => T | undefined,
): Parameter<T | undefined> {
  return {
    ...parts,
    required: false,
    repeatable: false,
    read([text]) {
      if (text === undefined) return { value: undefined };
      const value = read(text);
      return value === undefined ? null : { value };
    },
  };
}

export function text(description: string, maxLength = MAX_TEXT): Parameter<string | undefined> {
  return optional(
    {
      description,
      schema: { type: "string", minLength: 1, maxLength },
      allowed: `text of 1 to ${maxLength} characters`,
    },
    (given) => (given.length > 0 && given.length <= maxLength ? given : undefined),
  );
}

/** A variable of the path: always there. */
export function inPath(description: string): Parameter<string> {
  return {
    description,
    schema: { type: "string", minLength: 1, maxLength: MAX_TEXT },
    allowed: `text of 1 to ${MAX_TEXT} characters`,
    required: true,
    repeatable: false,
    read: ([given]) => (given === undefined || given.length > MAX_TEXT ? null : { value: given }),
  };
}

export function oneOf<const T extends string>(
  description: string,
  words: readonly T[],
): Parameter<T | undefined> {
  return optional(
    { description, schema: { type: "string", enum: [...words] }, allowed: `one of ${words.join(", ")}` },
    (given) => words.find((word) => word === given),
  );
}

/** Repeated, or as a list with commas. */
export function anyOf<const T extends string>(
  description: string,
  words: readonly T[],
): Parameter<readonly T[] | undefined> {
  return {
    description: `${description} Repeat it, or give a list with commas.`,
    schema: { type: "array", items: { type: "string", enum: [...words] } },
    allowed: `any of ${words.join(", ")}, repeated or separated by commas`,
    required: false,
    repeatable: true,
    read(texts) {
      if (texts.length === 0) return { value: undefined };
      const given = listed(texts).map((item) => words.find((word) => word === item));
      const known = given.filter((word) => word !== undefined);
      return known.length === 0 || known.length < given.length ? null : { value: [...new Set(known)] };
    },
  };
}

/** Free texts, repeated or as a list with commas; none when not given. */
export function texts(description: string, maxLength: number): Parameter<readonly string[]> {
  return {
    description: `${description} Repeat it, or give a list with commas.`,
    schema: { type: "array", maxItems: MAX_LISTED, items: { type: "string", minLength: 1, maxLength } },
    allowed: `at most ${MAX_LISTED} texts of 1 to ${maxLength} characters, repeated or separated by commas`,
    required: false,
    repeatable: true,
    read(given) {
      const items = listed(given);
      const fits =
        items.length <= MAX_LISTED && items.every((item) => item !== "" && item.length <= maxLength);
      return fits ? { value: [...new Set(items)] } : null;
    },
  };
}

function listed(texts: readonly string[]): readonly string[] {
  return texts.flatMap((given) => given.split(",")).map((item) => item.trim());
}

export function integer(
  description: string,
  bounds: { readonly least: number; readonly most: number; readonly otherwise: number },
): Parameter<number> {
  const { least, most, otherwise } = bounds;
  return {
    description,
    schema: { type: "integer", minimum: least, maximum: most, default: otherwise },
    allowed: `a whole number from ${least} to ${most}`,
    required: false,
    repeatable: false,
    read([given]) {
      if (given === undefined) return { value: otherwise };
      const value = /^\d{1,9}$/.test(given) ? Number(given) : Number.NaN;
      return value >= least && value <= most ? { value } : null;
    },
  };
}

/*
  date-time (RFC 3339, section 5.6), or a full-date alone, which means its first instant in UTC
    2026-07-01T09:30:00.250Z   2026-07-01T11:30:00+02:00   2026-07-01
*/
const INSTANT = z.union([z.iso.datetime({ offset: true }), z.iso.date()]);

/** Milliseconds since the epoch. */
export function instant(description: string): Parameter<number | undefined> {
  return optional(
    {
      description,
      schema: {
        type: "string",
        anyOf: [{ format: "date-time" }, { format: "date" }],
        examples: ["2026-07-01T09:30:00Z"],
      },
      allowed: "a time as in RFC 3339, e.g. 2026-07-01T09:30:00Z, or a date, e.g. 2026-07-01",
    },
    (given) => {
      // A "+" of an offset that nobody escaped arrives as a blank.
      const read = INSTANT.safeParse(given.replace(" ", "+").toUpperCase());
      const milliseconds = read.success ? Date.parse(read.data) : Number.NaN;
      return Number.isNaN(milliseconds) ? undefined : milliseconds;
    },
  );
}

export type Parameters = Readonly<Record<string, Parameter<unknown>>>;

export type Values<P extends Parameters> = {
  readonly [K in keyof P]: P[K] extends Parameter<infer T> ? T : never;
};

export interface Reading {
  readonly values: Readonly<Record<string, unknown>>;
  readonly errors: readonly FieldError[];
}

/** Reads what was given by what is declared; names everything that does not fit. */
export function readParameters(
  declared: Parameters,
  given: ReadonlyMap<string, readonly string[]>,
  place: "path" | "query",
): Reading {
  const values: Record<string, unknown> = {};
  const errors: FieldError[] = [];
  for (const [name, parameter] of Object.entries(declared)) {
    const texts = given.get(name) ?? [];
    const read = texts.length > 1 && !parameter.repeatable ? null : parameter.read(texts);
    if (read !== null) values[name] = read.value;
    else errors.push({ in: place, name, detail: complaint(name, parameter, texts.length) });
  }
  for (const name of given.keys()) {
    if (!Object.hasOwn(declared, name)) errors.push(unknownParameter(name, place, Object.keys(declared)));
  }
  return { values, errors };
}

function complaint(name: string, parameter: Parameter<unknown>, times: number): string {
  return times > 1 && !parameter.repeatable
    ? `${name} may be given once`
    : `${name} must be ${parameter.allowed}`;
}

// Enough to recognise a misspelt name; the rest of a hostile one helps nobody.
const MAX_ECHO = 60;

function unknownParameter(name: string, place: "path" | "query", known: readonly string[]): FieldError {
  const allowed = known.length === 0 ? "none is allowed here" : `allowed are ${known.join(", ")}`;
  return { in: place, name: name.slice(0, MAX_ECHO), detail: `there is no such parameter; ${allowed}` };
}

/** `parts` without what was not given. */
export function given<T extends object>(parts: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(parts).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
