/** Where a secret is, in Kubernetes, Amazon's ECS, Vault and Helm: nothing here is the secret itself. */
const MEMBERS: ReadonlyMap<string, RegExp> = new Map(
  Object.entries({
    name: /^(?:[a-z][a-z\d]{0,20}(?:[-.][a-z\d]{1,20}){0,8}|[A-Z][A-Z\d_]{0,80})$/,
    secretName: /^[\w.-]{1,100}$/,
    existingSecret: /^[\w.-]{1,100}$/,
    key: /^(?:[A-Za-z]{1,20}(?:[._-][A-Za-z]{1,20}){0,6}|tls\.\w{3})$/,
    namespace: /^[\w.-]{1,63}$/,
    kind: /^[A-Za-z]{1,40}$/,
    apiVersion: /^[\w./-]{1,60}$/,
    path: /^[\w-]{1,40}(?:[./][\w-]{1,40}){0,10}$/,
    mountPath: /^\/[\w./-]{1,200}$/,
    valueFrom: /^(?:arn:[\w:/.*-]{1,200}|\/[\w./-]{1,200})$/,
    arn: /^arn:[\w:/.*-]{1,200}$/,
    version: /^[\w.-]{1,20}$/,
  }),
);
const SETTINGS: ReadonlySet<string> = new Set(['optional', 'readOnly', 'required', 'defaultMode', 'items', 'mode']);
/** Without one of these, an object is something else. */
const PLACES: ReadonlySet<string> = new Set(['name', 'secretName', 'existingSecret', 'valueFrom', 'arn']);
const MAX_MEMBERS = 8;
const MAX_ELEMENTS = 50;

/** Only these say by themselves that they refer to a secret; a name may be next to them. */
const NAMED: ReadonlySet<string> = new Set(['secretName', 'existingSecret', 'valueFrom', 'arn']);

/**
 * `{ secretKeyRef: { name: 'db', key: 'password' } }`, `imagePullSecrets: [{ name: 'registry' }]`.
 *
 * @param named - the name of the object says that it is a reference; else only one like `{ secretName }` is
 */
export function isReference(value: object, named: boolean): boolean {
  if (!Array.isArray(value)) return refers(value, named);
  return (
    value.length > 0 &&
    value.length <= MAX_ELEMENTS &&
    (value as unknown[]).every((part) => typeof part === 'object' && part !== null && refers(part, named))
  );
}

function refers(object: object, named: boolean): boolean {
  let count = 0;
  let place = false;
  for (const key in object) {
    if (++count > MAX_MEMBERS) return false;
    const value = (object as Record<string, unknown>)[key];
    if (SETTINGS.has(key)) continue;
    if (!named && key !== 'name' && !NAMED.has(key)) return false;
    if (typeof value !== 'string' || MEMBERS.get(key)?.test(value) !== true) return false;
    place ||= named ? PLACES.has(key) : NAMED.has(key);
  }
  return place;
}
