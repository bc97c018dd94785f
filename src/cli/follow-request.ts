// What the flags say about files to follow.
import type { FollowRequest } from "../app/follow.ts";

export interface FollowFlags {
  readonly inputFormat?: string;
  readonly keylog?: string;
}

/** The key log is named, not read: it grows with the capture. */
export function followRequest(files: readonly string[], { inputFormat, keylog }: FollowFlags): FollowRequest {
  return {
    files,
    ...(inputFormat === undefined ? {} : { inputFormat }),
    ...(keylog === undefined ? {} : { keylogFile: keylog }),
  };
}
