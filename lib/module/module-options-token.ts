/** Injection token of the options of `SentryModule`. */
export const MODULE_OPTIONS = Symbol.for('nestjs-error-tracker.module-options');
