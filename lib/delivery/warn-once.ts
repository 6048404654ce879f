import { processWide } from '../process-state/process-wide.js';

type Code = 'SPOOL_UNUSABLE' | 'SPOOL_SLOW' | 'SPOOL_UNRESPONSIVE' | 'SPOOL_DAMAGED' | 'DELIVERY_FAILING';

const warned = processWide('delivery-warnings', () => new Set<string>());

/** Emits a warning once for each process. */
export function warnOnce(code: Code, message: string): void {
  if (warned.has(code)) return;
  warned.add(code);
  process.emitWarning(message, { type: 'nestjs-error-tracker', code });
}

/** Like {@link warnOnce} when the process exits, because Node no longer prints emitted warnings then. */
export function warnOnceAtExit(code: Code, print: (text: string) => void, message: string): void {
  if (warned.has(code) || process.env.NODE_NO_WARNINGS === '1') return;
  warned.add(code);
  print(`(node:${process.pid}) [${code}] nestjs-error-tracker: ${message}\n`);
}
