// PDF through Chromium: found where it is installed, told in one sentence where it is not.
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { findChromium, printPdf } from "../../../src/app/print-pdf.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "umbra-chromium-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function program(name: string, script: string): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
  return file;
}

describe("finding it", () => {
  test("in the folders of the search path, in their order", async () => {
    const file = await program("google-chrome", "");
    expect(await findChromium(`/nowhere${path.delimiter}${folder}`, undefined)).toBe(file);
    expect(await findChromium("/nowhere", undefined)).toBeNull();
    expect(await findChromium("", undefined)).toBeNull();
  });
  test("by name, and then nowhere else", async () => {
    const file = await program("my-browser", "");
    await program("chromium", "");
    expect(await findChromium(folder, file)).toBe(file);
    expect(await findChromium(folder, path.join(folder, "gone"))).toBeNull();
  });
});

describe("printing", () => {
  test("gives what the browser wrote, and leaves nothing behind", async () => {
    // Prints the page's own text, so that page and target are seen to arrive.
    const browser = await program(
      "chromium",
      'for at in "$@"; do case "$at" in --print-to-pdf=*) out="${at#*=}";; file://*) page="${at#file://}";; esac; done; cat "$page" > "$out"',
    );
    expect(new TextDecoder().decode(await printPdf("<p>report</p>", browser))).toBe("<p>report</p>");
  });
  test.each([
    ["exit 3", /could not print the report \(exit code 3\)/],
    ["exit 0", /ended without a PDF/],
  ])("a browser that does %s", async (script, sentence) => {
    await expect(printPdf("", await program("chromium", script))).rejects.toThrow(sentence);
  });
  test("without a browser says what to do", async () => {
    await expect(printPdf("", null)).rejects.toThrow(/PDF needs Chromium/);
    await expect(printPdf("", path.join(folder, "gone"))).rejects.toThrow(/cannot be started \(ENOENT\)/);
  });
});
