// The file that gives tokens names: one line each, `name: SHA-256 of the token`, so that the file gives no token away.
import { UserError } from "../ops/user-error.ts";
import type { ApiToken } from "./guard.ts";

/*
  line  = [ name ":" hash ] [ "#" comment ]
  name  = 1*64( letter / digit / "." / "_" / "@" / "-" )   people, teams, jobs; an e-mail address fits
  hash  = 64 hexadecimal digits; the same name may have several, so that tokens can be changed without a gap
*/
const LINE = /^(\S+)\s*:\s*([0-9a-f]{64})$/i;
const NAME = /^[\p{L}\p{N}._@-]{1,64}$/u;

export function isTokenName(name: string): boolean {
  return NAME.test(name);
}

/** Throws one sentence that names file and line, and nothing of what stands there. */
export function readTokenFile(name: string, text: string): readonly ApiToken[] {
  return text.split(/\r?\n/).flatMap((line, index): readonly ApiToken[] => {
    const said = line.replace(/#.*$/, "").trim();
    if (said === "") return [];
    const [, owner = "", hash = ""] = LINE.exec(said) ?? [];
    if (isTokenName(owner)) return [{ name: owner, hash: hash.toLowerCase() }];
    throw new UserError(
      `${name}, line ${index + 1}: must be a name, a colon and the SHA-256 of a token; \`umbra token --name NAME\` makes such a line`,
    );
  });
}
