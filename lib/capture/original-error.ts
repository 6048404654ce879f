import { safeError } from './safe-error.js';

/** What an event says of the failure that a filter was to answer when it failed itself. */
export function originalError(first: unknown): { contexts: Record<string, Record<string, unknown>> } {
  const shown = safeError(first);
  const facts = shown instanceof Error ? { type: shown.name, value: shown.message } : { value: String(shown) };
  return { contexts: { 'original error': facts } };
}
