// The contract of senders: news to one contact, once; what became of it as a value, never as an exception.
import type { Delivery, FindingNews } from "../model/governance.ts";

export type SendResult =
  | { readonly ok: true }
  /** `error`: a status or the name of a fault, never what a server said. `final`: trying again cannot help. */
  | { readonly ok: false; readonly error: string; readonly final: boolean };

export interface Message {
  /** Of this message: the same set of news has the same key. */
  readonly key: string;
  readonly news: readonly FindingNews[];
  /** One for each of the news, in order: the same however often and with whatever else it is sent. */
  readonly keys: readonly string[];
  /** Of a message about a report: all of it. */
  readonly report?: RenderedReport;
}

export interface RenderedReport {
  /** File name without its ending. */
  readonly name: string;
  readonly html: string;
  readonly text: string;
}

export type Contact = Delivery["contact"];

export type Send<C extends Contact = Contact> = (contact: C, message: Message) => Promise<SendResult>;
