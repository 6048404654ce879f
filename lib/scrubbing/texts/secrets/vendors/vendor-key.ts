/**
 * A key that its form alone gives away.
 *
 * The form is the source of a regular expression: it begins with literal characters, and every repetition has an upper
 * bound or runs to the end of one class of characters. The example is a template, so that no key stands in this
 * repository: `{x36}` stands for 36 characters of a class (a, A: lower or upper case and digits; l: lower case; x:
 * letters and digits; w: also `_` and `-`; h, H: hexadecimal; d: digits; b: base64), `{uuid}` for a UUID.
 */
export type VendorKey = readonly [name: string, form: string, example: string, source: string];
