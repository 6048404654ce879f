// In a file of their own: events contain the lines of code around a frame.
export const ANNA = 'anna@shop.example';
export const TAKEN = 'customer-1@shop.example';
/** In place of an e-mail: nothing but its place tells that it is a value. */
export const UNMARKED = 'taken-by-nobody-else';
export const LITERALS = "SELECT 'literal-value' AS word, 471147114711 AS number";
export const BROKEN = "SELEC 'secret-in-syntax'";
export const updateOf = (table: string) => `UPDATE ${table} SET article = 'secret-article' WHERE id > 100`;

export const PLAIN_MAIL = 'anna@plain.example';
/** Drivers escape the quote. */
export const PLAIN_QUOTED = `it's ${PLAIN_MAIL}`;
export const PLAIN_LITERALS = "SELECT 'literal-of-plain' AS word, 42 AS number";
export const PLAIN_INSERT = `INSERT INTO no_such_table_of_plain (mail) VALUES ('${PLAIN_MAIL}')`;
export const PLAIN_UNMARKED = 'sent-by-nobody-else';
