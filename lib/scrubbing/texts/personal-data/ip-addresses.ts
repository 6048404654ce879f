import { isIP, isIPv6 } from 'node:net';
import type { WorkMeter } from '../../limits/work-meter.js';
import { isMarker, marker } from '../../markers/marker.js';

const OCTET = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
/** Four octets outside longer numbers, versions (`Chrome/120.0.0.0`, `v1.2.3.4`) and names. */
const IPV4 = new RegExp(`(?<![\\w.@-]|[A-Za-z]/)${OCTET}(?:\\.${OCTET}){3}(?![\\w]|[.-]\\w)`, 'g');
/** A run of hex groups and colons, optionally with an IPv4 tail; validated by Node.js. */
const IPV6 = /(?<![\w:.])[\dA-Fa-f:]{2,39}(?:(?:\.\d{1,3}){3})?(?![\w:]|\.\d)/g;

/** What every such address contains: a clock (`12:30`) and the members of a printed object do not. */
const MAY_BE_IPV6 = /::|[\dA-Fa-f]:[\dA-Fa-f]{1,4}:/;

const STEPS_PER_ADDRESS = 150;
const VERSION =
  /(?:\b(?:v|ver|versions?|release|build|revision|firmware|driver|assembly)[ :=/]{1,2}|\b[A-Za-z]{2,20} v)$/i;

/** `version 1.2.3.4`: as long as an address, but a word before it says what it is. */
function isVersion(text: string, at: number): boolean {
  return VERSION.test(text.slice(Math.max(0, at - 24), at));
}

/**
 * Replaces IP addresses, except networks, versions such as `120.0.0.0`, and the unspecified address.
 *
 * @param whole - the text is an address and nothing else, so that names need not be told from addresses
 */
export function scrubAddresses(
  text: string,
  replace: (address: string) => string,
  work: WorkMeter,
  whole: boolean,
): string {
  let out = text;
  if (MAY_BE_IPV6.test(out)) {
    out = out.replace(IPV6, (found) => {
      work.charge(STEPS_PER_ADDRESS);
      return (whole || !isName(found)) && (found.includes('::') || found.length >= 15) && isAddress(found)
        ? replace(found)
        : found;
    });
  }
  return out.includes('.')
    ? out.replace(IPV4, (found, at: number) => {
        work.charge(STEPS_PER_ADDRESS);
        return found.endsWith('.0.0.0') || isVersion(out, at) ? found : replace(found);
      })
    : out;
}

/** Removes the value of an IP address field if it is neither an address nor `{{auto}}`, Sentry's request to infer it. */
export function wholeAddress(text: string): string {
  if (text === '' || text === '{{auto}}' || isMarker(text)) return text;
  const bare = text.length > 60 ? '' : text.trim().replace(/^\[([^\]]*)\](?::\d{1,5})?$/, '$1');
  return isIP(bare) || isIP(bare.replace(/:\d{1,5}$/, '')) ? text : marker('ip');
}

/** `Cafe::Bad`, `::add-mask::`, `A1::B2`: parts of a name that happen to be hexadecimal digits. */
function isName(found: string): boolean {
  if (!found.includes('::')) return false;
  if (!/\d/.test(found)) return true;
  const groups = found.split(':').filter((group) => group !== '');
  return groups.length < 3 && !found.startsWith('::') && (groups[0] ?? '').length < 3;
}

function isAddress(found: string): boolean {
  return found !== '::' && isIPv6(found);
}
