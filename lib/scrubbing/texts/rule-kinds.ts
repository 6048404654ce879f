/** Which kinds of rules apply to a text, as bits: the context of each field combines them. */

/** Keys of providers, JWT, PEM, credentials in URLs, authentication schemes, custom patterns. */
export const SECRETS = 1;
/** `password=…`, cookies, XML elements, command line options, SQL literals. */
export const ASSIGNMENTS = 2;
/** Cards, SSN, IBAN. */
export const NUMBERS = 4;
export const EMAILS = 8;
export const ADDRESSES = 16;
/** JSON inside the text is parsed and put back. */
export const DOCUMENTS = 32;
/** The text is source code: assignments are only matched if their value is quoted and looks random. */
export const CODE = 64;

/** The text is a list of cookies: `a=1; b=2`. */
export const COOKIES = 128;
/** The field holds an IP address and nothing else: anything that is not one is removed, too, as in Relay. */
export const WHOLE_ADDRESS = 256;

/** Everything: data of the application and of its users. */
export const OPEN = SECRETS | ASSIGNMENTS | NUMBERS | EMAILS | ADDRESSES | DOCUMENTS;
/** A message: IP addresses in it belong to the backend itself and are kept, as in Relay. */
export const MESSAGE = OPEN & ~ADDRESSES;
/** Names and ids that debugging needs: only secrets recognized by their format are removed. */
export const NAME = SECRETS;
/** Source lines. */
export const SOURCE = SECRETS | ASSIGNMENTS | NUMBERS | EMAILS | CODE;
