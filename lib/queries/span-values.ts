import { spanToJSON, type NodeClient, type Span } from '@sentry/nestjs';
import { spanAttributes, spanOrigin } from '../client/span-attributes.js';
import { databaseMessage } from '../grouping/index.js';
import { guarded } from '../stats/stats.js';
import { statementOf } from './statements.js';

/** A span as it is streamed. */
interface StreamedSpan {
  attributes?: Record<string, unknown>;
}
type On = (hook: 'preprocessSpan', listener: (span: StreamedSpan) => void) => void;

const MESSAGE = 'sentry.status.message';

type Attributes = Record<string, unknown>;

const PRISMA = /^auto\.db\.(?:otel\.)?prisma$/;
const STATEMENTS = ['db.query.text', 'db.statement'];

/**
 * Removes values that the SDK leaves in its spans of queries: those of statements of Prisma, and those in the messages of
 * failed queries, which only streamed spans carry.
 */
export function removeSpanValues(client: NodeClient): void {
  removePrismaValues(client);
  removeMessageValues(client);
}

/** Sets the statement of a span, also if it is its name. */
export function nameStatement(span: Span, text: string): void {
  const attributes = spanAttributes(span);
  const { description, name = description } = spanToJSON(span) as { description?: string; name?: string };
  for (const key of STATEMENTS) {
    const sql = attributes[key];
    if (typeof sql !== 'string' || sql === text) continue;
    span.setAttribute(key, text);
    if (name === sql) span.updateName(text);
  }
}

function removePrismaValues(client: NodeClient): void {
  client.on('spanStart', (span) => {
    guarded('query', () => {
      if (!PRISMA.test(String(spanOrigin(span)))) return;
      const attributes = spanAttributes(span);
      const sql = sqlIn(attributes);
      if (sql !== undefined) nameStatement(span, statementOf(sql, systemIn(attributes)).text);
    });
  });
}

function sqlIn(attributes: Attributes): string | undefined {
  return STATEMENTS.map((key) => attributes[key]).find((value) => typeof value === 'string');
}

/** As OpenTelemetry names the database. */
function systemIn(attributes: Attributes): string | undefined {
  const system = attributes['db.system.name'] ?? attributes['db.system'];
  return typeof system === 'string' ? system : undefined;
}

function removeMessageValues(client: NodeClient): void {
  (client.on as unknown as On).call(client, 'preprocessSpan', ({ attributes }) => {
    const message = attributes?.[MESSAGE];
    if (!attributes || typeof message !== 'string') return;
    const system = systemIn(attributes);
    if (system !== undefined) {
      attributes[MESSAGE] = guarded('query', () => databaseMessage({}, message, { system })) ?? 'internal_error';
    }
  });
}
