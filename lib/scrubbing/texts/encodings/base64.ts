import { STEPS_PER_EXCEPTION, type WorkMeter } from '../../limits/work-meter.js';
import { parseDocument } from './json-document.js';
import { marker } from '../../markers/marker.js';

/** JSON objects in base64 begin with `{"`, `{\r\n` or `{\n `. Excludes JSON Web Tokens, which continue after a dot. */
const RUN = /(?<![\w.+/-])(?:eyJ|ew0K|ewog)[\w+/-]{20,}={0,2}(?![\w.+/=-])/g;

/** Replaces a base64-encoded document as a whole if anything in it would be removed. */
export function scrubBase64Documents(text: string, scrub: (document: string) => string, work: WorkMeter): string {
  return text.replace(RUN, (run) => {
    const decoded = Buffer.from(run, 'base64').toString();
    if (typeof parseDocument(decoded) !== 'object') {
      work.charge(STEPS_PER_EXCEPTION);
      return run;
    }
    return scrub(decoded) === decoded ? run : marker('base64');
  });
}
