import { messageOf, nameOf, read, readCode, readText } from '../error-shape.js';
import type { DatabaseFacts } from './driver-facts.js';

const DUPLICATE = /collection: [^\s.]+\.(\S+) index: (\S+)/;
const OPERATION = /^Operation `([\w.$-]+)\.(\w+)\(\)`/;
const CONNECTION = /^Mongo(?:ose)?(?:Network|ServerSelection|ServerClosed|Topology|PoolCleared|NotConnected|WaitQueue)/;

/** The MongoDB driver and mongoose. Only names of fields, indexes and models are read, never `keyValue`. */
export function mongoFacts(error: unknown): DatabaseFacts | undefined {
  const name = nameOf(error) ?? '';
  if (name.startsWith('Mongo')) return driverFacts(error, name);
  return mongooseFacts(error, name);
}

function driverFacts(error: unknown, name: string): DatabaseFacts {
  const system = 'mongodb';
  const message = messageOf(error);
  if (CONNECTION.test(name)) return { system, operation: 'CONNECT', code: name };
  const buffered = OPERATION.exec(message);
  if (buffered) return { system, operation: buffered[2], table: buffered[1], code: readCode(error) ?? name };
  const duplicate = DUPLICATE.exec(message);
  const keys = fieldNames(read(error, 'keyPattern'));
  const code = readCode(error) ?? name;
  const operation = duplicate ? 'WRITE' : undefined;
  return { system, operation, code, table: duplicate?.[1], constraint: duplicate?.[2] ?? keys };
}

function mongooseFacts(error: unknown, name: string): DatabaseFacts | undefined {
  const system = 'mongodb';
  const summary = readText(error, '_message');
  if (name === 'ValidationError' && summary !== undefined) {
    const table = summary.replace(/ validation failed$/, '');
    return {
      system,
      operation: 'VALIDATE',
      code: name,
      table,
      constraint: prefixed(table, fieldNames(read(error, 'errors'))),
    };
  }
  const path = readText(error, 'path');
  if (name === 'CastError' && path !== undefined && readText(error, 'kind') !== undefined) {
    const table = readText(read(error, 'model'), 'modelName');
    return { system, operation: 'CAST', code: name, table, constraint: prefixed(table, path) };
  }
  if (
    (name === 'DocumentNotFoundError' && read(error, 'filter') !== undefined) ||
    (name === 'VersionError' && read(error, 'modifiedPaths'))
  ) {
    return { system, operation: 'SAVE', code: name, table: / model "([^"]+)"/.exec(messageOf(error))?.[1] };
  }
  return undefined;
}

function prefixed(table: string | undefined, fields: string | undefined): string | undefined {
  return table === undefined || fields === undefined ? fields : `${table}.${fields}`;
}

function fieldNames(fields: unknown): string | undefined {
  if (typeof fields !== 'object' || fields === null) return undefined;
  return Object.keys(fields).sort().join(', ') || undefined;
}
