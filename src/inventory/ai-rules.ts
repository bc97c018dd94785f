// Risks of language models at one endpoint: each rule with what it maps to, how far listening can see it, and its sentence.
import type { FindingRecord } from "../model/governance.ts";
import type { Endpoint } from "../model/inventory.ts";
import { looksAi } from "../model/inventory.ts";
import { contentShifts } from "./ai-content-shift.ts";
import {
  aiFactsOf,
  answersWithHeader,
  asksWith,
  classesAt,
  hasReadRequests,
  isCredentialClass,
  isOwnAi,
  isVendorUse,
  marksOf,
  openSuccesses,
} from "./ai-words.ts";
import { counted } from "./counted.ts";

/*
  OWASP Top 10 for LLM Applications 2025 (LLM01 to LLM10), OWASP API Security Top 10 2023 (API1 to API10).
*/
export interface AiRule {
  readonly id: string;
  readonly severity: FindingRecord["severity"];
  readonly title: string;
  readonly owasp: readonly string[];
  /** How much of the risk a listener can see at all. */
  readonly observable: "yes" | "partly";
  /** The evidence in one sentence, or null when the rule does not hold. */
  holds(endpoint: Endpoint): string | null;
}

/** Fields that bound an answer, in any of the known formats. */
const BOUNDS = [
  "max_tokens",
  "max_completion_tokens",
  "max_output_tokens",
  "maxTokens",
  "maxOutputTokens",
  "max_new_tokens",
  "num_predict",
  "n_predict",
  "options.num_predict",
  "parameters.max_new_tokens",
  "generationConfig.maxOutputTokens",
  "inferenceConfig.maxTokens",
  "max_length",
];
const LIMITS = /rate-?limit|retry-after/i;
const GENERATING = new Set(["chat-completion", "completion", "agent", "ai-app", "realtime"]);

export const AI_RULES: readonly AiRule[] = [
  {
    id: "ai-unauthenticated",
    severity: "high",
    title: "AI endpoint without authentication",
    owasp: ["API2:2023", "LLM10:2025"],
    observable: "yes",
    holds(endpoint) {
      const open = isOwnAi(endpoint) ? openSuccesses(endpoint) : 0;
      return open === 0 ? null : `${counted(open, "request")} without any credential answered with success`;
    },
  },
  {
    id: "ai-vector-open",
    severity: "high",
    title: "Vector store without authentication",
    owasp: ["LLM08:2025", "API2:2023"],
    observable: "yes",
    holds(endpoint) {
      const open = endpoint.ai.kind === "vector-db" && isOwnAi(endpoint) ? openSuccesses(endpoint) : 0;
      return open === 0 ? null : `${counted(open, "request")} read or wrote vectors without any credential`;
    },
  },
  {
    id: "ai-cleartext",
    severity: "medium",
    title: "Prompts over cleartext HTTP",
    owasp: ["LLM02:2025", "API8:2023"],
    observable: "yes",
    holds(endpoint) {
      const plain = endpoint.facts?.schemes["http"] ?? 0;
      return looksAi(endpoint) && plain > 0 ? `${counted(plain, "request")} over plain HTTP` : null;
    },
  },
  {
    id: "ai-unbounded",
    severity: "low",
    title: "No upper bound on answers",
    owasp: ["LLM10:2025", "API4:2023"],
    observable: "partly",
    holds(endpoint) {
      if (!isOwnAi(endpoint) || !GENERATING.has(endpoint.ai.kind ?? "") || !hasReadRequests(endpoint))
        return null;
      const isBounded =
        asksWith(endpoint, BOUNDS) ||
        answersWithHeader(endpoint, LIMITS) ||
        endpoint.facts?.responses["429"] !== undefined;
      return isBounded
        ? null
        : "no request names a limit of tokens, no answer speaks of a rate limit, none was 429";
    },
  },
  {
    id: "ai-key-in-browser",
    severity: "high",
    title: "Vendor's key in a browser",
    owasp: ["API2:2023", "LLM02:2025"],
    observable: "yes",
    holds(endpoint) {
      const seen = marksOf(endpoint, "key-in-browser");
      return seen === 0 ? null : `${counted(seen, "request")} of a browser carried a key of a model vendor`;
    },
  },
  {
    id: "ai-any-origin",
    severity: "medium",
    title: "AI endpoint open to every page",
    owasp: ["API8:2023"],
    observable: "yes",
    holds(endpoint) {
      const seen = looksAi(endpoint) ? marksOf(endpoint, "any-origin-with-credentials") : 0;
      return seen === 0 ? null : `${counted(seen, "answer")} allowed every origin together with credentials`;
    },
  },
  {
    id: "ai-private-target",
    severity: "high",
    title: "Request names an internal address",
    owasp: ["API7:2023", "LLM06:2025"],
    observable: "partly",
    holds(endpoint) {
      const isUsed = looksAi(endpoint) || endpoint.facts?.tools !== undefined;
      const metadata = marksOf(endpoint, "metadata-url");
      const inner = marksOf(endpoint, "private-url");
      if (!isUsed || metadata + inner === 0) return null;
      return `${counted(metadata, "request")} named a cloud metadata service, ${inner} a private address`;
    },
  },
  {
    id: "ai-sensitive-prompt",
    severity: "high",
    title: "Sensitive data sent to a model vendor",
    owasp: ["LLM02:2025"],
    observable: "yes",
    holds(endpoint) {
      const classes = isVendorUse(endpoint) ? classesAt(endpoint, "request.body") : [];
      return classes.length === 0 ? null : `prompts to ${vendorOf(endpoint)} carried ${classes.join(", ")}`;
    },
  },
  {
    id: "ai-secret-in-answer",
    severity: "critical",
    title: "Answer gave away a secret",
    owasp: ["LLM02:2025"],
    observable: "yes",
    holds: (endpoint) => leaked(endpoint, isCredentialClass),
  },
  {
    id: "ai-unasked-data",
    severity: "high",
    title: "Answer gave away data nobody had sent",
    owasp: ["LLM02:2025", "API3:2023"],
    observable: "yes",
    holds: (endpoint) => leaked(endpoint, (dataClass) => !isCredentialClass(dataClass)),
  },
  {
    id: "ai-system-prompt-leak",
    severity: "medium",
    title: "Answer repeated the service's instructions",
    owasp: ["LLM07:2025"],
    observable: "partly",
    holds(endpoint) {
      const seen = marksOf(endpoint, "system-prompt-in-answer");
      return seen === 0
        ? null
        : `${counted(seen, "answer")} repeated runs of words from instructions to a model`;
    },
  },
  {
    id: "ai-source-code-sent",
    severity: "medium",
    title: "Source code or credentials file sent to a model vendor",
    owasp: ["LLM02:2025"],
    observable: "partly",
    holds(endpoint) {
      const content = isVendorUse(endpoint) ? (aiFactsOf(endpoint).content ?? {}) : {};
      const code = content["prompt code"] ?? 0;
      const files = content["prompt credentials-file"] ?? 0;
      if (code + files === 0) return null;
      return `${counted(code, "prompt")} with source code and ${files} with a credentials file to ${vendorOf(endpoint)}`;
    },
  },
  {
    id: "ai-content-shift",
    severity: "medium",
    title: "What is said to or by a model has changed",
    owasp: ["LLM02:2025", "API6:2023"],
    observable: "partly",
    holds(endpoint) {
      const found = looksAi(endpoint) ? contentShifts(aiFactsOf(endpoint).contentDays) : [];
      if (found.length === 0) return null;
      return found
        .map(({ text, since }) => `${text}, since ${new Date(since).toISOString().slice(0, 10)}`)
        .join("; ");
    },
  },
  {
    id: "ai-model-download",
    severity: "low",
    title: "Model weights fetched",
    owasp: ["LLM03:2025"],
    observable: "partly",
    holds({ facts }) {
      const formats = Object.entries(facts?.ai?.marks ?? {}).filter(([mark]) =>
        mark.startsWith("model-download "),
      );
      if (formats.length === 0) return null;
      return `weights were fetched: ${formats.map(([mark, count]) => `${mark.slice(15)} (${count})`).join(", ")}`;
    },
  },
  {
    id: "ai-key-changed",
    severity: "low",
    title: "Another key for a model vendor",
    owasp: ["API2:2023", "LLM10:2025"],
    observable: "yes",
    holds(endpoint) {
      const keys = Object.values(aiFactsOf(endpoint).credentials?.kept ?? {});
      const first = Math.min(...keys.map((key) => key.firstSeen));
      const later = keys.filter((key) => key.firstSeen > first).length;
      return later === 0 ? null : `${counted(later, "key")} came after the first one, ${keys.length} in all`;
    },
  },
];

function vendorOf({ ai, authority }: Endpoint): string {
  return ai.vendor ?? authority;
}

/** Of values that were not in the request: then the model, or what feeds it, knew them. */
function leaked(endpoint: Endpoint, wanted: (dataClass: string) => boolean): string | null {
  if (!looksAi(endpoint) && endpoint.facts?.tools === undefined) return null;
  const leaks = Object.entries(aiFactsOf(endpoint).leaks ?? {}).filter(
    ([dataClass, { unasked }]) => unasked > 0 && wanted(dataClass),
  );
  if (leaks.length === 0) return null;
  const told = leaks.map(([dataClass, { answers, unasked }]) => `${dataClass} (${unasked} of ${answers})`);
  return `answers held values that were not in the request: ${told.sort().join(", ")}`;
}
