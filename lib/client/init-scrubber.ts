import type { ResolvedInit } from '../options/resolve-init.js';
import { compileScrubber, Pseudonyms, type Scrubber } from '../scrubbing/index.js';
import { clientState } from './state.js';

/** The scrubber of these options; undefined if scrubbing is switched off. Metrics hash with the key of its pseudonyms. */
export function compileInitScrubber({ scrubbing, release }: ResolvedInit): Scrubber | undefined {
  const options = scrubbing === false ? undefined : (scrubbing ?? {});
  const pseudonyms = new Pseudonyms(options?.pseudonymKey, release ?? '');
  clientState.pseudonyms = pseudonyms;
  return options && compileScrubber(options, { pseudonyms });
}
