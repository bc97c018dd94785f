// The contract of one format of segmentation rules: a plan in, text for another tool out.
import type { SegmentationPlan } from "../../inventory/segmentation-types.ts";

export interface SegmentationFormat {
  /** The file's name without extension; what `--format` takes. */
  readonly id: string;
  readonly title: string;
  readonly mediaType: string;
  /** Ends with a line break. Evidence, warnings and what would have been blocked stand in it as comments or rows. */
  render(plan: SegmentationPlan): string;
}

export function defineSegmentationFormat(format: SegmentationFormat): SegmentationFormat {
  return format;
}
