import { captureMessage, type SeverityLevel } from '@sentry/nestjs';
import { isActive } from '../client/state.js';
import { guarded, ledger } from '../ledger/ledger.js';
import type { CaptureContext } from './report.js';

/**
 * Sends a message: every one of this library, warnings of slow work and of budgets among them, leaves through here.
 *
 * @returns the id of its event; undefined where nothing could be captured
 */
export function reportMessage(message: string, context?: CaptureContext | SeverityLevel): string | undefined {
  if (!isActive()) return undefined;
  const id = guarded('capture', () => captureMessage(message, context as Parameters<typeof captureMessage>[1]));
  if (id !== undefined) ledger.capture.reported++;
  return id;
}
