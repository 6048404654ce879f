import * as schema from './schema.js';

const byName = schema.check(
  'true, false, { allow: [names] } or { deny: [names] }',
  "use for example { deny: ['x-internal'] }",
  (value) => typeof value === 'boolean' || isListOfNames(value),
);
const ofMessage = schema.shape({ request: byName, response: byName });
const headers: schema.Check = (value, path) => {
  const isPerDirection = typeof value === 'object' && value !== null && !('allow' in value || 'deny' in value);
  (isPerDirection ? ofMessage : byName)(value, path);
};
const inputsAndOutputs = schema.shape({ inputs: schema.boolean, outputs: schema.boolean });
const bodies = schema.oneOf('incomingRequest', 'outgoingRequest', 'incomingResponse', 'outgoingResponse');

/** `sdk.dataCollection` of Sentry 10 and 11. The SDK takes a text for true, and fails in each request on a wrong list. */
export const dataCollection = schema.shape({
  userInfo: schema.boolean,
  cookies: byName,
  httpHeaders: headers,
  httpBodies: schema.arrayOf(bodies, "kinds of bodies such as 'incomingRequest'; [] collects none"),
  queryParams: byName,
  urlQueryParams: byName,
  graphQL: schema.shape({ document: schema.boolean, variables: schema.boolean }),
  genAI: inputsAndOutputs,
  mcp: inputsAndOutputs,
  databaseQueryData: schema.boolean,
  queues: schema.boolean,
  stackFrameVariables: byName,
  frameContextLines: schema.count,
});

/** Whether it has exactly one of the lists: the SDK looks up the other one otherwise, and fails. */
function isListOfNames(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const [entry, ...others] = Object.entries(value).filter(([, list]) => list !== undefined);
  if (!entry || others.length > 0) return false;
  const [kind, list] = entry as [string, unknown];
  return (kind === 'allow' || kind === 'deny') && Array.isArray(list) && list.every((name) => typeof name === 'string');
}
