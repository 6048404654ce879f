import type { ScrubbingOptions } from '../options/scrubbing-options.js';
import { compileOptions, type ProcessFacts } from './compile-options.js';
import { ItemScrubber } from './item-scrubber.js';
import type { Scrubber } from './scrubber.js';

/**
 * Compiles the rules once.
 *
 * @param facts - `release`: pseudonyms of different releases differ; `isOwnAddress`: addresses of the server itself, which
 * stay except where the address of a person is expected
 * @throws ConfigurationError - with a path below `scrubbing`, for a wrong or unknown option or an unsafe pattern
 */
export function compileScrubber(options: ScrubbingOptions = {}, facts: ProcessFacts = {}): Scrubber {
  return new ItemScrubber(compileOptions(options, facts));
}
