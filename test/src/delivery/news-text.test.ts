// What news says, and that no name breaks out of its line.
import { expect, test } from "vitest";
import { detail, headline, oneLine, subjectOf } from "../../../src/delivery/news-text.ts";
import { aFindingRecord } from "../../support/governance.ts";
import { HOSTILE, someNews } from "./a-message.ts";

test("one finding is told whole, several are counted by severity", () => {
  expect(headline(someNews())).toBe(
    "New finding (high): Sensitive data without authentication, GET shop.test/orders",
  );
  expect(subjectOf([someNews()])).toMatch(/^\[Umbra\] New finding \(high\)/);
  const low = someNews({ finding: aFindingRecord({ severity: "low" }) });
  expect(subjectOf([low, someNews(), low])).toBe("[Umbra] 3 findings changed: 1 high, 2 low");
  expect(detail(someNews({ owner: null }))).toBe("auth none. Owner: nobody. fi_1, endpoint ep_1");
  const advised = someNews({ owner: null, finding: aFindingRecord({ text: "auth none. Close it." }) });
  expect(detail(advised)).toBe("auth none. Close it. Owner: nobody. fi_1, endpoint ep_1");
});

test("lines stay one line", () => {
  const news = someNews({ path: HOSTILE, finding: aFindingRecord({ title: HOSTILE, text: HOSTILE }) });
  for (const text of [headline(news), detail(news), subjectOf([news])])
    expect(text).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  expect(oneLine("a\u2028b\tc")).toBe("a b c");
});

test("a report says what it is, alone and among news", () => {
  const finding = {
    ...aFindingRecord(),
    title: "Weekly report 2026-W47: 4 endpoints",
    text: "Nothing changed.",
  };
  const report = someNews({ turn: "report", finding });
  expect([headline(report), detail(report)]).toEqual([finding.title, finding.text]);
  expect(subjectOf([report])).toBe(`[Umbra] ${finding.title}`);
  expect(subjectOf([someNews(), report])).toBe(`[Umbra] ${finding.title}, and 1 more`);
});
