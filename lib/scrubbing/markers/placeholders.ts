/** What a statement, a template or a manual has in place of a value. */
const PLACEHOLDER =
  /^(?:\$[A-Za-z_]\w{0,60}|\$env:\w{1,60}|\$\d{1,3}|\?|%[sdifjoO]|%[A-Z_]{2,60}%|%?\([\w.]{1,60}\)s|%\{\w{1,60}\}|[#@]\{[^{}]{1,80}\}|:[A-Za-z_]\w{0,60}|@[pP]?\d{1,3}|[*.•#]{2,80}|[A-Za-z]{2,4}[_-](?:[a-z]{2,8}[_-])?\*{8,60}\w{0,4}|\[object [A-Z][A-Za-z]{1,40}\]|\{\{[^{}]{1,80}\}\}|\{\w{0,40}\}|\$\([^()]{1,80}\)|<[A-Za-z][\w .:|/-]{0,60}>|<%=?[^<>%]{1,80}%>|\[[A-Z][A-Z _-]{0,60}\]|\[[A-Za-z][a-z]{0,20}(?: [a-z]{1,20}){1,8}\]|\[(?:Object|Array|Getter|Setter|Getter\/Setter|[Cc]ircular|Function|AsyncFunction|class|Symbol|Redacted|Hidden|Masked)\b[^[\]'"`]{0,60}\]|<(?:redacted|hidden|masked)>|\((?:hidden|empty|none|null|unset|not set|redacted|masked|omitted|filtered|removed|missing|sensitive(?: value)?|known after apply)\)?|(?:YOUR|MY|INSERT|REPLACE|ENTER|EXAMPLE)[_-][A-Z_-]{2,40}|your[_-][a-z_-]{2,40}|[yY]our[ _-](?:[A-Za-z]{1,20}[ _-]){0,4}(?:[kK]ey|[tT]oken|[sS]ecret|[pP]assword|[pP]assphrase|[cC]redentials?|here|value)(?: here)?|YOUR[A-Z]{3,40}|[xX]{3,80}|[xX]{4,12}(?:-[xX]{4,12}){1,8}|op:\/\/[\w ./-]{3,80}|!(?:Ref|GetAtt|ImportValue|secret|env|env_var|reference))$/;
/** `${NAME}`, `${{ secrets.NAME }}`, `${NAME:?message}`; a default, as in `${NAME:-x}`, may be a secret. */
const VARIABLE = /^\$\{{1,2}([^{}]{1,80})\}{1,2}$/;
/** `{{ password | default('x') }}`: a literal in place of the variable. */
const PRESET = /(?:\bdefault\b|\|\||\?\?)[\s(]{0,4}["'`][^"'`]/;
const DEFAULT = /^\w{1,60}:?[-=+](.*)$/;
/** What a template has around its variables: the name of a scheme, and punctuation. */
const AROUND_VARIABLES = /^(?:basic|bearer|token|apikey|digest|[\s:,;"'@/-]){0,6}$/i;
const VARIABLES = /\$\{[^{}]{1,80}\}|\{\{[^{}]{1,80}\}\}/g;

/** A placeholder reveals nothing, and helps to tell which value was meant: it is kept. */
export function isPlaceholder(value: string): boolean {
  if (value.length >= 90 || (value.includes('{') && PRESET.test(value))) return false;
  return PLACEHOLDER.test(value) || (value.includes('{') && isTemplate(value));
}

const VERSION =
  /^(?:(?:[\^~]|[<>]=?\s?)v?\d{1,4}(?:\.\d{1,5}){0,2}|v?\d{1,4}\.\d{1,4}\.\d{1,5}|workspace:[\^~*])(?:-[a-z]{1,12}[\w.-]{0,20})?$/;

/** A version of a package or a range of them, as in `"jsonwebtoken": "^9.0.2"`. */
export function isVersion(value: string): boolean {
  return value.length < 40 && VERSION.test(value);
}

const KEY_FILE =
  /^(?:file:\/\/)?(?:~|\.{1,2})?[/\\]?(?:[\w.@-]{1,60}[/\\]){0,12}[\w.@-]{1,60}\.(?:pem|key|crt|cer|cert|p12|p8|pfx|ppk|jks|keytab|asc|gpg)$|^(?:file:\/\/)?(?:~|\.{1,2})?[/\\](?:[\w.@-]{1,60}[/\\]){0,12}[\w.@-]{1,60}\.(?:json|ya?ml|txt|env|conf|cnf|ini|properties|enc)$/;

/** The path to a file with a key: `./deploy.pem`, `/run/secrets/jwt.key`. */
export function isKeyFile(value: string): boolean {
  return value.length < 200 && value.includes('.') && KEY_FILE.test(value);
}

/** Nothing but variables: `${user}:${password}`, `Bearer ${token}`. */
function isTemplate(value: string): boolean {
  const variable = VARIABLE.exec(value)?.[1];
  if (variable !== undefined) {
    const preset = DEFAULT.exec(variable)?.[1];
    return preset === undefined || preset === '' || isPlaceholder(preset);
  }
  const rest = value.replace(VARIABLES, '');
  return rest !== value && AROUND_VARIABLES.test(rest) && !/\{\w{1,60}:?[-=+][^}]/.test(value);
}

/** `--password PASSWORD`, `--api-key=KEY`: a manual repeats a word of the name in capitals. */
export function isMetavariable(value: string, name: string): boolean {
  return /^[A-Z][A-Z_-]{1,40}$/.test(value) && name.toUpperCase().replace(/-/g, '_').endsWith(value.replace(/-/g, '_'));
}

/** What opens a variable or an expression, and what closes it. */
const EXPRESSION =
  /\$\{\{[^{}\r\n]{1,80}\}\}|\{\{[^{}\r\n]{1,80}\}\}|\$\{[^{}\r\n]{1,80}\}|\$\([^()\r\n]{1,80}\)|<%=?[^<>%\r\n]{1,80}%>|[#@%]\{[^{}\r\n]{1,80}\}|<(?!(?:Slow)?Buffer\b)[A-Za-z][A-Za-z .:|/_-]{0,60}>|\((?:known after apply|sensitive(?: value)?|not set)\)/y;

/** The end of the variable that begins here, which may contain spaces; -1 if there is none. */
export function endOfExpression(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code !== 36 && code !== 123 && code !== 60 && code !== 35 && code !== 64 && code !== 37 && code !== 40) return -1;
  EXPRESSION.lastIndex = at;
  return EXPRESSION.test(text) ? EXPRESSION.lastIndex : -1;
}

/** Real keys have at least this many distinct characters, unlike `AKIAXXXXXXXXXXXXXXXX` and `sgp_000…`. */
const MIN_DISTINCT_CHARACTERS = 8;

/** A key from a manual, such as AWS's `AKIAIOSFODNN7EXAMPLE`. */
export function isExampleKey(key: string): boolean {
  if (key.endsWith('EXAMPLE')) return true;
  const characters = new Set<number>();
  for (let at = 0; at < key.length && characters.size < MIN_DISTINCT_CHARACTERS; at++)
    characters.add(key.charCodeAt(at));
  return characters.size < MIN_DISTINCT_CHARACTERS;
}
