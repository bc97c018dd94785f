// The weekly report to the teams that own something, when the clock says so: put into the outbox once, carried by the courier.
import { Cron } from "croner";
import { weeklyOf } from "../api/weekly.ts";
import { counted } from "../inventory/counted.ts";
import type { ExposureFinder } from "../inventory/exposure.ts";
import type { Contact, Delivery, FindingRecord, Team } from "../model/governance.ts";
import { notice } from "../model/governance.ts";
import { shortHash } from "../model/identity.ts";
import { UserError } from "../ops/user-error.ts";
import type { WeeklyReport } from "../report/weekly/report.ts";
import { isTimeZone, weekAt, weeksBefore } from "../report/weekly/week.ts";
import type { InventoryStore } from "../store/store.ts";

export interface Schedule {
  /** Five fields of cron: minute, hour, day of month, month, day of week. */
  readonly cron: string;
  readonly zone: string;
}

const FIELDS = 5;

/** `0 8 * * 1 Europe/Berlin`; without a zone UTC. Throws one sentence when there is no such time or zone. */
export function readSchedule(text: string): Schedule {
  const words = text.trim().split(/\s+/);
  const schedule = { cron: words.slice(0, FIELDS).join(" "), zone: words[FIELDS] ?? "UTC" };
  if (words.length > FIELDS + 1 || !isTimeZone(schedule.zone) || nextRun(schedule) === null)
    throw new UserError(
      "UMBRA_WEEKLY must be a time as in cron and a time zone, like 0 8 * * 1 Europe/Berlin.",
    );
  return schedule;
}

function nextRun({ cron, zone }: Schedule): Date | null {
  try {
    return new Cron(cron, { timezone: zone, mode: "5-part", paused: true }).nextRun();
  } catch {
    return null;
  }
}

// A day later nobody waits for it any more; the next one comes.
const LATE_MS = 86_400_000;

/** Whether its time came within the last day: what a stopped process missed is made up for. */
export function isMissed({ cron, zone }: Schedule, now: number): boolean {
  const [last] = new Cron(cron, { timezone: zone, mode: "5-part", paused: true }).previousRuns(
    1,
    new Date(now),
  );
  return last !== undefined && now - last.getTime() < LATE_MS;
}

export interface WeeklyParts {
  readonly store: InventoryStore;
  /** Where Umbra answers, for links. */
  readonly base: string;
  readonly now: () => number;
  /** On which side addresses are; absent: as ranges of addresses say. */
  readonly exposureAt?: ExposureFinder | undefined;
  /** Told of how many messages wait to be carried. */
  readonly onNews: (deliveries: number) => void;
  readonly onFailure: (failure: unknown) => void;
}

/** Begins to watch the clock, and makes up for what was missed. Gives how to stop. */
export function followSchedule(schedule: Schedule, parts: WeeklyParts): () => void {
  const send = (): Promise<void> => sendWeekly(schedule.zone, parts).then(parts.onNews, parts.onFailure);
  const { cron, zone } = schedule;
  const job = new Cron(cron, { timezone: zone, mode: "5-part", protect: true, unref: true }, send);
  if (isMissed(schedule, parts.now())) void send();
  return () => job.stop();
}

/**
 * The report of the last week that is over, for each team with contacts that owns something; gives how many messages.
 * Done twice it sends nothing twice: a message is one for week, team and contact, and what is said is archived.
 */
export async function sendWeekly(
  zone: string,
  { store, base, now, exposureAt }: Omit<WeeklyParts, "onNews" | "onFailure">,
) {
  const moment = now();
  const week = weeksBefore(weekAt(moment, zone), 1, zone).name;
  let count = 0;
  for (const team of await store.governance.teams()) {
    if (team.contacts.length === 0) continue;
    const ask = { week, zone, scope: { kind: "team", name: team.id } } as const;
    const report = await weeklyOf(store, ask, { now: moment, base, exposureAt });
    if (report === null || report.headline.now.endpoints + report.headline.now.orphan === 0) continue;
    const deliveries = team.contacts.map((contact) =>
      deliveryOf(report, { team, contact, base, now: moment }),
    );
    await store.governance.putFindings([], deliveries);
    count += deliveries.length;
  }
  return count;
}

interface Telling {
  readonly team: Team;
  readonly contact: Contact;
  readonly base: string;
  readonly now: number;
}

function deliveryOf(report: WeeklyReport, { team, contact, base, now }: Telling): Delivery {
  const { week, zone } = report;
  return {
    id: `de_${shortHash(JSON.stringify(["weekly", week, zone, team.id, contact]))}`,
    contact,
    news: {
      turn: "report",
      finding: noticeOf(report, { team, base, now }),
      method: "",
      path: "",
      owner: team.id,
    },
    state: "pending",
    attempts: 0,
    createdAt: now,
    nextAt: now,
    lastError: null,
    report: { week, zone, team: team.id },
  };
}

/** The report's own sentences, the numbers and where all of it is, in the place of a finding. */
function noticeOf(report: WeeklyReport, { team, base, now }: Omit<Telling, "contact">): FindingRecord {
  const { week, zone, summary } = report;
  const query = new URLSearchParams({ team: team.id, zone, format: "html" });
  const link = `${base}/api/v1/reports/weekly/${week}?${query.toString()}`;
  return notice(
    {
      id: `weekly ${week} ${team.id}`,
      rule: "weekly-report",
      title: `Weekly report ${week}: ${headlineText(report)}`,
      endpointId: "",
      authority: "",
      text: `${summary.join(" ")} The whole report: ${link}`,
    },
    now,
  );
}

function headlineText({ headline: { now }, new_shadow: shadow, drift }: WeeklyReport): string {
  return [
    counted(now.endpoints, "endpoint"),
    `${now.shadow} shadow (${shadow.length} new)`,
    `${now.zombie} zombie`,
    `${drift.items.length} changed`,
    `${now.ai} AI`,
  ].join(", ");
}
