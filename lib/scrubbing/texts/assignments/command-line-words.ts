import { WorkMeter } from '../../limits/work-meter.js';
import type { KeyRules } from '../../names/key-rules.js';
import { scrubNamedWords } from './named-words.js';
import { scrubProtocolLogins } from './protocol-logins.js';
import { scrubShortOptions } from './short-options.js';

const MAX_WORDS = 200;
const MAX_LINE = 4000;
/** Steps to join the words, and to look for commands and options, for each character. */
const STEPS_PER_CHARACTER = 40;

/** The words of a command, as a list, without the passwords that the rules for command lines find. */
export function scrubCommandWords(list: readonly unknown[], keys: KeyRules, work: WorkMeter): readonly unknown[] {
  if (list.length < 2 || list.length > MAX_WORDS || !list.every((word) => typeof word === 'string' && !/\s/.test(word)))
    return list;
  const line = list.join(' ');
  if (line.length > MAX_LINE) return list;
  work.spend(line.length * STEPS_PER_CHARACTER);
  if (work.isExhausted) return list; // the list is not sent
  const ofLine = new WorkMeter(Infinity); // a line this short is always read to its end
  const clean = scrubProtocolLogins(scrubNamedWords(scrubShortOptions(line), keys), keys, ofLine);
  work.spend(ofLine.used);
  if (clean === line) return list;
  const words = clean.split(' ');
  return words.length === list.length ? words : list;
}
