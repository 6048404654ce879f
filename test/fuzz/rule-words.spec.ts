import { readFileSync } from 'node:fs';
import { STATED_FORMS } from '../../lib/scrubbing/texts/statements/stated-forms.js';
import { ruleFiles, ruleWords, wordsOf } from './rule-words.js';

/** An expression with three letters in a row, which are neither an escape nor a class. */
const FORM = /= \/(?:[^/\\[\n]|\\.)*(?<![\\\w])[a-z]{3,}[^/\n]*\/[a-z]*;/i;

describe('the words of the fuzzer', () => {
  it('are the texts and the fixed parts of the regular expressions of a rule', () => {
    const source = "const A = 'secret word';\nconst B = /(?:^|\\s)api[-_ ]?key\\s{0,4}=>(\\w+)/gi;";
    expect(wordsOf(source)).toEqual(['secret word', 'secret word', 'api', 'key', '=>']);
  });

  it('come from every file with an expression', () => {
    const silent = ruleFiles().filter((file) => {
      const source = readFileSync(file, 'utf8');
      return FORM.test(source) && wordsOf(source).length === 0;
    });
    expect(silent).toEqual([]);
    expect(ruleFiles().length).toBeGreaterThan(100);
  });

  it('hold what stands in the examples of forms, and the beginnings of keys', () => {
    const words = ruleWords().join('\n');
    expect(STATED_FORMS.filter(({ example }) => example.length < 60 && !words.includes(example))).toEqual([]);
    expect(words).toContain('github_pat_');
  });
});
