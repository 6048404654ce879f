import { getCurrentScope, type SeverityLevel } from '@sentry/nestjs';
import { isActive } from '../client/state.js';
import { guarded } from '../stats/stats.js';
import { CaptureCandidate } from './capture-candidate.js';
import type { CaptureContext } from './capture-context.js';
import { shouldSend } from './quota/quota.js';

/**
 * Sends a message. All messages of this library are sent here, including warnings about slow work and budgets.
 *
 * @returns the id of the event; undefined if none was sent
 */
export function reportMessage(message: string, given?: CaptureContext | SeverityLevel): string | undefined {
  if (!isActive()) return undefined;
  const context = typeof given === 'string' ? { level: given } : given;
  const candidate = new CaptureCandidate({ error: message, isMessage: true, context, handled: true });
  if (!shouldSend(candidate)) return undefined;
  const hint = candidate.hint({ captureContext: context as never });
  candidate.eventId = guarded('capture', () => getCurrentScope().captureMessage(message, context?.level, hint));
  return candidate.eventId;
}
