// Which declared names may be kept: words as operators give them to services, nothing that could stand for a person or a key.
import { hash32 } from "../../model/hash.ts";
import type { SafeName } from "../names.ts";

/*
  Kubernetes, "Object Names and IDs": names of services and namespaces are labels of DNS (RFC 1123), at most 63 of a-z, 0-9
  and "-". Eureka, Spring, Consul and Dapr also allow capitals, "_" and "."; capitals count as small letters.
*/
const TOKEN = /^[a-z0-9]+(?:[-_.]{1,2}[a-z0-9]+)*$/i;
const MAX_TOKEN = 63;
// What generators and hashes make: a commit, a replica set, a suffix of a container, a number of an account.
const GENERATED = /^(?=.*\d)(?=.*[a-f])[0-9a-f]{6,}$|\d{5,}/i;

// A birthday has eight digits, a number of a phone or an account seven and more, however they are parted.
const MANY_DIGITS = /(?:\d\D*){7}/;

/** The name in lower case, or null when it is none or looks like an identifier, a secret or a number. */
export function token(text: string | undefined, safeName: SafeName): string | null {
  if (text === undefined || text.length > MAX_TOKEN || !TOKEN.test(text) || !/[a-z]/i.test(text)) return null;
  if (MANY_DIGITS.test(text) || text.split(/[-_.]+/).some((part) => GENERATED.test(part))) return null;
  return safeName(text) === text ? text.toLowerCase() : null;
}

/*
  Kubernetes, "Labels and Selectors": [prefix "/"] name; the prefix is a DNS subdomain, the name at most 63 of letters,
  digits, "-", "_" and ".".
*/
const LABEL_KEY = /^(?:[a-z0-9](?:[a-z0-9.-]{0,60}[a-z0-9])?\/)?[A-Za-z0-9](?:[\w.-]{0,61}[A-Za-z0-9])?$/;
// Change with every release or pod, so they say nothing of who a workload belongs to.
const CHURNING =
  /(?:^|\/)(?:version|revision|canonical-revision|chart|instance|pod-name|pod-index|release|(?:pod-template|controller-revision|rollouts-pod-template)-(?:hash|generation)|controller-uid|job-name|batch-uid)$/;
// Four times what tools recommend (app, component, part-of, name, team).
const MOST_LABELS = 8;

/** `key=value` in order, values judged as names are; of more than 8 those with the smallest hashes of their keys. */
export function labelTokens(
  labels: Readonly<Record<string, string>> | undefined,
  safeName: SafeName,
): readonly string[] {
  const kept: { readonly key: string; readonly text: string }[] = [];
  for (const key of Object.keys(labels ?? {})) {
    const value = LABEL_KEY.test(key) && !CHURNING.test(key) ? token(labels?.[key], safeName) : null;
    if (value !== null && safeName(key) === key) kept.push({ key, text: `${key}=${value}` });
  }
  const ranked = kept.length <= MOST_LABELS ? kept : kept.sort((a, b) => hash32(a.key) - hash32(b.key));
  return ranked
    .slice(0, MOST_LABELS)
    .map(({ text }) => text)
    .sort();
}
