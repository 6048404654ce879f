/** Characters of the classes in a form: `ghp_{x36}` is `ghp_` and 36 letters or digits. */
const CLASSES: Record<string, string> = {
  a: 'bcdfghjkmnpqrstvwz23456789',
  A: 'BCDFGHJKMNPQRSTVWXZ234567',
  l: 'bcdefghijkmnoprstuvwyz',
  x: 'bcdfghjkmnpqrstvwzBCDFGHJKMNPQRSTVWXZ23456789',
  w: 'bcdfghjkmnpqrstvwzBCDFGHJKMNPQRSTVWXZ23456789_-',
  h: '0123456789abcdef',
  H: '0123456789ABCDEF',
  d: '1234567890',
  b: 'bcdfghjkmnpqrstvwzBCDFGHJKMNPQRSTVWXZ23456789+/',
};

/** A value of this form, the same one in every run, with a digit in the first ten characters of each class. */
export function sample(form: string, seed = 1): string {
  let state = (seed * 2654435761) >>> 0;
  const next = (below: number): number => {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 374761393) >>> 0;
    return state % below;
  };
  const pick = (name: string, count: number): string =>
    Array.from({ length: count }, (_, at) => {
      const signs = CLASSES[name] as string;
      const digits = signs.replace(/\D/g, '');
      return at === 4 && digits ? digits.charAt(next(digits.length)) : signs.charAt(next(signs.length));
    }).join('');
  return form
    .replaceAll('{uuid}', '{h8}-{h4}-4{h3}-a{h3}-{h12}')
    .replace(/\{([a-zA-Z])(\d+)\}/g, (_all, name: string, count: string) => pick(name, Number(count)));
}
