// One name is a name, two are none, and silence changes nothing.
import { expect, test } from "vitest";
import { BodyBudget } from "../../../../collectors/wire/http2/kept-body.ts";
import { sortFields } from "../../../../collectors/wire/http2/message.ts";
import { SoleAuthority } from "../../../../collectors/wire/http2/sole-authority.ts";
import { openStream } from "../../../../collectors/wire/http2/stream.ts";

const half = (authority: string | null) => ({
  ...openStream(1, new BodyBudget()).request,
  head: authority === null ? null : sortFields([{ name: ":authority", value: authority }]),
});

test.each([
  [[], null],
  [["a.test"], "a.test"],
  [["a.test", null, "a.test"], "a.test"],
  [["a.test", "b.test"], null],
  [["a.test", "b.test", "a.test"], null],
])("%j", (names, told) => {
  const authority = new SoleAuthority();
  for (const name of names) authority.learn(half(name));
  expect(authority.name).toBe(told);
});
