export class IgnoredError extends Error {}
/** Ignored by `@Report` on single methods. */
export class QuietError extends Error {}
