import { COLON, isTight } from './assignment-separator.js';

/** Passwords of several words, which end with their line or their pair. */

const OF_WORDS =
  /(?:^|[a-z_.-])(?:password|passwd|passphrase|pwd|mnemonic|(?:seed|recovery|backup|secret|mnemonic)[ _-]?(?:phrase|words))$/i;
/** Nothing but words up to the end of the line. */
const WORDS = /[A-Za-z]{1,30}(?:[ \t][^\s"'`:;=,<>(){}[\]|&]{1,40}){1,12}(?=[ \t]{0,8}(?:[\r\n]|$))/y;
/** `Password=open sesame;X=1` */
const PAIR = /[^\s;"'`=<>&{}][^;\r\n"'`=<>&{}]{0,80}(?=;\s{0,2}(?:[A-Za-z][\w .-]{0,40}=|$))/y;
const VERB =
  /^(?:\S{1,40} ){0,2}(?:must|is|are|was|were|be|should|shall|cannot|can|could|may|will|would|has|have|had|does|do|did|not|no|needs?|required|requires|invalid|incorrect|wrong|expired|failed|failure|missing|mismatch|denied|refused|rejected|locked|changed|updated|reset|sent|set|too|contains?|characters?|expected|received|matches|does|used|uses?|to use|for|field|minimum|maximum|length|strength)\b/i;
const CLASS = /^[A-Z]\w{0,60}(?:Error|Exception)\b/;

/** Where a password of several words ends that begins here; -1 if it is a single word, or a sentence about it. */
export function endOfWords(text: string, separator: number, name: string, start: number): number {
  if (!OF_WORDS.test(name)) return -1;
  const tight = isTight(text, separator, start);
  if (tight) {
    PAIR.lastIndex = start;
    if (PAIR.test(text)) return PAIR.lastIndex;
  } else if (text.charCodeAt(separator) !== COLON || start === separator + 1) return -1;
  WORDS.lastIndex = start;
  if (!WORDS.test(text)) return -1;
  const words = text.slice(start, WORDS.lastIndex);
  return VERB.test(words) || CLASS.test(words) ? -1 : start + words.length;
}
