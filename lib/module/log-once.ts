import { Logger } from '@nestjs/common';
import { testKit } from '../process-state/test-kit.js';
import { processWide } from '../process-state/process-wide.js';

const logged = processWide('start-notes', () => new Set<string>());

/** Logs a text through Nest's logger once per process; logs nothing in tests. */
export function logOnce(level: 'log' | 'warn', text: string): void {
  if (logged.has(text) || process.env.NODE_ENV === 'test' || testKit.receive) return;
  logged.add(text);
  new Logger('SentryModule')[level](text);
}
