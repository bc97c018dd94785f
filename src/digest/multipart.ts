// Splits multipart/form-data into named parts.

export interface Part {
  readonly name: string;
  /** Text of the part; null for a file. */
  readonly text: string | null;
  /** In UTF-16 code units, of a file too. */
  readonly length: number;
  /** It says that it is JSON. */
  readonly isJson: boolean;
}

// More parts than any form has.
const MAX_PARTS = 128;

/*
  RFC 7578 / RFC 2046, 5.1.1:
    body      = *( "--" boundary CRLF headers CRLF CRLF content CRLF ) "--" boundary "--"
    headers   = Content-Disposition: form-data; name="…" [; filename="…"] …
  A part without its closing boundary was cut and is left out.
*/
export function readMultipart(text: string, boundary: string): readonly Part[] {
  if (boundary === "") return [];
  const parts: Part[] = [];
  const delimiter = `--${boundary}`;
  let from = text.indexOf(delimiter);
  while (from >= 0 && parts.length < MAX_PARTS) {
    const start = from + delimiter.length;
    const end = text.indexOf(delimiter, start);
    if (end < 0) break;
    const part = readPart(text.slice(start, end));
    if (part !== undefined) parts.push(part);
    from = end;
  }
  return parts;
}

const DISPOSITION = /^content-disposition:\s*form-data(.*)$/im;
const NAME = /;\s*name="([^"\r\n]*)"|;\s*name=([^\s;]+)/i;
const JSON_TYPE = /^content-type:\s*application\/(?:[\w.-]+\+)?json\b/im;
const FILE = /;\s*filename\*?=/i;

function readPart(part: string): Part | undefined {
  const gap = /\r?\n\r?\n/.exec(part);
  if (gap === null) return undefined;
  const parameters = DISPOSITION.exec(part.slice(0, gap.index))?.[1];
  const [, quoted, plain] = NAME.exec(parameters ?? "") ?? [];
  const name = quoted ?? plain;
  if (parameters === undefined || name === undefined) return undefined;
  const content = part.slice(gap.index + gap[0].length).replace(/\r?\n$/, "");
  const isFile = FILE.test(parameters);
  const isJson = !isFile && JSON_TYPE.test(part.slice(0, gap.index));
  return { name, text: isFile ? null : content, length: content.length, isJson };
}
