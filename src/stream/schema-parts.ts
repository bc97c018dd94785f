// What message schemas are made of: counts, times, and records whose names come from traffic.
import { z } from "zod";

export const count = z.number().int().min(0);
export const time = z.number().finite();
export const hash32 = z.number().int().min(0).max(0xffff_ffff);

/** Stands for the key "__proto__", which schemas skip; a zero byte keeps it apart from every key that was typed. */
export const PROTO_STAND_IN = "\u0000__proto__";

/**
 * Names from traffic to values. The result inherits nothing, so that looking up "constructor" finds only what was put
 * there, and "__proto__" is a name like any other.
 */
export function named<V extends z.ZodType>(value: V) {
  return z.record(z.string(), value).overwrite(bare);
}

export function bare<R extends Readonly<Record<string, unknown>>>(record: R): R {
  const copy = Object.create(null) as Record<string, unknown>;
  for (const [name, value] of Object.entries(record)) {
    copy[name === PROTO_STAND_IN ? "__proto__" : name] = value;
  }
  return copy as R;
}

export function bounded<V extends z.ZodType>(value: V) {
  return z.object({
    kept: named(value),
    tau: hash32.nullable(),
    rest: value.nullable(),
  });
}
