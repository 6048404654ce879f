import { captureMessage, type SeverityLevel } from '@sentry/nestjs';
import { isActive } from '../client/state.js';
import { guarded, stats } from '../stats/stats.js';
import { quotaChecked } from './quota/capture-candidate.js';
import { shouldSend } from './quota/quota.js';
import type { CaptureContext } from './capture-context.js';

/**
 * Sends a message: every one of this library, warnings of slow work and of budgets among them, leaves through here.
 *
 * @returns the id of its event; undefined where none was sent
 */
export function reportMessage(message: string, context?: CaptureContext | SeverityLevel): string | undefined {
  if (!isActive()) return undefined;
  const given = typeof context === 'string' ? { level: context } : context;
  if (!shouldSend({ error: message, isMessage: true, context: given, handled: true })) return undefined;
  const id = guarded('capture', () => captureMessage(message, quotaChecked(given) as never));
  if (id !== undefined) stats.capture.reported++;
  return id;
}
