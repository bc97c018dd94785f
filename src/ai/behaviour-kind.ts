// Says what kind of interface behaves as one does that no format names.
import type { TextFacts, TextSignal } from "../model/text-facts.ts";

/** Most telling first. */
const MODALITIES: readonly (readonly [TextSignal, kind: string])[] = [
  ["vectors", "embedding"],
  ["image-out", "image"],
  ["image-link", "image"],
  ["audio-out", "audio"],
  ["audio-in", "audio"],
  ["ranks", "rerank"],
  ["labels", "moderation"],
];

/** null when nothing tells. */
export function kindOfBehaviour(text: TextFacts): string | null {
  const share = (signal: TextSignal) => (text.signals[signal]?.count ?? 0) / text.looked;
  const modality = MODALITIES.find(([signal]) => share(signal) >= 0.5);
  if (modality !== undefined) return modality[1];
  if (share("tensors") >= 0.5) return "ml-serving";
  if (share("tool-schema") >= 0.33 || share("steps") >= 0.33) return "agent";
  if (share("answer") === 0 && share("deltas") === 0) return null;
  if (share("infill") >= 0.5 || share("code-out") >= 0.5) return "completion";
  const isTalk =
    share("question") >= 0.34 ||
    share("conversation") >= 0.34 ||
    share("roles") >= 0.34 ||
    share("sources") >= 0.34;
  if (isTalk && share("condensed") < 0.5) return "chat-completion";
  if (share("condensed") >= 0.34 || share("deferred") >= 0.5) return "completion";
  return isTalk || share("short-in") >= 0.5 ? "chat-completion" : kindOfInstruction(share);
}

/** Neither asked nor talked to: what goes in is worked on. */
function kindOfInstruction(share: (signal: TextSignal) => number): string {
  return share("style") >= 0.34 ? "chat-completion" : "completion";
}
