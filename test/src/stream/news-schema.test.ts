// News passes its own check, and what is no news does not.
import { expect, test } from "vitest";
import { newsSchema } from "../../../src/stream/news-schema.ts";
import { aDelivery } from "../../support/governance.ts";

test("news as it is made passes; another turn does not", () => {
  const { id, news } = aDelivery();
  expect(newsSchema.safeParse({ id, news }).success).toBe(true);
  expect(newsSchema.safeParse({ id, news: { ...news, turn: "forgotten" } }).success).toBe(false);
});
