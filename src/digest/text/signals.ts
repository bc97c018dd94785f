// What one exchange shows of the behaviour of a language model, and of everything that only resembles one.
import type { TextSignal } from "../../model/text-facts.ts";
import type { Ask } from "./ask.ts";
import type { Contents } from "./contents.ts";
import {
  areTensors,
  hasCanvas,
  hasLabels,
  hasNeighbours,
  hasParameters,
  hasRanks,
  hasVectors,
} from "./figures.ts";
import type { Usage } from "./figures.ts";
import { countNamed, hasMarkdown, hasStyle, isNamed, isNamedInPart, isQuestion, isRefusal } from "./marks.ts";
import type { Answer, Reply } from "./reply.ts";
import type { Shared } from "./topic.ts";
import { sharedWords } from "./topic.ts";
import type { Leaf, Tree } from "./tree.ts";

/** Both sides of an exchange, read. */
export interface Talk {
  readonly request: Contents;
  readonly response: Contents;
  readonly ask: Ask;
  readonly reply: Reply;
  /** What went in are fields, no text. */
  readonly fields: boolean;
  readonly usage: Usage;
  readonly namesModel: boolean;
  readonly isGet: boolean;
  /** The response is a stream. */
  readonly isStream: boolean;
}

type Test = (talk: Talk) => boolean;

const TESTS: Readonly<Partial<Record<TextSignal, Test>>> = {
  "text-in": ({ ask }) => ask.kind === "prose" || ask.kind === "code",
  "short-in": ({ ask }) => ask.kind === "words",
  "data-in": ({ fields, reply }) => fields && isLong(reply),
  "text-out": ({ reply }) => reply.hasText,
  answer: ({ ask, reply }) => reply.answer !== null && ask.kind !== "none" && !reply.echo,
  "none-out": isNoneOut,
  echo: ({ reply }) => reply.echo,
  items: ({ reply }) => reply.items,
  authored: ({ response, reply }) => isAuthored(response.tree, reply),
  record: isRecord,
  paging: ({ request, response }) => isPaged(request.tree, response.tree),
  languages: isTranslated,
  deltas: ({ reply }) => reply.stream?.generated === true,
  feed: ({ reply, isGet, isStream }) => isGet && isStream && reply.stream?.generated !== true,
  "end-mark": ({ response, reply }) => response.frames?.ended === true && reply.stream !== null,
  usage: ({ usage }) => usage.known,
  "usage-consistent": ({ usage }) => usage.consistent,
  model: ({ namesModel }) => namesModel,
  parameters: ({ request, ask }) => ask.kind !== "none" && hasParameters(request.tree),
  "prompt-key": ({ ask }) => ask.leaves.some(({ name }) => isNamedInPart("promptNames", name)),
  "answer-key": ({ reply }) => reply.answer !== null && isNamedInPart("answerNames", reply.answer.name),
  markdown: ({ ask, reply }) =>
    reply.answer !== null && hasMarkdown(reply.answer.text) && !hasMarkdown(ask.text),
  refusal: ({ reply }) => reply.answer !== null && isRefusal(reply.answer.text),
  style: ({ reply }) => reply.answer !== null && hasStyle(reply.answer.text),
  sources: ({ response, reply }) => reply.answer !== null && hasSources(response.tree),
  conversation: ({ request }) => has(request.tree, "conversationNames") || hasTurns(request.tree),
  roles: ({ request, response }) => hasRoles(request.tree) || hasRoles(response.tree),
  steps: ({ request, response }) =>
    Math.max(countNamed("stepNames", response.tree.names), countNamed("stepNames", request.tree.names)) >= 2,
  "tool-schema": ({ request, ask }) => request.tree.schema && ask.kind !== "none",
  "tool-names": ({ ask, reply, request, response }) =>
    ask.kind === "prose" && reply.hasText && areToolsUsed(request.tree, response.tree),
  question: ({ ask }) => ask.leaves.some(({ text }) => isQuestion(text)),
  "code-in": ({ ask }) => ask.kind === "code",
  "code-out": ({ reply }) => reply.answer?.code === true,
  condensed: ({ ask, reply }) =>
    reply.answer !== null && ask.text.length > Math.max(200, reply.answer.text.length),
  infill: ({ request }) => isInfill(request.tree),
  vectors: ({ request, response, ask }) =>
    ask.kind !== "none" && hasVectors(response.tree) && !hasVectors(request.tree),
  neighbours: ({ request, response }) => hasNeighbours(request.tree, response.tree),
  "image-out": ({ ask, response }) =>
    ask.kind !== "none" && (response.media === "image" || hasPayload(response.tree, IMAGE)),
  "image-link": ({ ask, response, reply }) =>
    ask.kind === "prose" && !reply.hasText && response.tree.texts.some(({ text }) => IMAGE_LINK.test(text)),
  "image-in": ({ request, reply }) => hasImage(request) && isLong(reply),
  canvas: ({ request }) => hasCanvas(request.tree),
  "video-out": ({ ask, response, reply }) =>
    ask.kind === "prose" &&
    !reply.hasText &&
    (response.media === "video" || response.tree.texts.some(({ text }) => VIDEO_LINK.test(text))),
  "audio-out": ({ ask, response }) =>
    ask.kind !== "none" && (response.media === "audio" || hasPayload(response.tree, AUDIO)),
  "audio-in": ({ request, reply }) => reply.answer !== null && hasAudio(request),
  labels: ({ ask, response }) => ask.kind !== "none" && hasLabels(response.tree),
  ranks: ({ request, response, ask }) => hasRanks(request.tree, response.tree, ask),
  tensors: ({ request, response, ask }) => areTensors(request.tree, response.tree, ask),
};

export function signalsOf(talk: Talk): readonly TextSignal[] {
  const found = (Object.keys(TESTS) as TextSignal[]).filter((signal) => TESTS[signal]?.(talk) === true);
  const { ask, reply } = talk;
  if (reply.answer !== null && ask.kind !== "none") {
    const shared = sharedWords(ask.text, reply.answer.text);
    if (shared !== null) found.push(shared.count > 0 ? "on-topic" : "off-topic");
    if (shared !== null && elaborates(shared, ask, reply.answer)) found.push("elaborates");
  }
  return found;
}

// So many words of a question an answer takes up that is made for it, not picked for one of them; or of a long text.
const TAKEN_UP = { words: 2, share: 0.25 } as const;
const SUMMED_UP = { words: 4, from: 200 } as const;
// A sentence or two, in alphabets and in scripts of words.
const SAYS_MUCH = { alphabet: 90, dense: 30 } as const;
const DENSE = new Set(["han", "kana", "thai"]);

/** Says much, most of it new, about what was asked. */
function elaborates({ count, share }: Shared, ask: Ask, { text, language }: Answer): boolean {
  if (text.length < (DENSE.has(language) ? SAYS_MUCH.dense : SAYS_MUCH.alphabet)) return false;
  if (text.length <= ask.text.length) return ask.text.length > SUMMED_UP.from && count >= SUMMED_UP.words;
  return count >= TAKEN_UP.words && share >= TAKEN_UP.share;
}

function isLong({ answer }: Reply): boolean {
  if (answer === null) return false;
  return answer.text.length >= (DENSE.has(answer.language) ? SAYS_MUCH.dense : SAYS_MUCH.alphabet);
}

/** An image, a recording or a film is there, or the address of one. */
export function isMade({ response }: Talk): boolean {
  const { media, tree } = response;
  if (media !== null || hasPayload(tree, IMAGE) || hasPayload(tree, AUDIO)) return true;
  return tree.texts.some(({ text }) => IMAGE_LINK.test(text) || VIDEO_LINK.test(text));
}

/** Something to look at or to listen to. */
export function isMedia(request: Contents): boolean {
  return hasImage(request) || hasAudio(request);
}

/** Said something, and got no word back, nor anything else a model makes. */
function isNoneOut({ ask, reply, response }: Talk): boolean {
  if (ask.kind !== "prose" || reply.hasText || response.media !== null) return false;
  return !hasVectors(response.tree) && !hasLabels(response.tree) && !hasPayload(response.tree, IMAGE);
}

const has = (tree: Tree, list: Parameters<typeof isNamed>[0]) => countNamed(list, tree.names) > 0;

/** A record with its author or its time of writing beside the text. */
function isAuthored(tree: Tree, { answer, items }: Reply): boolean {
  if (answer === null && !items) return false;
  const timed = tree.texts.some(
    ({ text }) => /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d|$)/.test(text) && text.length <= 35,
  );
  const named = has(tree, "authorNames");
  return named && (timed || tree.names.has("id") || items);
}

// Answers come with an id, a time, a state, some counts; what databases hold has more fields than that.
const RECORD_FIELDS = 14;

/** A text that is one field of many, or describes something beside its title and address (as Open Graph does), without anything that only models tell of themselves. */
function isRecord({ response, reply, usage, namesModel }: Talk): boolean {
  if (reply.answer === null || reply.stream !== null || usage.known || namesModel) return false;
  const { names, texts } = response.tree;
  const isDescribed = names.has("title") && names.has("description") && texts.some(isAddress);
  return (
    (isDescribed || names.size >= RECORD_FIELDS) &&
    !hasSources({ ...response.tree, texts: texts.filter((leaf) => !isAddress(leaf)) })
  );
}

function isAddress({ text }: Leaf): boolean {
  return /^https?:\/\/\S+$/.test(text);
}

function isPaged(request: Tree, response: Tree): boolean {
  const names = new Set([...request.names, ...response.names]);
  return countNamed("pagingNames", names) >= 2 || (names.has("page") && names.has("total"));
}

const LANGUAGE = /^[a-z]{2,3}(?:[-_][A-Za-z]{2,4})?$/;
const FROM = /^(?:source|src|from|source_?lang(?:uage)?|from_?lang(?:uage)?|sl)$/;
const TO = /^(?:target|tgt|to|target_?lang(?:uage)?|to_?lang(?:uage)?|tl|dest)$/;

/** Two languages named, or a text that comes back in another one. */
function isTranslated({ request, ask, reply }: Talk): boolean {
  const codes = request.tree.texts.filter(({ text }) => LANGUAGE.test(text));
  const target = codes.some(({ name }) => TO.test(name));
  if (target && (codes.some(({ name }) => FROM.test(name)) || codes.length >= 2)) return true;
  const language = reply.answer?.language ?? "";
  return target && language !== "" && ask.language !== "" && language !== ask.language;
}

const DOCUMENT = /\.(?:pdf|docx?|md|html?|txt|pptx?|xlsx?)(?:$|[#?])|^https?:\/\/|^\/[\w/-]{3,}/i;

/** Named as sources, or a list of things that each point to a document. */
function hasSources(tree: Tree): boolean {
  for (const path of tree.lists.keys()) {
    const name = path.slice(path.lastIndexOf(".") + 1).replaceAll("[]", "");
    if (isNamed("sourceNames", name)) return true;
  }
  return tree.texts.some(({ path, text }) => path.includes("[]") && text.length < 300 && DOCUMENT.test(text));
}

/** Both sides of a dialogue with a machine are named as such. */
function hasRoles({ texts }: Tree): boolean {
  const roles = new Set(texts.filter(({ text }) => text.length <= 9).map(({ text }) => text.toLowerCase()));
  const machine = ["assistant", "ai", "bot", "model", "system"].some((role) => roles.has(role));
  const person = roles.has("user") || roles.has("human");
  return machine && person;
}

const SPEAKER = /^(?:from|by|who|role|author|sender|speaker|name|von|de|autor|rolle|role_name|actor)$/;

/** A list of what was said by whom. */
function hasTurns({ texts }: Tree): boolean {
  const said = new Set<string>();
  for (const { path, text } of texts)
    if (/\[\]\.[^.[\]]+$/.test(path) && text.length >= 16 && text.includes(" "))
      said.add(path.slice(0, path.lastIndexOf(".")));
  if (said.size === 0) return false;
  return texts.some(
    ({ path, name, text }) =>
      text.length <= 32 &&
      SPEAKER.test(name) &&
      said.has(path.slice(0, -name.length - 1)) &&
      path.endsWith(name),
  );
}

const IDENTIFIER = /^[a-z][a-z0-9]*(?:[_.-][a-z0-9]+)+$|^[a-z]+(?:[A-Z][a-z0-9]+)+$/;

/** A list of names as programs have them went in, and one of them comes back among the words. */
function areToolsUsed(request: Tree, response: Tree): boolean {
  const named = request.texts.filter(({ path, text }) => path.includes("[]") && IDENTIFIER.test(text));
  const names = new Set(named.map(({ text }) => text));
  return names.size >= 2 && response.texts.some(({ text }) => names.has(text));
}

function isInfill({ texts }: Tree): boolean {
  return (
    texts.some(({ name }) => isNamed("beforeNames", name)) &&
    texts.some(({ name }) => isNamed("afterNames", name))
  );
}

const IMAGE = /^(?:data:image\/(?:png|jpe?g|webp);base64,|iVBORw0KGgo|\/9j\/[\w+/]{4}|UklGR[\w+/]{6}XRUJQ)/;
const AUDIO = /^(?:data:audio\/|SUQz[AB]|\/\/[uv][\w+/]{3}|UklGR[\w+/]{6}XQVZF|T2dnUw)/;
const VIDEO_LINK = /^https?:\/\/\S{1,400}\.(?:mp4|webm|mov)(?:$|\?)/i;
const IMAGE_LINK = /^https?:\/\/\S{1,400}\.(?:png|jpe?g|webp)(?:$|\?)/i;

function hasPayload({ texts }: Tree, form: RegExp): boolean {
  return texts.some(({ text }) => text.length >= 32 && form.test(text));
}

function hasImage({ media, tree }: Contents): boolean {
  return media === "image" || tree.files.some((type) => type.startsWith("image/")) || hasPayload(tree, IMAGE);
}

function hasAudio({ media, tree }: Contents): boolean {
  return media === "audio" || tree.files.some((type) => type.startsWith("audio/")) || hasPayload(tree, AUDIO);
}
