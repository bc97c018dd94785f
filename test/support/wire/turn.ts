// What conversations are made of.

/** What one end said at once. */
export interface Turn {
  readonly side: 0 | 1;
  readonly bytes: Buffer;
}
