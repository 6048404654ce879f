import { FILTERED, isMarker } from '../../markers/marker.js';
import { endOfExpression, isMetavariable, isPlaceholder } from '../../markers/placeholders.js';
import type { KeyFacts } from '../../names/key-facts.js';
import { EQUALS } from './assignment-separator.js';
import { isEmptyValue, skipClass } from './inspected-values.js';
import { endOfVariable } from './dotenv-lines.js';
import { endOfBare, endOfContainer, endOfLine, endOfQuoted, skipSpaces } from './value-bounds.js';

/** `{"prompt":12,"completion":5}` under the name of a measure. */
const COUNTS = /^\{[\s\w"':,.-]{0,400}\}$/;
const NEVER_REMOVED = /^(?:true|false|yes|no|on|off|null|undefined|none|nil|)$/i;
/** `VARCHAR(255)`, `Symbol(token)`: types of columns, and what is no text; the bracket ends the value. */
const TYPED =
  /^(?:(?:n?var)?(?:char|binary)2?\(\d{1,5}|Symbol\([\w. -]{0,40}|\(\d{2,5}|(?:os\.environ|ENV|process\.env|\$_(?:ENV|SERVER|POST|GET|REQUEST))(?:\.get)?[[(]?)\)?$/i;
/** `Basic ${btoa(`, up to a quote in the template. */
const TEMPLATE_CALL = /^(?:[A-Za-z]{2,10} )?\$\{[A-Za-z_$][\w$.]{0,60}\(/;
/** A dash in place of a value, or the scheme before one that follows. */
const NO_VALUE = /^(?:[-–—.…]+|(?:bearer|basic|token)\s*)$/i;
/** What follows `password:` in a sentence about the field: a validation message, a type. */
const PROSE =
  /^(?:must|should|shall|is|are|was|has|have|had|can|cannot|could|may|will|would|not|no|too|does|did|invalid|required|missing|expired|wrong|incorrect|unknown|empty|failed|failure|error|ok|string|String|number|secrets?|tokens?|credentials?|boolean|object|any|the|a|an|please|length|mismatch|rejected|revoked|denied|accepted|valid|for|and|or|oauth2?|oidc|saml2?|ldap|kerberos|basic|bearer|digest|jwt|anonymous|disabled|enabled|minimum|maximum|min|max|at|header|field|value|values|type|types|expected|got|received|needs|need|only|already|weak|short|Buffer|Uint8Array|Promise|Array|Record|Map|Set|Date|SecretStr|bytes|uuid|UUID|text|TEXT|jsonb?|bytea|blob|BLOB|any|unknown|never|void|Invalid|Required|Missing|Expired|Must|Should|Please|Not)$/;
const SCHEME =
  /^(?:bearer|basic|digest|(?:api-?)?token|negotiate|apikey|ntlm|hawk|aws4-hmac-sha256|signature|mutual|oauth|dpop|gnap|geniekey|ssws|private-token)\s/i;
const AUTHORIZATION = /authori[sz]ation$/i;
const ANY_SCHEME = /^[A-Za-z][\w-]{0,30}[ \t]{1,4}(?=[^\s]{6})/;
/** Tags of CloudFormation, Home Assistant and Ansible refer to a value elsewhere. */
const TAG =
  /^(?!!(?:Ref|GetAtt|ImportValue|secret|env|env_var|reference)\b)(?:(?:!{1,2}[\w:/.-]{0,40}|&[\w-]{1,40})[ \t]{1,8}){1,2}(?=\S)/;
const SENTENCE =
  /(?:[A-Z]\w{0,60}(?:Error|Exception)(?=:?\s|$)|Path(?= `)|(?:The|An|Your|There|Both|Either|Expected|Must|Should|Cannot|Please|Invalid|Field|Value|Enter|Provide|Unexpected|Unable|Failed|Could|Login|Access|This|Wrong|Incorrect|Missing)(?= [a-z"'`]{1,20}[ .,;]|$)|[A-Z][a-z]{1,20}(?=(?:[ ,]{1,2}["'`(]{0,2}[\w$.[\]-]{1,40}["'`)]{0,2}){0,3}[ ,]{1,2}(?:must|should|shall|is|are|was|were|has|have|cannot|can't|could|can|may|need(?:s|ed)?|required|invalid|too|expected|failed|refused|denied|expired|missing|does|do|did|not|contains?|exceeds?|timed|rejected|received|match(?:es)?|characters?|digits?|letters?|at least|at most)\b|[ ](?:short|long|weak|blank|empty|required|missing|invalid|failed|expired|denied|refused|wrong|characters?)\b))/y;
/** The words of a wallet's seed. */
const SEED_NAME = /mnemonic|seed|phrase|words/i;
const SEED = /[a-z]{3,8}(?:[ ,]{1,2}[a-z]{3,8}){11,23}(?![\w:-])/y;
/** An object that only says how something authenticates, or describes a field: `{ type: 'jwt' }`, `{ token: string }`. */
const DESCRIBED = described();
/** Schemes whose credentials take the rest of the line. */
const LINE_SCHEME = /^(?:digest|aws4|hawk|signature|oauth)/i;
/** A word of code before the value: `password = await hash(x)`. */
const OPERATOR = /^(?:await|new|typeof|async|function)$/;
/** `token = getToken(`: code quoted in a message. */
const CALL = /^[A-Za-z_$][\w$]*(?:\.[\w$]+){0,8}\((?:\w{0,20}\))?;?$/;
/** `token = jwt.sign({`, `secret: configService.get<string>(`, `createSecretKey(Buffer.from(`: the beginning of a call. */
const CALL_BEGINS =
  /^(?:(?:await|new)\s)?(?:[A-Za-z_$]+(?:\.[A-Za-z_$]+){1,8}|(?:get|create|generate|sign|fetch|load|read|resolve|encode|decode|find|require|build|make|parse|hash|random|to|from)[A-Z][A-Za-z]*)(?:<[\w<>[\], |]{0,60})?\(/;
/** `req.body.password`, `key.publicKey`: a member of what code has at hand. */
const MEMBER =
  /^(?:this|self|process|req|request|res|response|ctx|context|config|options|opts|args|env|params|query|headers|user|key|data|body|credentials|state|props|input|result|module|window|client)(?:[.?!]{1,2}[A-Za-z_$][A-Za-z_$]*){1,8}[;,]?$/;
/** `"Jwt:Secret"`: the path to a setting of .NET. */
const SETTING =
  /^(?:Secret|SecretKey|Key|ApiKey|Token|Password|Issuer|Audience|Authority|ClientId|ClientSecret|Expir\w{2,20}|ConnectionString)$/;
const NAMESPACE = /^auth:[a-z]{2,20}(?::[a-z*]{1,20}){0,3}$/;
const RANDOM = /^(?=[^\s]{8,}$)(?=.*\d)(?=.*[A-Za-z])/;

function described(): RegExp {
  const type = '(?:string|number|boolean|object|unknown|any|null|undefined|Date|Buffer)(?:\\[\\])?';
  const members = [
    `(?:type|method|mode|scheme|strategy|provider|flow|algorithm|status|required|enabled|format)["']?\\s{0,4}:\\s{0,4}["']?[A-Za-z][\\w+-]{0,24}["']?`,
    `(?:min|max|minLength|maxLength|minimum|maximum)["']?\\s{0,4}:\\s{0,4}\\d{1,9}`,
    `[A-Za-z_]\\w{0,40}["']?\\??\\s{0,4}:\\s{0,4}${type}(?:\\s?\\|\\s?${type}){0,6}`,
  ];
  return new RegExp(
    `^(?:[A-Z][A-Za-z\\d]{0,60} )?\\{\\s{0,20}(?:["']?(?:${members.join('|')})(?:\\s{0,4}[,;])?\\s{0,20}){1,12}\\}$`,
  );
}

/** How a value is written in the text. */
export interface ValueSyntax {
  /** Length of the opening quote; 0 for none. */
  quote: number;
  /** The value follows a colon and a space, as in a sentence. */
  prose: boolean;
  /** The text is a line of source code. */
  code: boolean;
}

/** Whether the value of a name with these facts is removed. */
export function isSecretValue(
  value: string,
  name: string,
  facts: KeyFacts,
  { quote, prose, code }: ValueSyntax,
): boolean {
  if (facts.rule === undefined) return facts.vendor?.test(value) === true;
  if (value.length < 10 && (NEVER_REMOVED.test(value) || NO_VALUE.test(value))) return false;
  if (value.charCodeAt(0) === 91 && isMarker(value)) return false;
  if (
    isPlaceholder(value) ||
    (quote === 0 && isMetavariable(value, name)) ||
    isEmptyValue(value) ||
    facts.descriptive?.test(value)
  )
    return false;
  if (
    quote === 0 &&
    (OPERATOR.test(value) ||
      CALL.test(value) ||
      TYPED.test(value) ||
      CALL_BEGINS.test(value) ||
      MEMBER.test(value) ||
      DESCRIBED.test(value))
  )
    return false;
  if (TEMPLATE_CALL.test(value)) return false;
  if (
    quote === 0 &&
    (isSameName(value, name) || (!prose && SETTING.test(value)) || (!prose && NAMESPACE.test(`${name}:${value}`)))
  )
    return false;
  const { counts } = facts;
  if (counts && value.length < 20 && /^[\d.,]+$/.test(value)) return false;
  if (counts && value.length < 400 && value.includes(':') && COUNTS.test(value) && !/:\s{0,4}["'A-Za-z]/.test(value))
    return false;
  if (prose && PROSE.test(value.length > 16 ? '' : value.replace(/[.!]$/, ''))) return false;
  return !code || (quote > 0 && RANDOM.test(value));
}

/** `SET token_version = token_version + 1`, `token = excluded.token`: the column itself. */
function isSameName(value: string, name: string): boolean {
  return value === name || (value.length < 120 && value.endsWith(`.${name}`) && /^[A-Za-z_]\w{0,40}\./.test(value));
}

/** The position after the name of an authentication scheme, which is no secret itself; after `Authorization`, of any. */
export function skipScheme(text: string, start: number, name: string): number {
  const scheme =
    SCHEME.exec(text.slice(start, start + 24)) ??
    (AUTHORIZATION.test(name) ? ANY_SCHEME.exec(text.slice(start, start + 120)) : null);
  return scheme ? skipSpaces(text, start + scheme[0].length) : start;
}

/** The position after a YAML tag or anchor: `!!str x`, `&name x`. */
export function skipYamlTag(text: string, start: number): number {
  const code = text.charCodeAt(start);
  if (code !== 33 && code !== 38) return start;
  const tag = TAG.exec(text.slice(start, start + 100));
  return tag ? start + tag[0].length : start;
}

/**
 * Where the value ends.
 *
 * @param spaced - the first character after the separator and spaces
 * @param start - the first character of the value, after its quote or authentication scheme
 */
export function endOfValue(
  text: string,
  spaced: number,
  start: number,
  quote: number,
  separator: number,
  name: string,
): number {
  if (quote > 0) return endOfQuoted(text, spaced, start);
  const expression = endOfExpression(text, start);
  if (expression !== -1 && /^[\s,;)\]}"'`]?$/.test(text.charAt(expression))) return expression;
  const seed = endOfSeed(text, start, name);
  if (seed !== -1) return seed;
  const object = skipClass(text, start);
  if (object > start) return endOfContainer(text, object);
  const code = text.charCodeAt(start);
  if (code === 123 || code === 91) {
    const marked = text.startsWith(FILTERED.slice(0, 9), start) ? text.indexOf(']', start) : -1;
    return marked === -1 ? endOfContainer(text, start) : marked + 1;
  }
  if (start > spaced) {
    return LINE_SCHEME.test(text.slice(spaced, start))
      ? endOfLine(text, start, separator - name.length - 1)
      : endOfBare(text, start, false);
  }
  if (text.charCodeAt(separator) !== EQUALS) return endOfBare(text, start, false);
  return endOfVariable(text, start, separator) ?? endOfBare(text, start, true);
}

/** `password: String must contain …`, `auth : Authentication failed.`: a sentence about the value, not the value. */
export function beginsSentence(text: string, start: number): boolean {
  SENTENCE.lastIndex = start;
  return SENTENCE.test(text);
}

function endOfSeed(text: string, start: number, name: string): number {
  if (!SEED_NAME.test(name)) return -1;
  SEED.lastIndex = start;
  return SEED.test(text) ? SEED.lastIndex : -1;
}
