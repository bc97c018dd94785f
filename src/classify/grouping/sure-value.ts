// Soft segments whose form leaves no doubt that they are values: numbered keys, machine-made runs, hashed file names.
import { percentDecode } from "../../digest/percent.ts";

/** The class of a value for sure, null for everything that may be a route word. */
export function surelyValue(segment: string): string | null {
  // Nobody names a route with a slash in it: `gitlab-org%2Fgitlab` is one value.
  if (/%2f/i.test(segment)) return "path";
  const text = percentDecode(segment);
  if (isHashedFile(text)) return "file";
  if (isKey(text)) return "key";
  return isMachineMade(text) ? "token" : null;
}

/** `PROJ-123`, `order_1001`, `INV2041`: a word and a running number, where the number is too long for a word's own. */
function isKey(text: string): boolean {
  if (STANDARDS.test(text)) return false;
  return /^[A-Z][A-Z0-9]{1,9}-\d{1,9}$|^[A-Za-z]{1,16}[-_]\d{3,}$|^[A-Za-z]{1,16}\d{4,}$/.test(text);
}

/** Names of standards, forms, ports and resolutions are words that end in long numbers. */
const STANDARDS =
  /^(?:iso|iec|rfc|ieee|en|din|form|port|http|tls|sha|md|rsa|ecma|cve|utf|cp|windows)[-_]?\d+$/i;

/**
 * A run of at least six in which letters and digits take turns: `a1b2c3d`. Words end in their number (`sha256`), and
 * their parts are words and numbers (`win32-x64`), so at least two turns back to letters are needed.
 */
function isMachineMade(text: string): boolean {
  return text.split(/[^A-Za-z0-9]+/).some((run) => {
    if (run.length < 6 || STANDARDS.test(run)) return false;
    const digits = run.replaceAll(/\D/g, "").length;
    const turns = run.match(/\d[A-Za-z]|[A-Za-z]\d/g)?.length ?? 0;
    return digits >= 2 && (turns >= 3 || (turns >= 1 && run.length >= 7 && /^[0-9a-f]+$/.test(run)));
  });
}

const BUILT = String.raw`\.(?:m?js|css|map|png|jpe?g|gif|svg|webp|avif|ico|woff2?|ttf|eot|wasm)$`;
const BUILT_FILE = new RegExp(BUILT, "i");
const BUILT_HARD = new RegExp(String.raw`\{(?:slug-id|token|hex)\}[\w.-]*${BUILT}`, "i");

/** Files that build tools name by a hash of their content: `main.e9093483.js`, `chunk-3f2a91bc.css`. */
function isHashedFile(text: string): boolean {
  if (!BUILT_FILE.test(text)) return false;
  if (BUILT_HARD.test(text)) return true;
  return text
    .split(/[.\-_~]/)
    .some((part) => part.length >= 6 && /\d/.test(part) && /^[0-9a-f]+$/i.test(part));
}
