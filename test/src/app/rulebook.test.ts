// RuleSource from files and the store: what they say together, and that changes are taken up and mistakes are not.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { loadPolicies, RuleSource, rulebookOf } from "../../../src/app/rulebook.ts";
import { createMemoryStore } from "../../../src/store/memory-store.ts";
import { anEndpoint, NOON } from "../../support/builders.ts";

const ONE = "policies:\n  - { id: one, title: One, severity: low, when: { method: GET } }\n";
const subject = {
  endpoint: anEndpoint(),
  owner: null,
  decision: "unreviewed" as const,
  environment: null,
  vendor: null,
  approval: null,
  drift: [],
  findings: [],
  risk: 0,
  knownDays: 0,
  quietDays: 0,
};

let folder = "";
let file = "";
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "umbra-rules-"));
  file = path.join(folder, "policies.yaml");
  await writeFile(file, ONE);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function rulesOf() {
  const store = createMemoryStore();
  const onChange = vi.fn<() => void>();
  const onRefusal = vi.fn<(sentence: string) => void>();
  return { store, onChange, onRefusal, rules: new RuleSource({ store, file, onChange, onRefusal }) };
}
const hits = async (rules: RuleSource) =>
  (await rules.get()).policies(subject).map(({ policy }) => policy.id);

test("owner files, environments and policies come together", () => {
  const book = rulebookOf(
    {
      teams: [{ id: "orders", name: "Orders", contacts: [] }],
      files: [
        {
          name: "rules.yaml",
          kind: "rules",
          text: "owners: [{ owner: orders, host: shop.test }]",
          uploadedAt: NOON,
        },
        { name: "CODEOWNERS", kind: "codeowners", text: "* @all", uploadedAt: NOON },
        { name: "broken", kind: "catalog-info", text: "a: [", uploadedAt: NOON },
      ],
      specs: [],
    },
    { policies: [], environments: [{ name: "prod", service: ["*.test"] }] },
  );
  expect(book.owners.rule(anEndpoint()).map(({ owner }) => owner)).toEqual(["orders"]);
  expect(book.owners.imports.map((one) => one.file)).toEqual(["CODEOWNERS"]);
  expect([book.environmentOf("shop.test:8080"), book.environmentOf("else.example")]).toEqual(["prod", null]);
  expect([...book.teams.keys()]).toEqual(["orders"]);
});

test("a changed file is taken up and told; a broken one is refused, and the last good one goes on", async () => {
  const { rules, onChange, onRefusal } = rulesOf();
  await rules.start();
  expect(await hits(rules)).toEqual(["one"]);
  await rules.look();
  expect(onChange).not.toHaveBeenCalled();
  await writeFile(file, ONE.replace("id: one", "id: two"));
  await rules.look();
  expect([onChange.mock.calls.length, await hits(rules)]).toEqual([1, ["two"]]);
  await writeFile(file, "policies: [");
  await rules.look();
  expect(onRefusal).toHaveBeenCalledWith(`${file}: line 1: not YAML`);
  expect(await hits(rules)).toEqual(["two"]);
  await rm(file);
  await rules.look();
  expect(await hits(rules)).toEqual(["two"]);
  rules.stop();
});

test("teams in the store are rules too", async () => {
  const { store, rules, onChange } = rulesOf();
  await rules.start();
  await rules.get();
  await store.governance.putTeam({ id: "orders", name: "Orders", contacts: [] });
  await rules.look();
  expect(onChange).toHaveBeenCalledTimes(1);
  rules.stop();
});

test("a file that cannot be used is refused at the start, with its name", async () => {
  await expect(loadPolicies(path.join(folder, "none"))).rejects.toThrow("none: cannot be read (ENOENT)");
  await expect(loadPolicies(null)).resolves.toMatchObject({ environments: [] });
});

test("the list of vendors is taken up when it changes, and one that is wrong is refused", async () => {
  const vendors = path.join(folder, "vendors.yaml");
  await writeFile(vendors, "sanctioned: [Acme AI]\n");
  const parts = rulesOf();
  const rules = new RuleSource({ ...parts, file, aiVendors: vendors });
  expect((await rules.get()).approvals?.sanctioned).toEqual(["Acme AI"]);
  await writeFile(vendors, "unsanctioned: [Acme AI]\n");
  await rules.look();
  expect((await rules.get()).approvals?.unsanctioned).toEqual(["Acme AI"]);
  expect(parts.onChange).toHaveBeenCalledTimes(1);
  await writeFile(vendors, "forbidden: [Acme AI]\n");
  await rules.look();
  expect((await rules.get()).approvals?.unsanctioned).toEqual(["Acme AI"]);
  expect(parts.onRefusal.mock.calls[0]?.[0]).toContain("the list of AI vendors, is wrong");
});
