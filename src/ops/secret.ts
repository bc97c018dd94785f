// The install's secret: keys every hash that stands for a value, so it must survive restarts and stay unreadable to others.
import { randomBytes } from "node:crypto";
import { chmod, link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { UserError } from "./user-error.ts";

// 256 bits: the block HMAC-SHA256 wants.
const SECRET_BYTES = 32;
const FILE = "secret";

/**
 * The secret kept in the state folder, made when absent (folder 0711: others may pass to what is theirs below it, but not look; file 0600). Two processes that start at once get
 * the same one. Rejects when the file is there but is no secret: going on with another would split every count by caller.
 */
export async function installSecret(stateFolder: string): Promise<Uint8Array> {
  const file = path.join(stateFolder, FILE);
  const known = await readSecret(file);
  if (known !== null) return known;
  await mkdir(stateFolder, { recursive: true, mode: 0o711 });
  const fresh = `${file}.${randomBytes(6).toString("hex")}`;
  await writeFile(fresh, `${randomBytes(SECRET_BYTES).toString("hex")}\n`, { mode: 0o600, flag: "wx" });
  try {
    // A link fails when the name exists: whoever comes second reads what the first one made.
    await link(fresh, file);
  } catch (failure) {
    if (!hasCode(failure, "EEXIST")) throw failure;
  } finally {
    await rm(fresh, { force: true });
  }
  const made = await readSecret(file);
  if (made === null) throw new Error(`${file} vanished while it was made`);
  return made;
}

/** The bytes of a secret given as text (UMBRA_SECRET). */
export function secretFromText(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

async function readSecret(file: string): Promise<Uint8Array | null> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (failure) {
    if (hasCode(failure, "ENOENT")) return null;
    throw failure;
  }
  const hex = text.trim();
  if (!/^[0-9a-f]{64}$/.test(hex)) {
    throw new UserError(
      `${file} does not hold a secret (64 hexadecimal digits); restore it, or remove it to start anew`,
    );
  }
  await chmod(file, 0o600);
  return Buffer.from(hex, "hex");
}

function hasCode(failure: unknown, code: string): boolean {
  return failure instanceof Error && Reflect.get(failure, "code") === code;
}
