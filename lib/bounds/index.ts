export { BoundedCopy, type CopyLimits } from './bounded-copy.js';
export { CopyAllowance } from './copy-allowance.js';
export { copyToSize } from './copy-to-size.js';
export { copyFirstEntries, firstEntries, MAX_ENTRIES } from './first-entries.js';
export { firstKeys } from './first-keys.js';
export { errorText, Snapshot } from './snapshot.js';
