// Says what kind of interface behaves as one does that no format names.
import type { TextFacts, TextSignal } from "../model/text-facts.ts";

/** Most telling first. */
const MODALITIES: readonly (readonly [TextSignal, kind: string])[] = [
  ["vectors", "embedding"],
  ["neighbours", "vector-db"],
  ["image-out", "image"],
  ["image-link", "image"],
  ["video-out", "video"],
  ["audio-out", "audio"],
  ["audio-in", "audio"],
  ["ranks", "rerank"],
  ["labels", "moderation"],
  ["tensors", "ml-serving"],
];

type Share = (signal: TextSignal) => number;

/** null when nothing tells. A socket is held open to talk. */
export function kindOfBehaviour(text: TextFacts, isSocket = false): string | null {
  const share: Share = (signal) => (text.signals[signal]?.count ?? 0) / text.looked;
  const most = MODALITIES.find(([signal]) => share(signal) >= 0.5);
  if (most !== undefined) return most[1];
  if (share("tool-schema") + share("tool-names") + share("steps") >= 0.33) return "agent";
  if (share("image-in") >= 0.5) return "chat-completion";
  if (share("answer") + share("deltas") === 0) return share("data-in") > 0 ? "completion" : null;
  return isSocket ? "chat-completion" : kindOfText(share);
}

/** Who asks or talks wants an answer; who hands over a text, or gives an instruction, wants it worked on. */
function kindOfText(share: Share): string {
  if (share("carried") > 0) return "chat-completion";
  if (share("infill") >= 0.5 || share("code-out") >= 0.5) return "completion";
  const isTalk = TALK.some((signal) => share(signal) >= 0.34);
  if (share("condensed") >= (isTalk ? 0.5 : 0.34)) return "completion";
  if (isTalk) return "chat-completion";
  if (share("deferred") >= 0.5) return "completion";
  return share("short-in") >= 0.5 || share("style") >= 0.34 ? "chat-completion" : "completion";
}

const TALK = ["question", "conversation", "roles", "sources"] as const;
