/** The parts of graphql's types that are used here; the package may not be installed. */
export interface Selection {
  kind: string;
  name?: { value: string };
  alias?: { value: string };
  selectionSet?: { selections: readonly Selection[] };
}

export interface Operation {
  kind: string;
  operation: 'query' | 'mutation' | 'subscription';
  name?: { value: string };
  selectionSet: { selections: readonly Selection[] };
}

export type Fragments = Readonly<Record<string, Selection | undefined>>;

export interface Path {
  prev: Path | undefined;
  key: string | number;
}

export interface ResolveInfo {
  fieldName: string;
  parentType: { name: string };
  path: Path;
  operation: Operation;
  fragments: Fragments;
  variableValues?: Record<string, unknown>;
}

export interface ExecutionArguments {
  schema: object;
  document: { definitions: readonly object[] };
  operationName?: string | null;
  variableValues?: Record<string, unknown> | null;
  contextValue?: unknown;
}

/** An error in the result of an execution. */
export interface ResultError {
  message?: string;
  originalError?: unknown;
  path?: readonly (string | number)[];
}

export interface ExecutionResult {
  errors?: readonly ResultError[];
}

export function isResolveInfo(value: unknown): value is ResolveInfo {
  const { fieldName, operation, path } = (value ?? {}) as Partial<ResolveInfo>;
  return typeof fieldName === 'string' && typeof operation === 'object' && typeof path === 'object';
}

/** The operation to execute: the named one, or the only one. */
export function operationOf({ document, operationName }: ExecutionArguments): Operation | undefined {
  const operations = operationsIn(document);
  return operationName ? operations.find(({ name }) => name?.value === operationName) : operations[0];
}

export function operationsIn({ definitions }: ExecutionArguments['document']): Operation[] {
  return (definitions as readonly Operation[]).filter(({ kind }) => kind === 'OperationDefinition');
}

export function fragmentsOf({ document }: Pick<ExecutionArguments, 'document'>): Fragments {
  const fragments = (document.definitions as readonly Selection[]).filter(({ kind }) => kind === 'FragmentDefinition');
  return Object.fromEntries(fragments.map((fragment) => [fragment.name?.value ?? '', fragment]));
}

/** Name of the root field with this key in the response; without a key, of the first root field. */
export function rootField(operation: Operation, fragments: Fragments, key?: string | number): string | undefined {
  for (const { name, alias } of rootFields(operation, fragments)) {
    if (key === undefined || (alias ?? name)?.value === key) return name?.value;
  }
  return undefined;
}

/** The root fields of the operation, including those in fragments. */
export function rootFields({ selectionSet }: Operation, fragments: Fragments): Generator<Selection> {
  return fieldsAmong(selectionSet.selections, fragments, new Set());
}

function* fieldsAmong(
  selections: readonly Selection[],
  fragments: Fragments,
  spread: Set<string>,
): Generator<Selection> {
  for (const selection of selections) {
    if (selection.kind === 'Field') {
      yield selection;
      continue;
    }
    let inner = selection.selectionSet;
    const name = selection.name?.value;
    if (selection.kind === 'FragmentSpread' && name !== undefined && !spread.has(name)) {
      spread.add(name);
      inner = fragments[name]?.selectionSet;
    }
    if (inner) yield* fieldsAmong(inner.selections, fragments, spread);
  }
}
