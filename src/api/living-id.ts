// An id of an endpoint that became part of another asks for that one, wherever it is asked for.
import type { InventoryStore } from "../store/store.ts";

/** An id nobody knows stays what it is: there is nothing about it. */
export async function livingId(
  store: Pick<InventoryStore, "endpoint">,
  id: string | undefined,
): Promise<string | undefined> {
  return id === undefined ? undefined : ((await store.endpoint(id))?.endpoint.id ?? id);
}
