/** A value, what must not be sent of it, and what must stay. */
export type FieldCase = readonly [name: string, value: unknown, gone: readonly string[], kept: readonly string[]];

/** A made-up secret that no rule knows by its form. */
export const S = 'Marble-otter52';
