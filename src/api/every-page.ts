// Reads a list of the store to its end, page by page.
import type { Endpoint } from "../model/inventory.ts";
import type { EndpointFilter, InventoryStore, Page, PageRequest } from "../store/store.ts";

// The largest page the store gives.
const PAGE = 500;

export async function everyPage<T>(
  fetch: (page: PageRequest) => Promise<Page<T>>,
  use: (item: T) => void,
): Promise<void> {
  let cursor: string | null = null;
  do {
    const page: Page<T> = await fetch({ limit: PAGE, cursor });
    page.items.forEach(use);
    cursor = page.nextCursor;
  } while (cursor !== null);
}

/** Whole rows: only for what needs all of their facts at once. */
export async function allEndpoints(
  store: InventoryStore,
  filter: EndpointFilter,
): Promise<readonly Endpoint[]> {
  const endpoints: Endpoint[] = [];
  await everyPage(
    (page) => store.endpoints(filter, "path", page),
    ({ endpoint }) => endpoints.push(endpoint),
  );
  return endpoints;
}
