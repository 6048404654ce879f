/** What a schema says about a value: JSON Schema, Mongoose, OpenAPI, Joi's descriptions, TypeScript. */
const KEYWORDS: ReadonlySet<string> = new Set(
  (
    'type types format minLength maxLength minimum maximum min max pattern required optional nullable readOnly writeOnly ' +
    'title description unique index select trim lowercase uppercase enum items properties additionalProperties deprecated ' +
    'length in schema allowEmptyValue example primaryKey allowNull autoIncrement field'
  ).split(' '),
);
const TYPE =
  /^(?:string|number|integer|boolean|object|array|null|date|uuid|String|Number|Boolean|Date|Object|Array|Buffer|STRING|TEXT)$/;
const MAX_MEMBERS = 16;
/** Longer words and words with digits may be values. */
const HARMLESS = /^[A-Za-z][A-Za-z-]{0,20}$/;

/** `{ type: 'string', minLength: 8 }`: the field is described, its value is not there. */
export function isSchema(value: object): boolean {
  const { type } = value as { type?: unknown };
  if (type === 'apiKey') return isSecurityScheme(value);
  if (typeof type !== 'string' || !TYPE.test(type)) return false;
  let count = 0;
  for (const key in value) {
    if (++count > MAX_MEMBERS || !KEYWORDS.has(key)) return false;
    const member = (value as Record<string, unknown>)[key];
    if (typeof member === 'object' && member !== null) return false;
    if (typeof member === 'string' && !HARMLESS.test(member) && !isText(key)) return false;
  }
  return count > 1;
}

/** OpenAPI: `{ type: 'apiKey', in: 'header', name: 'X-API-Key' }` says where a key is sent. */
function isSecurityScheme(value: object): boolean {
  const { in: place, name } = value as { in?: unknown; name?: unknown };
  return (
    Object.keys(value).length === 3 &&
    (place === 'header' || place === 'query' || place === 'cookie') &&
    typeof name === 'string' &&
    HARMLESS.test(name)
  );
}

/** Members that hold a sentence or an expression; the rules on texts still apply to them. */
function isText(key: string): boolean {
  return key === 'description' || key === 'title' || key === 'pattern';
}
