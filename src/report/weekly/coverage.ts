// What could not be seen, in plain words: collectors that fell silent, what they lost, what stayed encrypted.
import { diagnose } from "../doctor.ts";
import { counted } from "../../inventory/counted.ts";
import type { Frame } from "./frame.ts";
import { wasCalled } from "./frame.ts";
import type { WeeklyReport } from "./report.ts";
import { dayText } from "./week.ts";

export function coverageOf(frame: Frame): WeeklyReport["coverage"] {
  const { health } = frame.inputs;
  if (health.length === 0) {
    return {
      sentences: ["No collector has reported yet: this report says nothing about what the network carries."],
    };
  }
  return {
    sentences: [
      heardSentence(frame),
      ...encryptedSentences(frame),
      ...diagnose(health).map((paragraph) => paragraph.split(/\n\s*/).join(" ")),
      "Counters of collectors run since their start, not for this week alone.",
    ],
  };
}

function heardSentence({ inputs, week, zone }: Frame): string {
  const silent = inputs.health.filter(({ to }) => to === null || to < week.from);
  const heard = inputs.health.length - silent.length;
  const some = `${heard} of ${counted(inputs.health.length, "collector")} heard traffic in or after this week`;
  if (silent.length === 0) return `${some}.`;
  const named = silent.slice(0, MAX_NAMED).map(({ collector, to }) => {
    return to === null ? `${collector} (never)` : `${collector} (last on ${dayText(to, zone)})`;
  });
  const left = silent.length - named.length;
  return `${some}; silent: ${named.join(", ")}${left > 0 ? ` and ${left} more` : ""}.`;
}

// Names in one sentence.
const MAX_NAMED = 5;

function encryptedSentences({ seen, week }: Frame): readonly string[] {
  const closed = seen.filter(({ row }) => row.category === "encrypted" && wasCalled(row, week)).length;
  if (closed === 0) return [];
  return [
    `${counted(closed, "service")} ${closed === 1 ? "was" : "were"} called over connections that stayed encrypted: ` +
      `that they are called is known, what is asked there is not.`,
  ];
}
