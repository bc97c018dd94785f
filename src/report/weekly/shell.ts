// Text from traffic inside a command that somebody will paste into a shell.
import { escapeTerminal } from "../escape.ts";

/*
  POSIX shell (XCU 2.2.2): within single quotes every character is literal, a single quote cannot stand there. Marks that
  a terminal acts on when they are pasted are shown as escapes, which no host or path holds by right. zsh takes a leading `=` for the place of a command.
*/
export function shellWord(text: string): string {
  const shown = escapeTerminal(text);
  return /^[A-Za-z0-9_./:@%+=,-]+$/.test(shown) && !/^[-=]/.test(shown)
    ? shown
    : `'${shown.replaceAll("'", String.raw`'\''`)}'`;
}
