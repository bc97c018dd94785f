// The risk of an endpoint as an explained sum: each factor with its points, its reason and the OWASP items it belongs to.
import type { Endpoint } from "../model/inventory.ts";
import { isHeardApi, looksAi } from "../model/inventory.ts";
import { counted } from "./counted.ts";
import type { Exposure, ExposureFinder } from "./exposure.ts";
import { exposureOf } from "./exposure.ts";

export interface RiskFactor {
  readonly id: string;
  readonly points: number;
  /** One sentence from names and counts. */
  readonly reason: string;
  /** Items of the OWASP API Security Top 10 2023 (`API1`…) and the Top 10 for LLM Applications 2025 (`LLM01`…). */
  readonly owasp: readonly string[];
}

export interface Risk {
  /** 0..100: the sum of the points, at most 100. */
  readonly score: number;
  readonly factors: readonly RiskFactor[];
}

interface Known {
  readonly endpoint: Endpoint;
  readonly exposure: Exposure;
  /** Open findings of others (policies, drift, AI), by severity. */
  readonly findings: readonly { readonly severity: string }[];
}

type Factor = Omit<RiskFactor, "points" | "reason"> & {
  readonly points: number;
  /** The reason, or null where it does not apply. */
  readonly applies: (known: Known) => string | null;
};

/*
  Points are chosen so that one factor alone never reaches 50, sensitive data that anybody outside may fetch does (35 +
  25 + 20), and nothing but several serious ones together reaches 100.
*/
const FACTORS: readonly Factor[] = [
  { id: "open-sensitive", points: 35, owasp: ["API2", "API3", "LLM02"], applies: openSensitive },
  { id: "sensitive", points: 15, owasp: ["API3"], applies: sensitive },
  {
    id: "external",
    points: 20,
    owasp: ["API8"],
    applies: ({ exposure }) => (exposure === "external" ? "called from outside" : null),
  },
  {
    id: "no-auth",
    points: 25,
    owasp: ["API2"],
    applies: ({ endpoint }) => {
      const open = openSuccesses(endpoint);
      return open === 0 ? null : `${counted(open, "request")} succeeded without any credential`;
    },
  },
  {
    id: "cleartext",
    points: 10,
    owasp: ["API8"],
    applies: ({ endpoint }) => {
      const plain = endpoint.facts?.schemes["http"] ?? 0;
      return plain === 0 ? null : `${counted(plain, "request")} over plain HTTP`;
    },
  },
  {
    id: "undocumented",
    points: 15,
    owasp: ["API9"],
    applies: ({ endpoint }) => (endpoint.standing === "shadow" ? endpoint.standingReason : null),
  },
  {
    id: "retired",
    points: 20,
    owasp: ["API9"],
    applies: ({ endpoint }) => (endpoint.standing === "zombie" ? endpoint.standingReason : null),
  },
  {
    id: "ai",
    points: 15,
    owasp: ["LLM06", "LLM10"],
    applies: ({ endpoint }) =>
      looksAi(endpoint) ? `${endpoint.ai.verdict} ${endpoint.ai.kind ?? "AI"} endpoint` : null,
  },
  {
    id: "findings",
    points: 20,
    owasp: [],
    applies: ({ findings }) => {
      const serious = findings.filter(({ severity }) => severity === "high" || severity === "critical");
      return serious.length === 0
        ? null
        : `${counted(serious.length, "open finding")} of high or critical severity`;
    },
  },
];

/** 0 for what no API is: noise, pages, assets, orphans. */
export function riskOf(
  endpoint: Endpoint,
  findings: Known["findings"] = [],
  exposureAt?: ExposureFinder,
): Risk {
  if (!isHeardApi(endpoint)) return { score: 0, factors: [] };
  const exposure = exposureOf(Object.values(endpoint.facts?.callers.kept ?? {}), exposureAt);
  const known: Known = { endpoint, exposure, findings };
  const factors = FACTORS.flatMap(({ id, points, owasp, applies }): readonly RiskFactor[] => {
    const reason = applies(known);
    return reason === null ? [] : [{ id, points, owasp, reason }];
  });
  return {
    score: Math.min(
      100,
      factors.reduce((sum, { points }) => sum + points, 0),
    ),
    factors,
  };
}

function answeredClasses({ facts }: Endpoint): readonly string[] {
  const found = Object.values(facts?.dataClasses.kept ?? {}).filter(({ place }) =>
    place.startsWith("response."),
  );
  return [...new Set(found.map(({ dataClass }) => dataClass))].sort();
}

function openSuccesses({ facts }: Endpoint): number {
  const open = Object.values(facts?.auth.kept ?? {}).filter(({ scheme }) => scheme === "none");
  return open.reduce((sum, { successes }) => sum + successes, 0);
}

function openSensitive({ endpoint }: Known): string | null {
  const classes = answeredClasses(endpoint);
  return classes.length === 0 || openSuccesses(endpoint) === 0
    ? null
    : `answers ${classes.join(", ")} without any credential`;
}

function sensitive({ endpoint }: Known): string | null {
  const classes = answeredClasses(endpoint);
  return classes.length === 0 ? null : `answers carry ${classes.join(", ")}`;
}
