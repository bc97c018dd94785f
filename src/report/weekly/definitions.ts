// The appendix: what the report's words mean, so that it can be read by whoever it is forwarded to.
import type { WeeklyReport } from "./report.ts";

export const DEFINITIONS: WeeklyReport["definitions"] = [
  {
    term: "endpoint",
    meaning: "A method and a path with variables on one host, heard in traffic or listed in a document.",
  },
  { term: "documented", meaning: "Heard, and listed in an uploaded API document." },
  { term: "shadow", meaning: "Heard, and listed in no uploaded API document." },
  { term: "zombie", meaning: "Deprecated in a document, or gone from its newer edition, and still called." },
  { term: "orphan", meaning: "Listed in a document, and never heard." },
  {
    term: "AI",
    meaning:
      "Traffic has the marks of a language model, an agent protocol or an AI vendor; the endpoint's page lists them.",
  },
  {
    term: "candidate",
    meaning: "Heard, but not often or not successfully enough to be sure that the endpoint exists.",
  },
  {
    term: "exposure",
    meaning:
      "external: at least one caller has a public address. internal: all known callers have private ones. Networks that the file of places calls internal or external are what it says.",
  },
  {
    term: "first caller",
    meaning:
      "The address and software heard first, as far as the capture tells; proxies may stand before it.",
  },
  {
    term: "change (drift)",
    meaning: "An endpoint that differs from its own past: credentials, data, answers.",
  },
  {
    term: "finding",
    meaning:
      "A rule that holds for an endpoint, with its evidence. Opened: held first this week. Closed: holds no longer. Dated by the clock of the traffic: what was found in a recording counts in the week that was recorded.",
  },
  { term: "unowned", meaning: "No person or team is named for the endpoint." },
  {
    term: "late",
    meaning: "Belongs to the week before by its time, but was heard of after that week's report was closed.",
  },
  {
    term: "figures of the week before",
    meaning: "As its closed report had them; without one, worked back from events. Owners are today's.",
  },
];
