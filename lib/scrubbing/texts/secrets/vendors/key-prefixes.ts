/** Longer beginnings say no more: four characters tell nearly every key from a word. */
const MAX_PREFIX = 4;
const MAX_CLASS = 12;
const DIGITS = '0 1 2 3 4 5 6 7 8 9'.split(' ');

/**
 * The literal characters with which a form begins, up to four, one entry for each alternative: `sk_l` and `sk_t` for
 * `sk_(?:live|test)_…`. A prefix is shorter where a class with many characters or a repetition follows.
 */
export function prefixesOf(form: string): string[] {
  const prefixes = new Set<string>();
  expand(form, 0, '', prefixes);
  return [...prefixes];
}

function expand(form: string, from: number, prefix: string, prefixes: Set<string>): void {
  if (prefix.length === MAX_PREFIX || from >= form.length) {
    prefixes.add(prefix.slice(0, MAX_PREFIX));
    return;
  }
  if (form.startsWith('(?<', from) || form.startsWith('(?=', from) || form.startsWith('(?!', from)) {
    expand(form, closing(form, from) + 1, prefix, prefixes);
    return;
  }
  const { parts, end } = atom(form, from);
  const quantifier = /^(?:\?|\*|\+|\{(\d+)(?:,\d*)?\})/.exec(form.slice(end));
  const next = end + (quantifier?.[0].length ?? 0);
  const least = quantifier ? Number(quantifier[1] ?? (quantifier[0] === '+' ? 1 : 0)) : 1;
  if (least === 0) expand(form, next, prefix, prefixes);
  if (!parts) {
    if (least > 0) prefixes.add(prefix);
    return;
  }
  for (const part of parts) {
    if (least > 1) expandRepeated(part, parts.length === 1 ? least : 1, form, next, prefix, prefixes);
    else if (form.charAt(from) === '(') expand(part + form.slice(next), 0, prefix, prefixes);
    else expand(form, next, prefix + part, prefixes);
  }
}

/** A repeated literal is written out; of anything else repeated, the first character is known. */
function expandRepeated(
  part: string,
  least: number,
  form: string,
  next: number,
  prefix: string,
  prefixes: Set<string>,
): void {
  if (part.length === 1 && least > 1) expand(form, next, prefix + part.repeat(Math.min(least, MAX_PREFIX)), prefixes);
  else prefixes.add((prefix + part).slice(0, MAX_PREFIX));
}

/** One element of the form: the texts it may stand for, as literals or (of a group) as forms; undefined if they are many. */
function atom(form: string, from: number): { parts: string[] | undefined; end: number } {
  const first = form.charAt(from);
  if (first === '(') {
    const end = closing(form, from);
    return { parts: alternatives(form.slice(from + (form.startsWith('(?:', from) ? 3 : 1), end)), end: end + 1 };
  }
  if (first === '[') {
    const end = form.indexOf(']', from + 1);
    const repeats = /^(?:[*+{])/.test(form.slice(end + 1));
    return { parts: repeats ? undefined : members(form.slice(from + 1, end)), end: end + 1 };
  }
  if (first !== '\\') return { parts: [first], end: from + 1 };
  const escaped = form.charAt(from + 1);
  return { parts: escaped === 'd' ? DIGITS : /\w/.test(escaped) ? undefined : [escaped], end: from + 2 };
}

function members(list: string): string[] | undefined {
  const found: string[] = [];
  for (let at = 0; at < list.length; at++) {
    if (list.charAt(at) === '\\') return undefined;
    if (list.charAt(at + 1) === '-' && at + 2 < list.length) {
      for (let code = list.charCodeAt(at); code <= list.charCodeAt(at + 2); code++)
        found.push(String.fromCharCode(code));
      at += 2;
    } else found.push(list.charAt(at));
  }
  return found.length <= MAX_CLASS ? found : undefined;
}

function alternatives(group: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < group.length; at++) {
    const character = group.charAt(at);
    if (character === '\\') at++;
    else if (character === '[') at = group.indexOf(']', at);
    else if (character === '(') depth++;
    else if (character === ')') depth--;
    else if (character === '|' && depth === 0) {
      parts.push(group.slice(start, at));
      start = at + 1;
    }
  }
  return [...parts, group.slice(start)];
}

function closing(form: string, open: number): number {
  let depth = 0;
  for (let at = open; at < form.length; at++) {
    const character = form.charAt(at);
    if (character === '\\') at++;
    else if (character === '[') at = form.indexOf(']', at);
    else if (character === '(') depth++;
    else if (character === ')' && --depth === 0) return at;
  }
  return form.length;
}
