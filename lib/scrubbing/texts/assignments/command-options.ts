import { FILTERED } from '../../markers/marker.js';
import { isMetavariable, isPlaceholder } from '../../markers/placeholders.js';
import type { KeyRules } from '../../names/key-rules.js';

const OPTION = /(?<![\w-])(--?[A-Za-z][\w-]{0,60})([ \t]{1,4}|=)('[^'\r\n]+'?|"[^"\r\n]+"?|[^\s'"-][^\s]*)/g;
const USER = /^(?:-u|--user|--proxy-user)$/;
/** Read from elsewhere: the next word is something else. */
const WITHOUT_VALUE =
  /-(?:stdin|prompt|ask|warning|warnings)$|^--?(?:no|skip|disable|enable|without|ignore|hide|show|ask|prompt|list|check|verify)-/;
/** `--token string   Bearer token for …`, in a manual. */
const TYPE = /^(?:string|strings|stringArray|file|path|value|int|duration|secret|password|token|key|bytes)$/;
const MANUAL = /^(?: {2}|\t)/;
const COOKIE = /^(?:-b|--cookie)$/;

/** Command lines: `--password x`, `-ClientSecret 'x'`, `--user name:x`, and the short options of known commands. */
export function scrubCommandOptions(text: string, keys: KeyRules): string {
  if (!text.includes(' -') && !text.startsWith('-')) return text;
  return text.replace(OPTION, (all: string, option: string, gap: string, value: string, at: number) => {
    const quote = value.charAt(0) === "'" || value.charAt(0) === '"' ? value.charAt(0) : '';
    if (value.startsWith('[Filtered', quote.length)) return all;
    if (USER.test(option)) return `${option}${gap}${withoutPassword(value, quote)}`;
    if (COOKIE.test(option)) return quote && value.includes('=') ? `${option}${gap}${quote}${FILTERED}${quote}` : all;
    if (!keys.of(option).rule || WITHOUT_VALUE.test(option) || (option.charAt(1) !== '-' && option.length < 5))
      return all;
    if (
      isMetavariable(value.replace(/[\],;]{1,4}$/, ''), option) ||
      (TYPE.test(value) && MANUAL.test(text.slice(at + all.length, at + all.length + 3)))
    )
      return all;
    return isPlaceholder(unquoted(value, quote).replace(/[\])]{1,4}$/, ''))
      ? all
      : `${option}${gap}${quote}${FILTERED}${quote}`;
  });
}

/** The word after an option, in a list of command-line words. */
export function scrubOptionValue(option: string, word: string, keys: KeyRules): string {
  if (option.charCodeAt(0) !== 45 || word.charCodeAt(0) === 45 || word === '' || option.includes('=')) return word;
  if (USER.test(option)) return withoutPassword(word, '');
  return keys.of(option).rule && !WITHOUT_VALUE.test(option) && !isPlaceholder(word) && !word.startsWith('[Filtered')
    ? FILTERED
    : word;
}

/** `name:password`: removes the password, keeps the name. */
function withoutPassword(value: string, quote: string): string {
  const colon = value.indexOf(':');
  if (colon === -1 || value.startsWith('<') || value.startsWith('[Filtered', colon + 1)) return value;
  if (value.startsWith('//', colon + 1)) return value;
  const password = unquoted(value.slice(colon + 1), quote).replace(/^["']|["']$/g, '');
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
