// Capture health as the API shows it.
import { expect, test } from "vitest";
import { healthJson, healthSchema } from "../../../src/api/health-json.ts";
import { MORNING } from "./an-inventory.ts";

test("reports come by collector, counters by name", () => {
  const json = healthJson([
    { collector: "mirror-b", from: null, to: null, counters: {}, weirds: {} },
    {
      collector: "mirror-a",
      from: MORNING,
      to: MORNING + 1,
      counters: { packets: 2, bytes: 9 },
      weirds: { "tcp.gap": 1, "http.method": 2 },
    },
  ]);
  expect(JSON.stringify(json)).toBe(
    JSON.stringify({
      collectors: [
        {
          collector: "mirror-a",
          from: "2026-07-01T09:30:00.000Z",
          to: "2026-07-01T09:30:00.001Z",
          counters: { bytes: 9, packets: 2 },
          weirds: { "http.method": 2, "tcp.gap": 1 },
        },
        { collector: "mirror-b", from: null, to: null, counters: {}, weirds: {} },
      ],
    }),
  );
  expect(healthSchema.parse(json)).toEqual(json);
});
