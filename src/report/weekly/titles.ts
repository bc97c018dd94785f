// Names of things as all formats write them.
import type { Place, WeeklyReport } from "./report.ts";

export function titleOf({ week, scope }: WeeklyReport): string {
  const whose = scope.name === null ? "" : `, ${scope.kind} ${scope.name}`;
  return `Shadow-API report, week ${week}${whose}`;
}

/** `GET shop.test/orders/{orderId}`, with the operation behind it where there is one. */
export function placeText({ method, authority, path, operation }: Place): string {
  return `${method} ${authority}${path}${operation === null ? "" : ` ${operation}`}`;
}
