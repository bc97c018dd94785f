// URLs inside requests that point where an outsider must not reach: private networks and cloud metadata.

/*
  Metadata services of clouds: 169.254.169.254 (AWS, Azure, GCP, …), fd00:ec2::254 (AWS), metadata.google.internal (GCP),
  100.100.100.200 (Alibaba). Private: RFC 1918, loopback, link-local, RFC 6598.
*/
const METADATA =
  /^https?:\/\/(?:169\.254\.169\.254|\[fd00:ec2::254\]|metadata\.google\.internal|100\.100\.100\.200)(?:[:/]|$)/i;
const PRIVATE =
  /^(?:https?|gopher|ftp):\/\/(?:[^/@]*@)?(?:localhost|127\.|10\.|192\.168\.|169\.254\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|\[::1\]|\[f[cd]|\[fe80)/i;

export type TargetMark = "metadata-url" | "private-url";

/** null for everything that is no such URL. */
export function targetMark(text: string): TargetMark | null {
  const first = text.charCodeAt(0) | 0x20;
  // h, g and f: all schemes that fetchers follow.
  if (first < 0x66 || first > 0x68 || text.length > 4096) return null;
  if (METADATA.test(text)) return "metadata-url";
  return PRIVATE.test(text) ? "private-url" : null;
}
