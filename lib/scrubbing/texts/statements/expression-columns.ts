/** What an object of DynamoDB's requests holds beside `ExpressionAttributeValues`. */
export const EXPRESSIONS: readonly string[] = [
  'UpdateExpression',
  'ConditionExpression',
  'FilterExpression',
  'KeyConditionExpression',
];

/** Paths and placeholders: `#p`, `profile.pin`, `:value`; and the words between them. */
const TOKEN = /:\w{1,100}|#?[A-Za-z_]\w{0,100}(?:\[\d{1,4}\])?(?:\.#?\w{1,100}(?:\[\d{1,4}\])?){0,10}/g;
const KEYWORD =
  /^(?:set|add|remove|delete|and|or|not|in|between|if_not_exists|list_append|attribute_(?:not_)?exists|attribute_type|begins_with|contains|size)$/i;
const MAX_LENGTH = 8_192;
const MAX_PLACEHOLDERS = 500;

/**
 * The attribute that each placeholder of DynamoDB expressions is assigned to or compared with, by the last name of its
 * path.
 *
 * @param aliases - `ExpressionAttributeNames`
 */
export function columnsOfExpressions(
  expressions: readonly string[],
  aliases: Readonly<Record<string, unknown>>,
): ReadonlyMap<string, string> {
  const columns = new Map<string, string>();
  for (const expression of expressions) {
    let column = '';
    for (const [token] of expression.slice(0, MAX_LENGTH).matchAll(TOKEN)) {
      if (token.startsWith(':')) {
        if (column !== '' && columns.size < MAX_PLACEHOLDERS && !columns.has(token)) columns.set(token, column);
      } else if (!KEYWORD.test(token)) column = nameOf(token, aliases);
    }
  }
  return columns;
}

function nameOf(path: string, aliases: Readonly<Record<string, unknown>>): string {
  const name = path.slice(path.lastIndexOf('.') + 1).replace(/\[\d+\]$/, '');
  const alias = name.startsWith('#') && Object.hasOwn(aliases, name) ? aliases[name] : undefined;
  return typeof alias === 'string' ? alias : name;
}
