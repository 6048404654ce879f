import { parseDocument } from './json-document.js';
import { marker } from '../../markers/marker.js';

/** JSON objects in base64 begin so: `{"`, `{\r\n`, `{\n `. A JSON Web Token goes on behind a dot and is no such run. */
const RUN = /(?<![\w.+/-])(?:eyJ|ew0K|ewog)[\w+/-]{20,}={0,2}(?![\w.+/=-])/g;

/** A document in base64 goes as a whole where anything in it would have to. */
export function scrubBase64Documents(text: string, scrub: (document: string) => string): string {
  return text.replace(RUN, (run) => {
    const decoded = Buffer.from(run, 'base64').toString();
    if (typeof parseDocument(decoded) !== 'object') return run;
    return scrub(decoded) === decoded ? run : marker('base64');
  });
}
