import type { KeyRules } from '../../names/key-rules.js';
import { BAR, COLON, COMMA, EQUALS, isTight } from './assignment-separator.js';
import { isQuote } from './value-bounds.js';

/** An object that only says how something authenticates, or describes a field: `{ type: 'jwt' }`, `{ token: string }`. */
const DESCRIBED = described();
/** A word of code before the value: `password = await hash(x)`. */
const OPERATOR = /^(?:await|new|typeof|async|function)$/;
/** `token = getToken(`: code quoted in a message. */
const CALL = /^[A-Za-z_$][\w$]*(?:\.[\w$]+){0,8}\((?:[A-Za-z_]{0,20}\))?;?$/;
/** `token = jwt.sign({`, `secret: configService.get<string>(`, `createSecretKey(Buffer.from(`: the beginning of a call. */
const CALL_BEGINS =
  /^(?:(?:await|new)\s)?(?:[A-Za-z_$]+(?:\.[A-Za-z_$]+){1,8}|(?:get|create|generate|sign|fetch|load|read|resolve|encode|decode|find|require|build|make|parse|hash|random|to|from)[A-Z][A-Za-z]*)(?:<[\w<>[\], |]{0,60})?\(/;
/** `req.body.password`, `key.publicKey`: a member of what code has at hand; of a word, one of two words. */
const MEMBER =
  /^(?:(?:this|self|process|req|request|res|response|ctx|context|config|options|opts|args|params|headers|props)(?:[.?!]{1,2}[A-Za-z_$][A-Za-z_$]*){1,8}|(?:env|query|user|key|data|body|credentials|state|input|result|module|window|client)(?:[.?!]{1,2}[A-Za-z_$]+){0,7}[.?!]{1,2}[a-z]+[A-Z_][A-Za-z_$]*)[;,]?$/;
/** `VARCHAR(255)`, `Symbol(token)`: types of columns, and what is no text; the bracket ends the value. */
const TYPED =
  /^(?:(?:n?var)?(?:char|binary)2?\(\d{1,5}|Symbol\([\w. -]{0,40}|(?:os\.environ|ENV|process\.env|\$_(?:ENV|SERVER|POST|GET|REQUEST))(?:\.get)?[[(]?)\)?$/i;
/** The beginning of an expression on what code has at hand: `req.cookies['token']`, `headers.authorization?.split(`. */
const MEMBER_BEGINS = /^[A-Za-z_$][A-Za-z_$]*(?:[?!]?\.[A-Za-z_$]+){1,8}(?:\?\.)?[[(]/;
/** `token: &str = "x"`: the type before a value of Rust and Go. */
const TYPE_OF_PARAMETER =
  /^(?:\((?:[A-Za-z_$]{1,40}\??:)?|(?:Optional|List|Dict|Union|Literal|Annotated|Option|Vec|Result|Promise|Array|Record)\[?<?[A-Za-z_, |]{1,60}\]?|(?:std::)?env(?:::var|!)\()$/;
const REFERENCE = /^[&*](?:(?:mut )?(?:str|String|string|\[u8|\[\]byte))?$/;
const ELEMENT = /^[a-z][A-Za-z]*\[\d{1,3}\]?$/;
/** A member named after a secret: `source.token`. */
const CHAIN = /^[A-Za-z_$][A-Za-z_$]{0,40}(?:[?!]?\.[A-Za-z_$]{1,40}){1,8}$/;
/** Of Terraform: `aws_secretsmanager_secret.db.arn`. */
const RESOURCE =
  /^(?:var|local|module|data|(?:aws|azurerm|google|random|vault|kubernetes|cloudflare|digitalocean)_[a-z_]{2,60})(?:\.[A-Za-z_-]{1,60}){1,5}$/;
/** Of PowerShell: `$password = ConvertTo-SecureString …`. */
const CMDLET = /^(?:Convert(?:To|From)|Get|New|Read|Import|Invoke|Set|Add|Start|Unprotect)-[A-Z][A-Za-z]{2,40}$/;
/** `imagePullSecrets: registry-credentials`: the name of what holds them. */
const NAMED_SECRETS = /pull_?secrets?$/i;
const CONSTANT = /^[A-Z]+(?:_[A-Z]+){1,8}$/;
const CAMEL = /^[a-z]+(?:[A-Z][a-z]+){1,6}$/;
const TYPE = /^[A-Z][A-Za-z]{2,60}$/;
/** After the name of a type: its parameters, a default, another type, the end of the arguments. */
const AFTER_TYPE = /^(?:<[A-Z]|(?:\[\])?(?: (?:=[^=>]|\| |\{\s{0,4}$)|\)(?:\s{0,4}[:{=,;]|$)))/;
const AFTER_IDENTIFIER = /^\s?[,;)}\]]/;
const DECLARED = /\b(?:type|interface|class|enum)[ ]$/;
const VARIABLE = /(?:\b(?:const|let|var|val|final)[ ]|\bthis\.)$/;
/** `['password', 'user.secret']`: names of what is removed. */
const NAME_OF_SECRET = /^(?:[*\w]{1,30}\.){0,3}[A-Za-z]{2,30}$/;
const FUNCTION = /^=[ ]?(?:async[ ])?\([ ]?(?:[A-Za-z_$]\w{0,40}[ ]?[:,)?]|\{|\))/;
/** The call of a function whose name says nothing: `const token = OAuth({`. */
const CALLED = /^=[ ](?:(?:await|new)[ ])?[A-Za-z_$][\w$.]{0,60}\((?!\s{0,4}["'`])/;
/** The body of a function after its parameter; hashes of Ruby and PHP have a quoted name or one with a colon. */
const BODY = /^=>\s{0,4}(?:\{|\(|void\b|[A-Za-z_$][A-Za-z_$]*(?:\.[A-Za-z_$]+)*\()/;
const TYPE_WORDS =
  /^(?:string|number|boolean|object|Buffer|Function|Callback|Promise(?:<\w{1,20}>)?)(?:\s?\|\s?(?:string|number|boolean|null|undefined|Buffer)){0,4}$/;

function described(): RegExp {
  const type = '(?:string|number|boolean|object|unknown|any|null|undefined|Date|Buffer)(?:\\[\\])?';
  const choice = `["'][A-Za-z][A-Za-z_-]{0,20}["']`;
  const name = `[A-Za-z_]\\w{0,40}["']?\\??\\s{0,4}:\\s{0,4}`;
  const members = [
    `(?:type|method|mode|scheme|strategy|provider|flow|algorithm|status|required|enabled|format|ref)["']?\\s{0,4}:\\s{0,4}(?!(?:${type}|true|false)\\b)["']?\\[?[A-Za-z][\\w.+-]{0,24}\\]?["']?`,
    `(?:min|max|minLength|maxLength|minlength|maxlength|minimum|maximum)["']?\\s{0,4}:\\s{0,4}\\d{1,9}`,
    `${name}${type}(?:\\s?\\|\\s?${type}){0,6}`,
    `${name}(?:true|false)\\b`,
    `${name}${choice}(?:\\s?\\|\\s?${choice}){1,8}`,
  ];
  return new RegExp(
    `^(?:[A-Z][A-Za-z\\d]{0,60} )?\\{\\s{0,20}(?:["']?(?:${members.join('|')})(?:\\s{0,4}[,;])?\\s{0,20}){1,12}\\}$`,
  );
}

/** An object without a value in it. */
export function isDescribed(value: string): boolean {
  return DESCRIBED.test(value);
}

/** `{ password: 0, token: 1 }`: the fields of an index, a sort or a projection, as an inspected object. */
const SPECIFICATION =
  /^\{(?:\s{0,8}["']?[\w.$]{1,60}["']?\s{0,4}:\s{0,4}(?:-?[01]|true|false|["'](?:text|hashed|2dsphere|asc|desc)["'])\s{0,4},?){1,30}\s{0,8}\}/;
const MAX_SPECIFICATION = 400;

export function isOfSpecification(text: string, value: string, start: number): boolean {
  if (value.length > 2 || !/^-?[01]$/.test(value)) return false;
  const open = text.slice(Math.max(0, start - MAX_SPECIFICATION), start).lastIndexOf('{');
  if (open === -1) return false;
  const at = Math.max(0, start - MAX_SPECIFICATION) + open;
  return SPECIFICATION.test(text.slice(at, at + 2 * MAX_SPECIFICATION));
}

/** A value without quotes that is part of source code; what follows `=` without a space around it is a setting. */
export function isCode(value: string): boolean {
  return (
    OPERATOR.test(value) ||
    CALL.test(value) ||
    TYPED.test(value) ||
    CALL_BEGINS.test(value) ||
    MEMBER.test(value) ||
    MEMBER_BEGINS.test(value) ||
    ELEMENT.test(value) ||
    REFERENCE.test(value) ||
    TYPE_OF_PARAMETER.test(value)
  );
}

/** `type Token = {`, `token => {`: what follows the name is code, in which other names may have values. */
export function beginsCode(text: string, separator: number, name: string): boolean {
  if (text.charCodeAt(separator) !== EQUALS) return false;
  const start = text.lastIndexOf(name, separator - 1);
  const before = text.charCodeAt(start - 1);
  if (text.charCodeAt(separator + 1) === 62)
    return !isQuote(before) && before !== COLON && BODY.test(text.slice(separator, separator + 60));
  const head = text.slice(Math.max(0, start - 12), start);
  if (DECLARED.test(head)) return true;
  const value = text.slice(separator, separator + 80);
  return VARIABLE.test(head) && (FUNCTION.test(value) || CALLED.test(value));
}

/** A name of code in place of a value: a variable, a constant, a type. */
export function isCodeName(
  text: string,
  separator: number,
  name: string,
  { start, end, quote }: { start: number; end: number; quote: number },
  keys: KeyRules,
): boolean {
  if (end - start > 120 || isTight(text, separator, start)) return false;
  const value = text.slice(start, end);
  if (quote > 0) return isQuotedName(text, separator, name, value, start, keys);
  const after = text.slice(end, end + 8);
  if (text.charCodeAt(separator) === COLON && TYPE.test(value) && AFTER_TYPE.test(after)) return true;
  if (isStatement(text, separator, name, value, after)) return true;
  if (CMDLET.test(value) && /^(?: |$)/.test(after)) return true;
  if (RESOURCE.test(value) || (NAMED_SECRETS.test(name) && /^[a-z]+(?:-[a-z]+){0,6}$/.test(value))) return true;
  if (CHAIN.test(value)) return keys.of(value.slice(value.lastIndexOf('.') + 1)).rule !== undefined;
  if (CONSTANT.test(value)) return keys.of(value).rule !== undefined;
  return (
    (CAMEL.test(value) || TYPE.test(value)) &&
    AFTER_IDENTIFIER.test(after) &&
    isMixed(value) &&
    keys.of(value).rule !== undefined
  );
}

/** `typeof token === 'string'` */
const TYPEOF = /^(?:string|number|boolean|object|function|undefined|symbol|bigint)$/;

/** In backticks, a type or the name itself; in a list, or between bars, another name of a secret. */
function isQuotedName(
  text: string,
  separator: number,
  name: string,
  value: string,
  start: number,
  keys: KeyRules,
): boolean {
  if (TYPEOF.test(value) && text.slice(separator - 1, start).includes('==')) return true;
  if (text.charCodeAt(start - 1) === 96 && (TYPE_WORDS.test(value) || value === name)) return true;
  const code = text.charCodeAt(separator);
  return (code === COMMA || code === BAR) && NAME_OF_SECRET.test(value) && keys.of(value).rule !== undefined;
}

/** Capitals inside: two words joined to one name. */
function isMixed(value: string): boolean {
  return /[a-z][A-Z]/.test(value);
}

/** `connection.password = pass;` */
function isStatement(text: string, separator: number, name: string, value: string, after: string): boolean {
  if (text.charCodeAt(separator) !== EQUALS || !after.startsWith(';') || !/^[A-Za-z_$]{1,40}$/.test(value))
    return false;
  if (text.charCodeAt(separator - 1) !== 32 || text.charCodeAt(separator + 1) !== 32) return false;
  const start = separator - 1 - name.length;
  return name.includes('.') || VARIABLE.test(text.slice(Math.max(0, start - 8), start));
}
