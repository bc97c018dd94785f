// Names of language models, told from other values that stand under a field called "model".

/*
  Families of models as vendors and model hubs name them; a name is a family, a version and a variant.
*/
const FAMILIES =
  "gpt-(?:3\\.5|4|5|oss)|o[134](?=-|$)|chatgpt-|text-embedding-(?:3|ada)|(?:[\\w-]+[./])*claude-|gemini-|gemma|(?:meta[-./])?llama|code-?llama|(?:open-)?mi[sx]tral|codestral|ministral|magistral|pixtral|devstral|qwen|qwq|deepseek|phi-?[34]|command-(?:r|a|light|nightly)|grok-|sonar|nova-(?:micro|lite|pro|premier|sonic)|titan-|jamba|kimi-|moonshot-|glm-\\d|ernie-|hunyuan|doubao-|yi-|minimax-|granite-|nemotron|falcon-?\\d|starcoder|dall-e-|gpt-image-|sora-|whisper-|tts-1|stable-diffusion|sdxl|flux[.-]|imagen-|veo-|bge-|nomic-embed|mxbai-|all-minilm|voyage-|rerank-|jina-|tinyllama|smollm|vicuna|zephyr|mpt-|orca|solar-|exaone|aya-|dbrx|olmo|internlm|baichuan|chatglm";
const KNOWN = new RegExp(`^(?:[\\w.-]+[/.:])*(?:${FAMILIES})[\\w.:@/+-]*$`, "i");
/** Names on model hubs: owner/name with a marking of what was trained or packed. */
const HUB = /^[\w.-]+\/[\w.-]+-(?:Instruct|Chat|it|GGUF|AWQ|GPTQ|base)\b[\w.-]*$/i;
// The longest public names, deployment and quantisation included, have some 90 characters.
const MAX_NAME = 100;

/** The text when it is such a name, else null. */
export function modelName(text: string): string | null {
  if (text.length < 2 || text.length > MAX_NAME) return null;
  return KNOWN.test(text) || HUB.test(text) ? text : null;
}

/*
  Models named by the path: Azure /deployments/{name}/, Gemini and Vertex /models/{name}:method, Bedrock /model/{name}/.
*/
const IN_PATH = /\/(?:deployments|models?)\/([^/:?]{2,100}(?::\d+)?)/;

export function modelInPath(path: string): string | null {
  const found = IN_PATH.exec(path)?.[1];
  return found === undefined ? null : modelName(found.replaceAll(/%3a/gi, ":").replaceAll(/%2f/gi, "/"));
}
