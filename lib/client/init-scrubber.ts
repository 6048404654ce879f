import { usePseudonyms } from '../domains/index.js';
import type { ResolvedInit } from '../options/resolve-init.js';
import { compileScrubber, Pseudonyms, type Scrubber } from '../scrubbing/index.js';
import { guarded } from '../stats/stats.js';
import { ownAddresses } from './own-addresses.js';
import { clientState } from './state.js';

/** The scrubber of these options; undefined if scrubbing is disabled. Metrics hash with its pseudonym key. */
export function compileInitScrubber({ scrubbing, release }: ResolvedInit): Scrubber | undefined {
  const options = scrubbing === false ? undefined : (scrubbing ?? {});
  const pseudonyms = new Pseudonyms(options?.pseudonymKey, release ?? '');
  clientState.pseudonyms = pseudonyms;
  usePseudonyms(pseudonyms);
  const isOwnAddress = guarded('own-addresses', ownAddresses);
  clientState.scrubber = options && compileScrubber(options, { pseudonyms, isOwnAddress });
  return clientState.scrubber;
}
