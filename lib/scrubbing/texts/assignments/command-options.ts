import type { WorkMeter } from '../../limits/work-meter.js';
import { FILTERED } from '../../markers/marker.js';
import { isKeyFile, isMetavariable, isPlaceholder } from '../../markers/placeholders.js';
import type { KeyRules } from '../../names/key-rules.js';
import { scrubShortOptions } from './short-options.js';

const OPTION = /(?<![\w-])(--?[A-Za-z][\w-]{0,60})([ \t]{1,4}|=)('[^'\r\n]+'?|"[^"\r\n]+"?|[^\s'"-][^\s]*)/g;
const USER = /^(?:-u|--user|--proxy-user)$/;
/** Read from elsewhere: the next word is something else. */
const WITHOUT_VALUE =
  /-(?:stdin|prompt|ask|warning|warnings)$|^--?(?:no|skip|disabled?|enable|without|ignore|hide|show|ask|prompt|list|check|verify)-/;
/** `--token string   Bearer token for …`, in a manual. */
const TYPE = /^(?:string|strings|stringArray|file|path|value|int|duration|secret|password|token|key|bytes)$/;
/** `Using --password via the command line is insecure`: a sentence about the option. */
const SENTENCE =
  /^(?:via|is|was|on|in|or|and|option|options|flag|flags|argument|arguments|parameter|must|should|cannot|instead|requires?|needs?|has|for|from|with|to|as|expects?|takes|accepts|contains|specifies|overrides|when|if|can|will|may|without|not)[.,;:]?$/;
/** Where OpenSSL reads a password. */
const PASS_SOURCE = /^(?:env:\w{1,60}|file:\S{1,200}|fd:\d{1,3}|stdin)$/;
const MANUAL = /^(?: {2}|\t)/;
const COOKIE = /^(?:-b|--cookie)$/;
/** Docker's `--secret id=npm,src=.npmrc` names a file or a variable. */
const MOUNT = /^id=[\w.-]{1,40},(?:type=\w{3,6},)?(?:src|source|env)=[\w./~-]{1,100}$/;
const STEPS_PER_OPTION = 500;

/** Command lines: `--password x`, `-ClientSecret 'x'`, `--user name:x`, and the short options of known commands. */
export function scrubCommandOptions(text: string, keys: KeyRules, work: WorkMeter): string {
  if (!text.includes(' -') && !text.startsWith('-')) return text;
  let out = '';
  let copied = 0;
  OPTION.lastIndex = 0;
  for (let found = OPTION.exec(text); found; found = OPTION.exec(text)) {
    work.charge(STEPS_PER_OPTION);
    const [all, option = '', gap = '', value = ''] = found;
    const end = found.index + all.length;
    const clean = isOwner(text, found.index, option, value)
      ? value
      : cleanValue(option, gap, value, text.slice(end, end + 3), keys);
    if (clean === value) {
      OPTION.lastIndex = end - value.length; // options may be in the value: `sh -c 'deploy --token x'`
      continue;
    }
    out += text.slice(copied, end - value.length) + clean;
    copied = end;
  }
  return copied === 0 ? text : out + text.slice(copied);
}

/** `docker run -u 1000:1000`: a user and a group of the system. */
function isOwner(text: string, at: number, option: string, value: string): boolean {
  return (
    USER.test(option) &&
    /^\d{1,6}:\d{1,6}$/.test(value) &&
    /\b(?:docker|podman|nerdctl|buildah)\b[^\r\n|;&]{0,200}$/.test(text.slice(Math.max(0, at - 220), at))
  );
}

function cleanValue(option: string, gap: string, value: string, next: string, keys: KeyRules): string {
  const quote = value.charAt(0) === "'" || value.charAt(0) === '"' ? value.charAt(0) : '';
  if (value.startsWith('[Filtered', quote.length)) return value;
  if (USER.test(option)) return withoutPassword(value, quote);
  if (COOKIE.test(option)) return quote && value.includes('=') ? `${quote}${FILTERED}${quote}` : value;
  const { rule, descriptive } = keys.of(option);
  if (!rule || WITHOUT_VALUE.test(option) || (option.charAt(1) !== '-' && option.length < 5)) return value;
  const bare = unquoted(value, quote).replace(/[\])]{1,4}$/, '');
  return isMetavariable(value.replace(/[\],;]{1,4}$/, ''), option) ||
    (TYPE.test(value) && MANUAL.test(next)) ||
    (gap.length > 1 && /^[A-Z]?[a-z']+$|^[A-Z]{2,6}$/.test(value) && /^ [A-Za-z[(]/.test(next)) ||
    isKeyFile(bare) ||
    (PASS_SOURCE.test(bare) && /pass/.test(option)) ||
    (option === '--secret' && MOUNT.test(bare)) ||
    (gap !== '=' && SENTENCE.test(value)) ||
    descriptive?.test(bare) ||
    isPlaceholder(bare)
    ? value
    : `${quote}${FILTERED}${quote}`;
}

/** The word after an option, in a list of command-line words. */
export function scrubOptionValue(option: string, word: string, keys: KeyRules): string {
  if (option.charCodeAt(0) !== 45 || word.charCodeAt(0) === 45 || word === '' || option.includes('=')) return word;
  if (USER.test(option)) return withoutPassword(word, '');
  const { rule, descriptive } = keys.of(option);
  return rule &&
    !WITHOUT_VALUE.test(option) &&
    !descriptive?.test(word) &&
    !isPlaceholder(word) &&
    !isKeyFile(word) &&
    !word.startsWith('[Filtered')
    ? FILTERED
    : word;
}

/** Options in a printed list of words: `[ 'curl', '-u', 'kim:x' ]`; those with a name of their own are assignments. */
const LISTED_USER =
  /(["'](?:-u|-U|--user|--proxy-user)["'],\s{0,8}["'][^\s"':]{1,80}:)([^"'\r\n/][^"'\r\n]{0,200})(?=["'])/g;

/** A printed list of words of which one is an option with a value joined to it: `[ 'mysqldump', '-px', 'shop' ]`. */
const LISTED_WORDS = /\[\s{0,8}(?:["'][^\s"'[\]]{1,200}["'],?\s{0,8}){2,40}\]/g;
const MAY_LIST = /["']-[a-z]{0,2}[pP]/;
const WORD = /(?<=["'])[^\s"']{1,200}(?=["'])/g;

/** The passwords of users, and of commands that have short options for them, in printed lists of command-line words. */
export function scrubListedUsers(text: string): string {
  const users = text.replace(LISTED_USER, (all: string, head: string, value: string) =>
    value.startsWith('[Filtered') || isPlaceholder(value) ? all : head + FILTERED,
  );
  if (!MAY_LIST.test(users)) return users;
  return users.replace(LISTED_WORDS, (list) => {
    const words = list.match(WORD)?.filter((word) => word !== ',') ?? [];
    const clean = scrubShortOptions(words.join(' ')).split(' ');
    let at = 0;
    return clean.length === words.length
      ? list.replace(WORD, (word) => (word === ',' ? word : (clean[at++] ?? word)))
      : list;
  });
}

/** An option that has no value: `--no-token`, `--password-stdin`. */
export function isSwitch(option: string): boolean {
  return WITHOUT_VALUE.test(option);
}

/** `name:password`: removes the password, keeps the name. */
function withoutPassword(value: string, quote: string): string {
  const colon = value.indexOf(':');
  if (colon === -1 || value.startsWith('<') || value.startsWith('[Filtered', colon + 1)) return value;
  if (value.startsWith('//', colon + 1)) return value;
  const password = unquoted(value.slice(colon + 1), quote).replace(/^["']|["']$/g, '');
  if (/^(?:password|pass|passwd)$/i.test(password) && /^(?:user|username)$/i.test(value.slice(quote.length, colon)))
    return value; // of a manual
  if (password === '' || isPlaceholder(password)) {
    const user = value.slice(quote.length, colon);
    // `-u "token:"`: some services expect the key as the name
    return password === '' && user.length >= 12 ? `${quote}${FILTERED}:${quote}` : value;
  }
  return `${value.slice(0, colon + 1)}${FILTERED}${quote}`;
}

function unquoted(value: string, quote: string): string {
  const start = quote && value.startsWith(quote) ? 1 : 0;
  return value.slice(start, quote && value.endsWith(quote) ? -1 : undefined);
}
