import { databaseFacts } from '../database/database-facts.js';
import { messageOf } from '../error-shape.js';
import { type Preset } from '../grouping-event.js';
import { normalizeMessage } from '../message-pattern.js';

const MAX_MESSAGE_LENGTH = 300;

/** `['database', operation, code, constraint ?? table ?? statement]` */
export const databasePreset: Preset = (error, event) => {
  const facts = databaseFacts(error, event.statement, event.system);
  if (!facts) return undefined;
  const subject = facts.constraint ?? facts.table ?? facts.statement;
  return [
    'database',
    facts.operation ?? 'QUERY',
    facts.code ?? 'unknown',
    subject ?? normalizeMessage(messageOf(error).slice(0, MAX_MESSAGE_LENGTH).trimStart()),
  ];
};
