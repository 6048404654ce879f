import type { ScrubbingOptions } from '../options/scrubbing-options.js';
import { compileOptions } from './compile-options.js';
import { CompiledScrubber } from './compiled-scrubber.js';
import type { Scrubber } from './scrubber.js';

/**
 * Compiles the rules once.
 *
 * @param salt - `release`: pseudonyms of different releases differ
 * @throws ConfigurationError - with a path below `scrubbing`, for a wrong or unknown option or an unsafe pattern
 */
export function compileScrubber(options: ScrubbingOptions = {}, salt: { release?: string } = {}): Scrubber {
  return new CompiledScrubber(compileOptions(options, salt.release ?? ''));
}
