// OpenAPI documents from files: read for a scan, or uploaded into the inventory and judged against all of it.
import { readFile } from "node:fs/promises";
import path from "node:path";
import type { SpecDesk, StandingChange } from "../api/spec-desk.ts";
import { judgeAll } from "../inventory/standing.ts";
import type { Spec } from "../model/document.ts";
import type { Endpoint, Standing } from "../model/inventory.ts";
import { bundle } from "../openapi/bundle.ts";
import { readSpec } from "../openapi/import.ts";
import { UserError } from "../ops/user-error.ts";
import { regroupBound } from "./regroup-stored.ts";
import type { CommitResult, InventoryStore, Judged } from "../store/store.ts";

/** A document the user named is none. */
export class UnreadableDocument extends UserError {
  override readonly name = "UnreadableDocument";
}

export interface SpecFile {
  readonly name: string;
  readonly text: string;
}

/** Published documents are split into some hundred files at most. */
const MAX_FILES = 2_000;

/** Each with what stands in files beside it. Rejects with `UnreadableDocument` naming the file. */
export async function readSpecFiles(files: readonly string[]): Promise<readonly SpecFile[]> {
  return Promise.all(files.map(async (file) => ({ name: nameOf(file), text: await readWhole(file) })));
}

/** Its path below the current folder: owners' files speak of documents by their paths. */
function nameOf(file: string): string {
  const below = path.relative(process.cwd(), file);
  const isBelow = !below.startsWith("..") && !path.isAbsolute(below);
  return isBelow ? below.split(path.sep).join("/") : path.basename(file);
}

async function readWhole(file: string): Promise<string> {
  const source = await readSource(file);
  const beside = new Map<string, string>();
  for (;;) {
    const result = bundle(source, beside);
    if (result.kind === "whole") return result.text;
    if (result.kind === "refused") throw new UnreadableDocument(`${file}: ${reasonOf(result.weird)}`);
    if (beside.size + result.files.length > MAX_FILES) {
      throw new UnreadableDocument(`${file}: is spread over more than ${MAX_FILES} files`);
    }
    for (const name of result.files) {
      beside.set(name, await readSource(path.join(path.dirname(file), ...name.split("/"))));
    }
  }
}

async function readSource(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    throw new UnreadableDocument(`${file}: cannot be read (${code === "ENOENT" ? "no such file" : code})`);
  }
}

/** Rejects with `UnreadableDocument` naming the file and the reason. `at` is milliseconds since the epoch. */
export function specOf({ name, text }: SpecFile, authorities: readonly string[], at: number): Spec {
  const read = readSpec(text, { name, authorities, uploadedAt: at });
  if (!read.ok) throw new UnreadableDocument(`${name}: ${reasonOf(read.weird)}`);
  return read.value;
}

export function reasonOf({ name, detail }: { readonly name: string; readonly detail?: string }): string {
  return detail === undefined ? name : `${detail} (${name})`;
}

// A spec upload that loses a race is judged again; people upload documents by hand, so races are rare.
const MAX_ATTEMPTS = 20;
// Endpoints per read; the largest page the store gives.
const PAGE = 500;

/** Keeps documents and the standings that follow from them in step. */
export function createSpecDesk(store: InventoryStore, now: () => number): SpecDesk {
  return {
    async upload(name, text, authorities) {
      const read = readSpec(text, { name, authorities, uploadedAt: now() });
      if (!read.ok) return { kind: "unreadable", weird: read.weird };
      const spec = read.value;
      for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
        const { revision, specs } = await store.specs();
        const known = specs.find((held) => held.id === spec.id);
        if (known !== undefined) {
          const same = known.authorities.join(" ") === spec.authorities.join(" ");
          return { kind: same ? "known" : "bound-otherwise", spec: known };
        }
        const judged = await judge(store, [...specs, spec], revision, now());
        if ((await store.addSpec(spec, text, judged)) !== "committed") continue;
        await regroupBound(store, spec);
        await rejudge(store, now);
        return { kind: "added", spec, changes: changesOf(judged) };
      }
      return { kind: "conflict" };
    },
    async remove(id) {
      for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
        const { revision, specs } = await store.specs();
        const gone = specs.find((held) => held.id === id);
        if (gone === undefined) return "unknown";
        const left = specs.filter((held) => held.id !== id);
        const judged = await judge(store, left, revision, now());
        if ((await store.removeSpec(id, judged)) !== "committed") continue;
        await regroupBound(store, gone);
        await rejudge(store, now);
        return "removed";
      }
      return "conflict";
    },
  };
}

/** What a document changed, the most endpoints first. */
function changesOf({ events, endpoints, removedEndpointIds }: Judged): readonly StandingChange[] {
  const counts = new Map<string, { from: Standing | null; to: Standing | null; endpoints: number }>();
  const add = (from: Standing | null, to: Standing | null): void => {
    const key = `${from} ${to}`;
    const held = counts.get(key) ?? { from, to, endpoints: 0 };
    counts.set(key, { ...held, endpoints: held.endpoints + 1 });
  };
  for (const event of events) if (event.type === "standing-changed") add(event.from, event.to);
  for (const { standing, facts } of endpoints)
    if (standing === "orphan" && facts === null) add(null, "orphan");
  for (const _id of removedEndpointIds) add("orphan", null);
  return [...counts.values()].sort((a, b) => b.endpoints - a.endpoints);
}

/**
 * Judges the whole inventory by the documents as they are and writes what differs: after an upload for endpoints that
 * came while it was judged, after news of a service for documents that had none to speak for.
 */
export async function rejudge(store: InventoryStore, now: () => number): Promise<void> {
  let result: CommitResult = "stale-specs";
  for (let attempt = 0; result !== "committed" && attempt < MAX_ATTEMPTS; attempt++) {
    const { revision, specs } = await store.specs();
    const judged = await judge(store, specs, revision, now());
    if (judged.endpoints.length + judged.removedEndpointIds.length === 0) return;
    result = await store.rejudge(judged);
  }
}

async function judge(
  store: InventoryStore,
  specs: readonly Spec[],
  revision: number,
  at: number,
): Promise<Judged> {
  const verdict = judgeAll(await allEndpoints(store), specs, at);
  return {
    position: null,
    expectedOffset: null,
    specRevision: revision,
    services: [],
    endpoints: [...verdict.changed, ...verdict.orphans],
    removedEndpointIds: verdict.removedIds,
    events: verdict.events,
    health: [],
  };
}

/** The whole inventory, page by page. */
export async function allEndpoints(store: InventoryStore): Promise<readonly Endpoint[]> {
  const all: Endpoint[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<InventoryStore["endpoints"]>> = await store.endpoints({}, "path", {
      limit: PAGE,
      cursor,
    });
    for (const { endpoint } of page.items) all.push(endpoint);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return all;
}
