// What readers of untrusted bytes give back: a value or a named weird, never an exception.

/** A value, or the reason there is none. Readers of untrusted input return this and never throw. */
export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly weird: Weird };

/** `folder-or-unit.what`, e.g. `tcp.gap`; a counter label, so it comes from a fixed set. */
export type WeirdName = `${string}.${string}`;

/** Input that did not fit. Counted by name; `detail` helps a developer and never carries a value from traffic. */
export interface Weird {
  readonly name: WeirdName;
  readonly detail?: string;
}

export function parsed<T>(value: T): Parsed<T> {
  return { ok: true, value };
}

export function weird(name: WeirdName, detail?: string): { readonly ok: false; readonly weird: Weird } {
  return { ok: false, weird: detail === undefined ? { name } : { name, detail } };
}
