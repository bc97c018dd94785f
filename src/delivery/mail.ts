// E-mail over SMTP: plain text, one message for all news of one round.
import { createTransport } from "nodemailer";
import { detail, headline, oneLine, subjectOf } from "./news-text.ts";
import type { Send } from "./sender.ts";

export interface MailOptions {
  /** smtp://user:password@host:587 or smtps://…; null: e-mail is not set up. */
  readonly smtpUrl: string | null;
  readonly from: string;
}

const TIMEOUT_MS = 10_000;
// RFC 5321 replies: from 500 on the server will not take this message.
const PERMANENT = 500;

export function mailSender({
  smtpUrl,
  from,
}: MailOptions): Send<{ readonly kind: "email"; readonly address: string }> {
  if (smtpUrl === null)
    return async () => ({ ok: false, error: "e-mail is not set up: UMBRA_SMTP_URL", final: false });
  const transport = createTransport(smtpUrl, {
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  } as object);
  return async ({ address }, { key, news }) => {
    try {
      await transport.sendMail({
        from,
        to: { name: "", address },
        subject: oneLine(subjectOf(news)),
        text: news.map((one) => `${headline(one)}\n${detail(one)}\n`).join("\n"),
        // Mail programs and servers fold messages of the same id.
        messageId: `<${key}@umbra>`,
        headers: { "Auto-Submitted": "auto-generated" },
      });
      return { ok: true };
    } catch (failure) {
      const { responseCode = 0, code = "smtp" } = failure as { responseCode?: number; code?: string };
      const error = responseCode > 0 ? `SMTP ${responseCode}` : code;
      return { ok: false, error, final: responseCode >= PERMANENT };
    }
  };
}
