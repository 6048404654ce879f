import type { ScrubbingOptions } from '../options/scrubbing-options.js';
import { Pseudonyms } from './cache/pseudonyms.js';
import { compileOptions, type ProcessFacts } from './compile-options.js';
import { CompiledScrubber } from './compiled-scrubber.js';
import type { Scrubber } from './scrubber.js';

/**
 * Compiles the rules once.
 *
 * @param facts - `release`: pseudonyms of different releases differ; or the `pseudonyms` themselves. `isOwnAddress`:
 * addresses of the server itself, which stay except where the address of a person is expected
 * @throws ConfigurationError - with a path below `scrubbing`, for a wrong or unknown option or an unsafe pattern
 */
export function compileScrubber(
  options: ScrubbingOptions = {},
  { release = '', pseudonyms, isOwnAddress }: Partial<ProcessFacts> & { release?: string } = {},
): Scrubber {
  const known = pseudonyms ?? new Pseudonyms(options.pseudonymKey, release);
  return new CompiledScrubber(compileOptions(options, { pseudonyms: known, isOwnAddress }));
}
