// The line in front of every chunk of a chunked body.

/*
  chunk (RFC 9112, section 7.1): size in hex, optional extensions behind ";", CR LF, data, CR LF; size 0 ends.
  Leading zeros and whitespace are tolerated; 13 digits are the most a number holds exactly.
*/
const SIZE = /^[ \t]*0*([0-9a-f]{1,13})[ \t]*(?:;.*)?$/i;

/** -1 when the line is none. */
export function chunkSize(line: string): number {
  const match = SIZE.exec(line);
  return match === null ? -1 : Number.parseInt(match[1]!, 16);
}
