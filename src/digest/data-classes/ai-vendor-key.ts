// API key of an AI vendor.
import { defineDataClass } from "../data-class.ts";

/** Groq, OpenRouter, Replicate, Perplexity, xAI, NVIDIA, Pinecone, LangSmith, Cerebras, Fireworks: prefixes from their manuals. */
const FORMS: readonly RegExp[] = [
  /(?<!\w)gsk_[A-Za-z0-9]{50,60}(?!\w)/,
  /(?<!\w)sk-or-v1-[0-9a-f]{64}(?!\w)/,
  /(?<!\w)r8_[A-Za-z0-9]{37}(?!\w)/,
  /(?<!\w)pplx-[A-Za-z0-9]{48,64}(?!\w)/,
  /(?<!\w)xai-[A-Za-z0-9]{70,90}(?!\w)/,
  /(?<!\w)nvapi-[\w-]{60,70}(?!\w)/,
  /(?<!\w)pcsk_\w{60,80}(?!\w)/,
  /(?<!\w)lsv2_(?:pt|sk)_[0-9a-f]{32}_[0-9a-f]{10}(?!\w)/,
  /(?<!\w)csk-[a-z0-9]{48}(?!\w)/,
  /(?<!\w)fw_[A-Za-z0-9]{22,26}(?!\w)/,
];

export default defineDataClass({
  id: "ai-vendor-key",
  title: "API key of an AI vendor",
  reference: "https://console.groq.com/docs/quickstart",
  sensitivity: "credential",
  needs: ["-_", "krvwx"],
  hint: /gsk_|sk-or-v1-|r8_|pplx-|xai-|nvapi-|pcsk_|lsv2_|csk-|fw_/,
  find: (text) => FORMS.some((form) => form.test(text)),
  examples: [
    { text: ["gsk_", "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0u1V2w3X4y5Z6"].join("") },
    { text: ["sk-or-v1-", "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"].join("") },
    {
      text: ["xai-", "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0u1V2w3X4y5Z6a1B2c3D4e5F6g7H8i9J0k1L2m3N4"].join(
        "",
      ),
    },
  ],
  rejects: [{ text: "gsk_short" }, { text: "ar8_0123" }, { text: "pplx-" }, { text: "xai-grok" }],
});
