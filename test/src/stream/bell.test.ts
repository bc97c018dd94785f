// Whoever waited when it rang wakes; whoever comes later waits for the next ring.
import { expect, test } from "vitest";
import { Bell } from "../../../src/stream/bell.ts";

test("a ring wakes all who wait, once", async () => {
  const bell = new Bell();
  let woken = 0;
  const waiting = [bell.heard(), bell.heard()].map((heard) => heard.then(() => (woken += 1)));
  bell.ring();
  await Promise.all(waiting);
  void bell.heard().then(() => (woken += 1));
  await new Promise((resolve) => setImmediate(resolve));
  expect(woken).toBe(2);
});
