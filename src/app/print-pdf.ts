// Prints a page of ours to PDF with the Chromium that is installed, where one is.
import { spawn } from "node:child_process";
import { access, constants, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { UserError } from "../ops/user-error.ts";

/** Names under which distributions install it. */
const NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome"];

// A page of some megabytes takes seconds; a browser that hangs would hold the command for ever.
const TIMEOUT_MS = 60_000;

/** Path of a Chromium: `named` where it is given, else the first in `searchPath`; null when there is none. */
export async function findChromium(
  searchPath: string = process.env["PATH"] ?? "",
  named: string | undefined = process.env["UMBRA_CHROMIUM"],
): Promise<string | null> {
  if (named !== undefined && named !== "") return (await isProgram(named)) ? named : null;
  for (const folder of searchPath.split(path.delimiter).filter((part) => part !== "")) {
    for (const name of NAMES) {
      const file = path.join(folder, name);
      if (await isProgram(file)) return file;
    }
  }
  return null;
}

function isProgram(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** The page as PDF. Rejects with one sentence when there is no Chromium, or when it does not print. */
export async function printPdf(html: string, chromium: string | null): Promise<Uint8Array> {
  if (chromium === null)
    throw new UserError(
      "PDF needs Chromium, and none was found: install it, name it in UMBRA_CHROMIUM, or take --format html and print that",
    );
  const folder = await mkdtemp(path.join(tmpdir(), "umbra-report-"));
  try {
    const page = path.join(folder, "report.html");
    const pdf = path.join(folder, "report.pdf");
    await writeFile(page, html, { mode: 0o600 });
    await run(chromium, [...flags(folder), `--print-to-pdf=${pdf}`, pathToFileURL(page).href]);
    return await readFile(pdf).catch(() => {
      throw new UserError(`${chromium} ended without a PDF`);
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** No profile of the user's, no network: the page loads nothing, and nothing else shall. */
function flags(folder: string): readonly string[] {
  return [
    "--headless",
    "--disable-gpu",
    "--disable-extensions",
    "--disable-background-networking",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--no-first-run",
    "--no-pdf-header-footer",
    `--user-data-dir=${path.join(folder, "profile")}`,
    // Chromium's sandbox refuses to run as root, as in most containers; the page has no script.
    ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
  ];
}

function run(program: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: "ignore", timeout: TIMEOUT_MS, killSignal: "SIGKILL" });
    child.once("error", (error: NodeJS.ErrnoException) =>
      reject(new UserError(`${program} cannot be started (${error.code ?? "unknown"})`)),
    );
    child.once("exit", (code) => {
      if (code === 0) resolve();
      else reject(new UserError(`${program} could not print the report (exit code ${code ?? "none"})`));
    });
  });
}
