import type { ScrubbingOptions } from '../options/scrubbing-options.js';
import { Pseudonyms } from './cache/pseudonyms.js';
import { compileOptions } from './compile-options.js';
import { CompiledScrubber } from './compiled-scrubber.js';
import type { Scrubber } from './scrubber.js';

/**
 * Compiles the rules once.
 *
 * @param salt - `release`: pseudonyms of different releases differ; or the `pseudonyms` themselves
 * @throws ConfigurationError - with a path below `scrubbing`, for a wrong or unknown option or an unsafe pattern
 */
export function compileScrubber(
  options: ScrubbingOptions = {},
  { release = '', pseudonyms }: { release?: string; pseudonyms?: Pseudonyms } = {},
): Scrubber {
  return new CompiledScrubber(compileOptions(options, pseudonyms ?? new Pseudonyms(options.pseudonymKey, release)));
}
