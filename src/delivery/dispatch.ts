// One sender for every kind of contact: whoever delivers need not know how.
import type { PostOptions } from "./guarded-post.ts";
import { chatSender } from "./chat.ts";
import type { MailOptions } from "./mail.ts";
import { mailSender } from "./mail.ts";
import type { Contact, Message, Send, SendResult } from "./sender.ts";
import { syslogSender } from "./syslog.ts";
import { webhookSender } from "./webhook.ts";

export interface DispatchOptions extends PostOptions, MailOptions {
  readonly secret: Uint8Array;
  readonly now: () => number;
  /** Publishes to the topic of inventory events. */
  readonly publish: (message: Message) => Promise<void>;
}

export function createDispatch(options: DispatchOptions): Send {
  const webhook = webhookSender(options);
  const chat = chatSender(options);
  const mail = mailSender(options);
  const syslog = syslogSender(options.now);
  return (contact: Contact, message: Message): Promise<SendResult> => {
    switch (contact.kind) {
      case "webhook":
        return webhook({ kind: contact.kind, url: contact.url }, message);
      case "slack":
      case "teams":
        return chat({ kind: contact.kind, url: contact.url }, message);
      case "email":
        return mail(contact, message);
      case "syslog":
        return syslog(contact, message);
      case "kafka":
        return options.publish(message).then(
          () => ({ ok: true }),
          (error: Error) => ({ ok: false, error: error.name, final: false }),
        );
      default:
        return contact satisfies never;
    }
  };
}
