/** A request, message, job or scheduled run at its start. */
export interface NamedExecution {
  /** Transaction name: `GET /orders/:id`, `GET /orders/42`, `GET`, `job mail welcome`, `query cats`. */
  name: string;
  /** Path of the request, raw or as a route template; host and query string are ignored. */
  path?: string;
  /** HTTP method, in any case. */
  method?: string;
  /** Operations of a GraphQL request, once known: `query cats`, `mutation Checkout`. */
  operations?: readonly string[];
}

/** The forms of an execution's name that patterns are compared with, computed once for all patterns. */
export interface ExecutionName {
  /** The name and its GraphQL operations, in lower case. */
  readonly names: readonly string[];
  /** HTTP method in upper case. */
  readonly method: string | undefined;
  /** Path and route template in lower case. */
  readonly wholePaths: readonly string[];
  /** The same, with and without leading `api` and version segments. */
  readonly paths: readonly string[];
  /** Inputs for regular expressions, in their own case: names, path, method and path. */
  readonly texts: readonly string[];
}

/** Longer names are truncated before they are compared. */
const MAX_LENGTH = 2_048;
const HTTP_METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT']);
const METHOD_AND_PATH = /^([A-Za-z]+) +(\/.*|https?:\/\/.*)$/s;
const ORIGIN = /^[a-z][a-z0-9+]{1,14}:\/\/[^/?#]*/i;
const PREFIX_SEGMENT = /^\/(?:api|v\d+(?:\.\d+)*)(?=\/)/;

/** Whether a word is an HTTP method: one of the common ones in any case, any other in upper case. */
export function isHttpMethod(word: string): boolean {
  return HTTP_METHODS.has(word.toUpperCase()) || /^[A-Z]{3,}$/.test(word);
}

/** A path without host, query string, fragment and trailing slash. */
export function barePath(path: string): string {
  let bare = path.length > MAX_LENGTH ? path.slice(0, MAX_LENGTH) : path;
  if (!bare.startsWith('/')) bare = bare.replace(ORIGIN, '');
  const end = bare.search(/[?#]/);
  if (end !== -1) bare = bare.slice(0, end);
  let length = bare.length;
  while (length > 1 && bare.charCodeAt(length - 1) === 47) length--;
  bare = bare.slice(0, length);
  return bare.startsWith('/') || bare.startsWith('*') ? bare : `/${bare}`;
}

/** Computes the forms that {@link compilePatterns} compares. */
export function executionName(execution: NamedExecution): ExecutionName {
  const name = execution.name.slice(0, MAX_LENGTH);
  const split = METHOD_AND_PATH.exec(name);
  const isRequest = split !== null && isHttpMethod(split[1] ?? '');
  const method = (execution.method ?? (isRequest ? split[1] : undefined))?.toUpperCase();
  const paths: string[] = [];
  const wholePaths: string[] = [];
  const operations = (execution.operations ?? []).map((operation) => operation.slice(0, MAX_LENGTH));
  const texts = [name, ...operations];
  const add = (raw: string | undefined): void => {
    if (raw === undefined) return;
    const path = barePath(raw);
    if (paths.includes(path.toLowerCase())) return;
    if (path !== name) texts.push(path);
    if (method !== undefined) texts.push(`${method} ${path}`);
    for (const form of path.includes('%') ? [path, decoded(path)] : [path]) {
      wholePaths.push(form.toLowerCase());
      addForms(paths, form.toLowerCase());
    }
  };
  add(execution.path);
  add(isRequest ? split[2] : name.startsWith('/') ? name : undefined);
  return { names: [name, ...operations].map((text) => text.toLowerCase()), method, wholePaths, paths, texts };
}

/** Percent-decoded, except for encoded slashes, which do not separate segments. */
function decoded(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}

function addForms(paths: string[], path: string): void {
  for (let form = path; ;) {
    if (!paths.includes(form)) paths.push(form);
    const prefix = PREFIX_SEGMENT.exec(form);
    if (!prefix) return;
    form = form.slice(prefix[0].length);
  }
}
