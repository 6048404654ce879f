export { Pseudonyms } from './cache/pseudonyms.js';
export { compileScrubber } from './compile-scrubber.js';
export { cutMarker, cutText } from './limits/limits.js';
export { marker } from './markers/marker.js';
export type { Explanation, Removal, Scrubber } from './scrubber.js';
