// Who asked what within the last moments, by client address: tells which calls a server made while it answered one.

export interface Recent<T> {
  note(client: string, at: number, asked: T): void;
  /** What `client` asked between two times. */
  between(client: string, from: number, to: number): readonly T[];
}

// Servers that call others, of one collector; what one of them asks within a call. A full table is emptied.
const MAX_CLIENTS = 2000;
const MAX_ASKED = 32;

interface Asked<T> {
  readonly at: number;
  readonly what: T;
}

export function createRecent<T>(): Recent<T> {
  const clients = new Map<string, Asked<T>[]>();
  return {
    note(client, at, what) {
      let asked = clients.get(client);
      if (asked === undefined) {
        if (clients.size >= MAX_CLIENTS) clients.clear();
        asked = [];
        clients.set(client, asked);
      }
      if (asked.length >= MAX_ASKED) asked.shift();
      asked.push({ at, what });
    },
    between(client, from, to) {
      const asked = clients.get(client) ?? [];
      return asked.filter(({ at }) => at >= from && at <= to).map(({ what }) => what);
    },
  };
}
