// Who asked what within the last moments, by client address: tells which calls a server made while it answered one.

export interface Recent {
  note(client: string, at: number, label: string): void;
  /** What `client` asked between two times, each once. */
  between(client: string, from: number, to: number): readonly string[];
}

// Servers that call others, of one collector; what one of them asks within a call. A full table is emptied.
const MAX_CLIENTS = 2000;
const MAX_ASKED = 32;

interface Asked {
  readonly at: number;
  readonly label: string;
}

export function createRecent(): Recent {
  const clients = new Map<string, Asked[]>();
  return {
    note(client, at, label) {
      let asked = clients.get(client);
      if (asked === undefined) {
        if (clients.size >= MAX_CLIENTS) clients.clear();
        asked = [];
        clients.set(client, asked);
      }
      if (asked.length >= MAX_ASKED) asked.shift();
      asked.push({ at, label });
    },
    between(client, from, to) {
      const asked = clients.get(client) ?? [];
      return [...new Set(asked.filter(({ at }) => at >= from && at <= to).map(({ label }) => label))];
    },
  };
}
