// A slim row says of an endpoint what the report shows, and no more callers than it needs.
import { expect, test } from "vitest";
import { ledgerRow } from "../../../../src/report/weekly/ledger.ts";
import { anEndpoint, someFacts } from "../../../support/builders.ts";
import { aCaller, MONDAY } from "../../../support/weekly.ts";

test("the first caller is the earliest, the listed ones are the latest eight", () => {
  const callers = Array.from({ length: 20 }, (_, index) =>
    aCaller({ address: `10.0.0.${index}`, firstSeen: MONDAY + (19 - index), lastSeen: MONDAY + 100 + index }),
  );
  const row = ledgerRow(anEndpoint({ facts: someFacts({ callers }) }), null);
  expect(row.firstCaller?.address).toBe("10.0.0.19");
  expect(row.callers.map(({ address }) => address)).toEqual(
    [19, 18, 17, 16, 15, 14, 13, 12].map((last) => `10.0.0.${last}`),
  );
  expect([row.callerCount, row.exposure]).toEqual([20, "internal"]);
  const facts = someFacts({ callers });
  expect(ledgerRow(anEndpoint({ facts }), null, () => "external").exposure).toBe("external");
});

test("an orphan has no times and no callers", () => {
  const row = ledgerRow(anEndpoint({ standing: "orphan", facts: null }), "team");
  expect([row.firstSeen, row.lastSeen, row.firstCaller, row.exposure, row.owner]).toEqual([
    null,
    null,
    null,
    "unknown",
    "team",
  ]);
});
