import { Logger } from '@nestjs/common';
import { processWide } from '../process-state/process-wide.js';

const given = processWide('start-notes', () => new Set<string>());

/** What Nest's logger is told at the start, each once in a process; nothing in tests. */
export function noteOnce(level: 'log' | 'warn', text: string): void {
  if (given.has(text) || process.env.NODE_ENV === 'test') return;
  given.add(text);
  new Logger('SentryModule')[level](text);
}
