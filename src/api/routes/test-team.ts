// POST /teams/{id}/test: a test message to each contact of a team, on the way that real news takes.
import { z } from "zod";
import type { Delivery, FindingRecord } from "../../model/governance.ts";
import { notice } from "../../model/governance.ts";
import { shortHash } from "../../model/identity.ts";
import { inPath } from "../parameter.ts";
import { Refusal } from "../problem.ts";
import { defineRoute } from "../route.ts";
import { component, count } from "../schema.ts";

const nothing = component("Nothing", "No fields.", z.strictObject({}));
const sent = component(
  "TestSent",
  "How many messages were put on their way.",
  z.object({ deliveries: count }),
);

export default defineRoute({
  id: "test-team",
  method: "post",
  path: "/teams/{id}/test",
  tag: "governance",
  summary: "Send a test message to a team",
  parameters: { id: inPath("Id of the team.") },
  query: {},
  body: { kind: "json", schema: nothing },
  answers: { 200: "On their way; GET /deliveries tells what became of them." },
  content: { kind: "json", schema: sent },
  refusals: ["team-unknown"],
  async handle({ path }, { store, governance }) {
    const team = (await store.governance.teams()).find(({ id }) => id === path.id);
    if (team === undefined) throw new Refusal("team-unknown");
    const now = governance.now();
    const deliveries = team.contacts.map((contact): Delivery => ({
      id: `de_${shortHash(JSON.stringify(["test", team.id, contact, now]))}`,
      contact,
      news: { turn: "test", finding: testNotice(now), method: "GET", path: "/", owner: team.id },
      state: "pending",
      attempts: 0,
      createdAt: now,
      nextAt: now,
      lastError: null,
    }));
    await store.governance.putFindings([], deliveries);
    return { status: 200, json: { deliveries: deliveries.length } };
  },
});

function testNotice(now: number): FindingRecord {
  return notice(
    {
      id: "fi_test",
      rule: "test",
      title: "A test message",
      endpointId: "ep_test",
      authority: "umbra.test",
      text: "nothing was found; somebody asked whether news arrives",
    },
    now,
  );
}
