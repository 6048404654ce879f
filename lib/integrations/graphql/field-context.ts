import { copyFirstEntries, firstKeys } from '../../bounds/index.js';
import type { Handler } from '../../context/execution.js';
import type { HandlerContext } from '../../context/handler-context.js';
import { rootField, type Fragments, type Operation, type Path, type ResolveInfo } from './operation.js';

/** The context of a field with a resolver. Evaluated only when something is reported. */
export class FieldContext implements HandlerContext {
  constructor(
    readonly handler: Handler,
    private readonly info: ResolveInfo,
    private readonly args: unknown,
  ) {}

  /** `query cats`: the root field, also for the fields below it. */
  get name(): string {
    const { operation, fragments, path, fieldName } = this.info;
    return operationName(operation, path.prev ? rootField(operation, fragments, rootKey(path)) : fieldName);
  }

  get tags(): Record<string, string> {
    const { operation, path, parentType, fieldName } = this.info;
    return operationTags(operation, path.prev ? `${parentType.name}.${fieldName}` : fieldName);
  }

  get payload(): unknown {
    return payloadOf(this.args, this.info.variableValues);
  }

  get at(): string {
    const keys: (string | number)[] = [];
    for (let path: Path | undefined = this.info.path; path; path = path.prev) keys.unshift(path.key);
    return pathText(keys);
  }
}

/** The context of the field at the path of a result error. */
export function contextOfPath(
  path: readonly (string | number)[] | undefined,
  operation: Operation | undefined,
  fragments: Fragments,
  variables: unknown,
): HandlerContext {
  const payload = payloadOf(undefined, variables);
  const at = path && pathText(path);
  if (!operation) return { tags: { kind: 'graphql' }, payload, at };
  const field = rootField(operation, fragments, path?.[0]);
  const pattern = path?.filter((key) => typeof key === 'string').join('.');
  return {
    name: operationName(operation, field),
    tags: operationTags(operation, pattern ? pattern : field),
    payload,
    at,
  };
}

export function operationName({ operation }: Operation, field: string | undefined): string {
  return field === undefined ? operation : `${operation} ${field}`;
}

export function operationTags({ operation, name }: Operation, pattern?: string): Record<string, string> {
  return {
    kind: 'graphql',
    'graphql.type': operation,
    ...(pattern !== undefined && { pattern }),
    ...(name && { 'graphql.operation': name.value }),
  };
}

export function payloadOf(args: unknown, variables: unknown): unknown {
  const payload = { ...filled('arguments', args), ...filled('variables', variables) };
  return Object.keys(payload).length > 0 ? payload : undefined;
}

/** Copies the values, because graphql's own objects have no prototype. */
function filled(name: string, values: unknown): Record<string, unknown> {
  if (typeof values !== 'object' || values === null || firstKeys(values, 1).keys.length === 0) return {};
  return { [name]: copyFirstEntries(values) };
}

function rootKey(path: Path): string | number {
  let root = path;
  while (root.prev) root = root.prev;
  return root.key;
}

function pathText(keys: readonly (string | number)[]): string {
  return keys.join('/');
}
