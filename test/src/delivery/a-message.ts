// Messages for tests of senders: hostile names included.
import type { Message } from "../../../src/delivery/sender.ts";
import type { FindingNews } from "../../../src/model/governance.ts";
import { aFindingRecord } from "../../support/governance.ts";

/** Names as attackers choose them. */
export const HOSTILE =
  "<!channel> *b* [x](http://evil.test) =HYPERLINK(1)|\\\r\nBcc: all@evil.test\u202e\u001b[31m";

export function someNews(given: Partial<FindingNews> = {}): FindingNews {
  return {
    turn: "opened",
    finding: aFindingRecord(),
    method: "GET",
    path: "/orders",
    owner: "orders",
    ...given,
  };
}

export function aMessage(news: readonly FindingNews[] = [someNews()]): Message {
  return { key: "de_1", news, keys: news.map((_, index) => `de_${index + 1}`) };
}
