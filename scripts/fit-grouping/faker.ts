// Names and words in some seventy languages, from a package that only fitting needs and that it fetches.
import { fileURLToPath, pathToFileURL } from "node:url";
import { fetchPackage, PACKAGES } from "./fetch.ts";

/** The part of @faker-js/faker 9.9.0 (MIT) that values are made with. */
export interface Faker {
  seed(value: number): unknown;
  readonly [module: string]: unknown;
}

type Make = (...options: readonly unknown[]) => unknown;

const cache = fileURLToPath(new URL("../../.cache/fit-grouping", import.meta.url));
const folder = fetchPackage(cache, PACKAGES.faker);
const loaded = (await import(pathToFileURL(`${folder}/dist/index.js`).href)) as {
  readonly allFakers: Readonly<Record<string, Faker>>;
};

export const fakers: Readonly<Record<string, Faker>> = loaded.allFakers;

/** `said(faker, "person.firstName")`; fails where the language has no such words. */
export function said(faker: Faker, name: string, ...options: readonly unknown[]): string {
  const [module = "", method = ""] = name.split(".");
  const made = (faker[module] as Record<string, Make>)[method]?.(...options);
  return typeof made === "string"
    ? made
    : String(
        (made as { name?: unknown; iataCode?: unknown } | undefined)?.iataCode ??
          (made as { name?: unknown } | undefined)?.name ??
          made,
      );
}
