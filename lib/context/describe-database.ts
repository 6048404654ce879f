import type { Event } from '@sentry/nestjs';
import {
  databaseFacts,
  databaseMessage,
  messageOf,
  nameOf,
  read,
  type DatabaseFacts,
  type KnownQuery,
} from '../grouping/index.js';
import type { Execution } from './execution.js';
import { withoutErrorValues } from './error-values.js';
import { failedQueryOf, type FailedQuery } from './failed-queries.js';
import { removeFromContexts, withoutQuotedValues } from './quoted-messages.js';

/** Errors along `cause` that are read. */
const MAX_CAUSES = 5;

/** Adds what is known about a database error: names of constraints, tables and columns, and no value. */
export function describeDatabase(event: Event, error: unknown, execution: Execution): void {
  const found = databaseErrorIn(error, execution);
  if (!found) return;
  add(event, found.facts, found.query);
  removeValues(event, found.error, found.known);
}

/** A text about an error, without the values of the database error that it is or wraps. */
export function withoutDatabaseValues(error: unknown, text: string, execution: Execution): string {
  const found = databaseErrorIn(error, execution);
  const clean = found ? databaseMessage(found.error, text, found.known) : text;
  return withoutQuotedValues(clean, execution);
}

interface DatabaseError {
  readonly error: object;
  readonly facts: DatabaseFacts;
  readonly query: FailedQuery;
  /** Of the query, and what its error tells. */
  readonly known: KnownQuery;
}

/** The first database error along the causes. */
function databaseErrorIn(error: unknown, execution: Execution): DatabaseError | undefined {
  let next = error;
  for (let depth = 0; depth < MAX_CAUSES && typeof next === 'object' && next !== null; depth++) {
    const query = failedQueryOf(next, messageOf(next), execution);
    const facts = databaseFacts(next, query?.statement, query?.system);
    if (facts ?? query) {
      const known = { ...query, system: query?.system ?? facts?.system };
      return { error: next, facts: facts ?? {}, query: query ?? {}, known };
    }
    next = read(next, 'cause');
  }
  return undefined;
}

function add(event: Event, facts: DatabaseFacts, query: FailedQuery): void {
  const { operation, code, constraint, table, statement = query.statement } = facts;
  const system = isVague(facts.system) ? (query.system ?? facts.system) : facts.system;
  const { dataSource, pool } = query;
  const database = definedOnly({ system, operation, code, constraint, table, statement, dataSource });
  event.contexts = { ...event.contexts, database: { ...database, ...event.contexts?.database } };
  if (pool) event.contexts.pool ??= { ...(dataSource !== undefined && { dataSource }), ...pool };
  event.tags = {
    ...(system !== undefined && { 'db.system': system }),
    ...(code !== undefined && { 'db.code': code }),
    ...event.tags,
  };
}

/** In the message of the error, those of the errors that it wraps, and those that quote it. */
function removeValues(event: Event, error: object, known: KnownQuery): void {
  for (const exception of event.exception?.values ?? []) {
    if (exception.value !== undefined) exception.value = databaseMessage(error, exception.value, known);
  }
}

/**
 * Removes the values from what the SDK's `extraErrorDataIntegration` copies from an error: a context with its name. Called
 * once all event processors have run, since the application may add the integration at any time.
 */
export function removeExtraData(event: Event, error: unknown, execution: Execution): void {
  removeFromContexts(event, execution);
  const name = nameOf(error);
  const extra = name === undefined ? undefined : event.contexts?.[name];
  if (name === undefined || !extra || typeof error !== 'object' || error === null) return;
  const facts = databaseFacts(error);
  if (!facts) return;
  const system = isVague(facts.system) ? (event.contexts?.database?.system as string | undefined) : facts.system;
  event.contexts = { ...event.contexts, [name]: withoutErrorValues(extra, error, system) as typeof extra };
}

/** An error of an ORM does not tell the database, and one of MySQL may come from MariaDB. */
function isVague(system: string | undefined): boolean {
  return system === undefined || system === 'typeorm' || system === 'prisma' || system === 'mysql';
}

function definedOnly(values: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
