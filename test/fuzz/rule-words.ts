import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const RULES = join(__dirname, '../../lib/scrubbing');
/** Texts and regular expressions in source code. A regular expression begins where no value has ended. */
const LITERAL =
  /'((?:[^'\\\n]|\\.)+)'|"((?:[^"\\\n]|\\.)+)"|`((?:[^`\\]|\\.)+)`|(?<=[=(,:[?&|!;{}]\s{0,8}|return )\/((?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)+\])+)\/[a-z]*/g;
/** What a regular expression has besides the characters that it matches as they are. */
const OPERATORS =
  /\[(?:[^\]\\]|\\.)*\]|\{\d+(?:,\d*)?\}|\(\?(?:[:=!]|<[=!]|<\w+>)|\\[pPu]\{[^}]*\}|\\[a-zA-Z]|[()|*+?^$]|\$\{[^}]*\}/;
const MAX_LENGTH = 60;

/**
 * What the rules look for, read from their source: every text, and every run of characters of every regular expression.
 * So a new rule is in the inputs as soon as it exists.
 */
export function ruleWords(): string[] {
  const words = new Set<string>();
  for (const file of ruleFiles()) for (const word of wordsOf(readFileSync(file, 'utf8'))) words.add(word);
  return [...words].sort();
}

/** The files with rules. */
export function ruleFiles(): string[] {
  return ['texts', 'names', 'walk', 'markers'].flatMap((folder) =>
    readdirSync(join(RULES, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => join(RULES, folder, name)),
  );
}

export function wordsOf(source: string): string[] {
  const code = source
    .replace(/^import[\s\S]*?;$/gm, '')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/^\s*\/\/.*$/gm, '');
  return [...code.matchAll(LITERAL)].flatMap(([, single, double, template, pattern]) => {
    const text = single ?? double ?? template;
    const parts = (text ?? pattern ?? '').split(OPERATORS).map(unescaped);
    return [...(text === undefined ? [] : [unescaped(text)]), ...parts].filter(
      (word) => word.trim().length > 0 && word.length <= MAX_LENGTH,
    );
  });
}

const WHITE_SPACE: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

function unescaped(text: string): string {
  return text.replace(/\\(.)/g, (_all, escaped: string) => WHITE_SPACE[escaped] ?? escaped);
}
