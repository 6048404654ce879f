import { processWide } from '../../process-state/process-wide.js';

const said = processWide('spool-warnings', () => new Set<string>());

/** Says once a process what is wrong with the spool. */
export function warnOnce(code: 'SPOOL_UNUSABLE' | 'SPOOL_SLOW' | 'SPOOL_DAMAGED', message: string): void {
  if (said.has(code)) return;
  said.add(code);
  process.emitWarning(message, { type: 'nestjs-error-tracker', code });
}
