/** Numbers of persons that have check digits; without them a number of this length may be anything. */
interface NationalId {
  readonly form: RegExp;
  readonly isValid: (compact: string) => boolean;
}

const weighted = (digits: string, weights: readonly number[]): number =>
  weights.reduce((sum, weight, at) => sum + weight * Number(digits.charAt(at)), 0);
const mod97 = (digits: string): number => {
  let rest = 0;
  for (const digit of digits) rest = (rest * 10 + Number(digit)) % 97;
  return rest;
};

export const NATIONAL_IDS: readonly NationalId[] = [
  // Spain: eight digits, or X, Y, Z and seven, and a letter
  {
    form: /(?<![\w-])[XYZ\d]\d{7}-?[A-Z](?!\w)/g,
    isValid: (id) =>
      'TRWAGMYFPDXBNJZSQVHLCKE'.charAt(
        Number(id.slice(0, 8).replace(/[XYZ]/, (letter) => String('XYZ'.indexOf(letter)))) % 23,
      ) === id.charAt(8),
  },
  // Brazil
  {
    form: /(?<![\w.-])\d{3}\.?\d{3}\.?\d{3}-?\d{2}(?![\w.-])/g,
    isValid: (id) => {
      const check = (count: number): number =>
        ((weighted(
          id,
          Array.from({ length: count }, (_, at) => count + 1 - at),
        ) *
          10) %
          11) %
        10;
      return !/^(\d)\1+$/.test(id) && check(9) === Number(id.charAt(9)) && check(10) === Number(id.charAt(10));
    },
  },
  // China
  {
    form: /(?<![\w-])[1-9]\d{5}(?:19|20)\d{9}[\dX](?!\w)/g,
    isValid: (id) =>
      '10X98765432'.charAt(weighted(id, [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]) % 11) === id.charAt(17),
  },
  // Poland
  {
    form: /(?<![\w.-])\d{11}(?![\w.-])/g,
    isValid: (id) =>
      (10 - (weighted(id, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10)) % 10 === Number(id.charAt(10)) &&
      /^\d\d(?:[02468][1-9]|[13579][0-2])(?:0[1-9]|[12]\d|3[01])/.test(id),
  },
  // Norway
  {
    form: /(?<![\w.-])[0-7]\d[01]\d{3} ?\d{5}(?![\w.-])/g,
    isValid: (id) => {
      const first = (11 - (weighted(id, [3, 7, 6, 1, 8, 9, 4, 5, 2]) % 11)) % 11;
      const second = (11 - (weighted(id, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11)) % 11;
      return first === Number(id.charAt(9)) && second === Number(id.charAt(10));
    },
  },
  // France
  {
    form: /(?<![\w-])[12] ?\d{2} ?[01]\d ?\d{2} ?\d{3} ?\d{3} ?\d{2}(?!\w)/g,
    isValid: (id) => 97 - mod97(id.slice(0, 13)) === Number(id.slice(13)),
  },
  // Belgium
  {
    form: /(?<![\w.-])\d{2}\.\d{2}\.\d{2}-\d{3}\.\d{2}(?![\w.-])/g,
    isValid: (id) =>
      [id.slice(0, 9), `2${id.slice(0, 9)}`].some((digits) => 97 - mod97(digits) === Number(id.slice(9))),
  },
  // Finland
  {
    form: /(?<![\w-])\d{6}[-+A]\d{3}[\dA-Y](?!\w)/g,
    isValid: (id) =>
      '0123456789ABCDEFHJKLMNPRSTUVWXY'.charAt(Number(id.slice(0, 6) + id.slice(-4, -1)) % 31) === id.slice(-1),
  },
];
