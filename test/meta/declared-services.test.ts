// docs/declared-services.md lists every header that is read, and no other.
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { declaringHeaders } from "../../src/digest/declared/headers.ts";
import { ROOT } from "./repository.ts";

test("the documented headers are those of the digest", () => {
  const text = readFileSync(path.join(ROOT, "docs/declared-services.md"), "utf8");
  const rows = text.matchAll(/^\| `([a-z0-9-]+)` \| (request|response) \| (answers|calls) \|/gm);
  const documented = [...rows].map(([, header, side, role]) => `${side} ${header} ${role}`);
  expect(documented.toSorted()).toEqual(
    declaringHeaders()
      .map(({ header, side, role }) => `${side} ${header} ${role}`)
      .toSorted(),
  );
});
