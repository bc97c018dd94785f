// The Chromium that tests look at pages with: absent on a bare machine, required in CI.
import { chromium } from "playwright-core";
import type { Browser } from "playwright-core";
import { findChromium } from "../../src/app/print-pdf.ts";

export const CHROMIUM = await findChromium();

/** Why tests of pages did not run; null when they can. Throws in CI, where nothing may be skipped. */
export function whyWithoutChromium(): string | null {
  if (CHROMIUM !== null) return null;
  if (process.env["CI"] === "true") throw new Error("Chromium is missing: CI has to install it");
  return "no Chromium in the search path (apt-get install chromium), so no page was looked at";
}

export function openChromium(): Promise<Browser> {
  return chromium.launch({
    ...(CHROMIUM === null ? {} : { executablePath: CHROMIUM }),
    // Its sandbox refuses to run as root, as in most containers.
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  });
}
