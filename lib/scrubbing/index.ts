export { Pseudonyms } from './cache/pseudonyms.js';
export { compileScrubber } from './compile-scrubber.js';
export type { Explanation, Removal, Scrubber } from './scrubber.js';
