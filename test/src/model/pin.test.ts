// One pin, one id.
import { expect, test } from "vitest";
import { pinId } from "../../../src/model/pin.ts";

test("equal pins of one service have one id, others have others", () => {
  const pin = { kind: "split", path: "/users/me", name: null } as const;
  expect(pinId("a.test", { ...pin })).toBe(pinId("a.test", pin));
  const others = [
    pinId("b.test", pin),
    pinId("a.test", { ...pin, kind: "merge" }),
    pinId("a.test", { ...pin, path: "/users/you" }),
    pinId("a.test", { ...pin, kind: "rename", name: "x" }),
  ];
  expect(new Set([...others, pinId("a.test", pin)]).size).toBe(5);
  expect(pinId("a.test", pin)).toMatch(/^pin_[a-z2-7]{16}$/);
});
