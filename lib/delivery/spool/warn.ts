import { processWide } from '../../process-state/process-wide.js';

const warned = processWide('spool-warnings', () => new Set<string>());

/** Emits a warning about the spool once for each process. */
export function warnOnce(code: 'SPOOL_UNUSABLE' | 'SPOOL_SLOW' | 'SPOOL_DAMAGED', message: string): void {
  if (warned.has(code)) return;
  warned.add(code);
  process.emitWarning(message, { type: 'nestjs-error-tracker', code });
}
