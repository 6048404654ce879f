import { messageOf, nameOf, read, readCode, readText } from '../error-shape.js';
import type { DriverFacts } from './driver-facts.js';

/** ``Invalid `prisma.user.create()` invocation``; raw queries have no model. */
const INVOCATION = /Invalid `(?:[\w$]+\.)*?(?:([A-Za-z_]\w*)\.)?(\$?\w+)\(\)` invocation/;

/** The code of a failed raw query, whose driver has a code of its own. */
const RAW = 'P2010';
const CONSTRAINT = /\bconstraint "([^"]+)"/;

/** Prisma: codes P1000 to P6999, the target of a violated constraint in `meta`. Source: Prisma "Error reference". */
export function prismaFacts(error: unknown): DriverFacts | undefined {
  const name = nameOf(error) ?? '';
  if (!name.startsWith('PrismaClient') || readText(error, 'clientVersion') === undefined) return undefined;
  const meta = read(error, 'meta');
  const invocation = INVOCATION.exec(messageOf(error));
  const table = readText(meta, 'modelName') ?? readText(meta, 'table') ?? modelOf(invocation?.[1]);
  if (readCode(error) === RAW) return rawFacts(error, meta, invocation?.[2]);
  const isStart = name === 'PrismaClientInitializationError';
  return {
    system: 'prisma',
    operation: invocation?.[2] ?? (isStart ? 'CONNECT' : undefined),
    code: readCode(meta) ?? readCode(error) ?? readCode(error, 'errorCode') ?? name,
    table,
    constraint: constraintOf(meta, table),
  };
}

function rawFacts(error: unknown, meta: unknown, method: string | undefined): DriverFacts {
  const cause = read(read(meta, 'driverAdapterError'), 'cause');
  return {
    system: 'prisma',
    code: readCode(cause, 'originalCode') ?? readCode(meta) ?? RAW,
    table: readText(cause, 'table'),
    column: readText(cause, 'column'),
    constraint: CONSTRAINT.exec(messageOf(error))?.[1] ?? constraintOf(meta, undefined),
    method,
  };
}

function modelOf(model: string | undefined): string | undefined {
  return model === undefined || model === 'prisma' ? undefined : model.charAt(0).toUpperCase() + model.slice(1);
}

function constraintOf(meta: unknown, table: string | undefined): string | undefined {
  const violated = read(read(read(meta, 'driverAdapterError'), 'cause'), 'constraint'); // since driver adapters
  const fields = [read(meta, 'target'), read(violated, 'fields')].find(Array.isArray) as unknown[] | undefined;
  if (fields) return [table, fields.map(String).join(', ')].filter((part) => part !== undefined).join('.');
  return (
    readText(meta, 'target') ??
    readText(meta, 'constraint') ??
    readText(violated, 'index') ??
    readText(meta, 'field_name') ??
    readText(meta, 'column') ??
    readText(meta, 'column_name')
  );
}
