import { safeError } from './safe-error.js';

/** Describes the error that a filter was handling when the filter itself failed. */
export function originalError(first: unknown): { contexts: Record<string, Record<string, unknown>> } {
  const shown = safeError(first);
  const facts = shown instanceof Error ? { type: shown.name, value: shown.message } : { value: String(shown) };
  return { contexts: { 'original error': facts } };
}
