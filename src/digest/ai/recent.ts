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

/** The oldest of a full list stands at `next`. */
interface Ring<T> {
  readonly list: Asked<T>[];
  next: number;
}

export function createRecent<T>(): Recent<T> {
  const clients = new Map<string, Ring<T>>();
  return {
    note(client, at, what) {
      let asked = clients.get(client);
      if (asked === undefined) {
        if (clients.size >= MAX_CLIENTS) clients.clear();
        asked = { list: [], next: 0 };
        clients.set(client, asked);
      }
      if (asked.list.length < MAX_ASKED) asked.list.push({ at, what });
      else asked.list[asked.next] = { at, what };
      asked.next = (asked.next + 1) % MAX_ASKED;
    },
    between(client, from, to) {
      const { list, next } = clients.get(client) ?? { list: [], next: 0 };
      const asked = list.length < MAX_ASKED ? list : [...list.slice(next), ...list.slice(0, next)];
      return asked.filter(({ at }) => at >= from && at <= to).map(({ what }) => what);
    },
  };
}
