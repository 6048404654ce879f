/** Which kinds of rules hold for a text; a place in an event combines them. */

/** Keys of providers, JWT, PEM, credentials in URLs, authentication schemes, own patterns. */
export const SECRETS = 1;
/** `password=…`, cookies, XML elements, command line options, SQL literals. */
export const ASSIGNMENTS = 2;
/** Cards, SSN, IBAN. */
export const NUMBERS = 4;
export const EMAILS = 8;
export const ADDRESSES = 16;
/** JSON inside the text is parsed and put back. */
export const DOCUMENTS = 32;
/** The text is source code: of assignments only quoted values that look random. */
export const CODE = 64;

/** The text is a list of cookies: `a=1; b=2`. */
export const COOKIES = 128;
/** The field holds an address and nothing else: what is no address goes, too, as in Relay. */
export const WHOLE_ADDRESS = 256;

/** Everything: data of the application and of its users. */
export const OPEN = SECRETS | ASSIGNMENTS | NUMBERS | EMAILS | ADDRESSES | DOCUMENTS;
/** A sentence: addresses in it are those of the own backend, as in Relay. */
export const MESSAGE = OPEN & ~ADDRESSES;
/** Names and ids that debugging needs: only what is a secret by its form. */
export const NAME = SECRETS;
/** Source lines. */
export const SOURCE = SECRETS | ASSIGNMENTS | NUMBERS | EMAILS | CODE;
