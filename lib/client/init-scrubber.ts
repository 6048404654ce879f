import type { ResolvedInit } from '../options/resolve-init.js';
import { compileScrubber, type Scrubber } from '../scrubbing/index.js';

/** The scrubber of these options; undefined if scrubbing is switched off. */
export function compileInitScrubber({ scrubbing, release }: ResolvedInit): Scrubber | undefined {
  return scrubbing === false ? undefined : compileScrubber(scrubbing ?? {}, { release: release ?? '' });
}
