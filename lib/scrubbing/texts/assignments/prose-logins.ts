import type { WorkMeter } from '../../limits/work-meter.js';
import { FILTERED } from '../../markers/marker.js';
import { isPlaceholder } from '../../markers/placeholders.js';
import { mixes } from './mixed-values.js';

/** `cannot decrypt the payload with key x`; the key of a signature may be its public id. */
const KEY_USED =
  /(\b(?:[eE]n|[dD]e)crypt\w{0,5}\b[^\r\n:]{0,60}?\b(?:with|using|by)(?: the| this| your)? (?:[a-z]{2,12} )?(?:key|secret):? ["'`]?)([^\s"'`,;()<>[\]{}|]{12,200})/g;
/** `login kim/x`, `logged in as kim/x` */
const USER_SLASH =
  /(\b[lL]og(?: in|in|on|ged in|ging in)(?: as| for| with)?:? [\w@.+-]{1,64} ?\/ ?)([^\s"'`,;()<>[\]{}|/]{8,200})(?![/\w])/g;
/** `kim/x login refused`; a path has no signs beside those that join words. */
const REFUSED =
  /((?<![\w./@:-])[\w@.+-]{1,64}\/)((?=[^\s"'`,;()<>[\]{}|/]{0,200}[^\w\s.-])[^\s"'`,;()<>[\]{}|/]{6,200})(?= (?:login|log-?in|sign-?in|logon|authentication) (?:was |has been )?(?:refused|failed|denied|rejected)\b)/g;
/** `signed in with x`: the name of a provider has no signs, and fewer digits. */
const SIGNED_IN =
  /(\b(?:[sS]igned|[lL]ogged)[ -]in(?: as \S{1,64})? (?:with|using) ["'`]?)([^\s"'`,;()<>[\]{}|/]{8,200})/g;
/** `basic auth kim:x`, `my pass is x` */
const BASIC_USER =
  /(\b[bB]asic[ -]?[aA]uth(?:entication)?(?: (?:as|for|with|using|user))?:? [\w@.+-]{1,64}:)([^\s"'`,;()<>[\]{}|/]{6,200})/g;
const PASS_IS = /(\bpass (?:is|was|is now) ["'`]?)([^\s"'`,;()<>[\]{}|/]{6,200})/g;
const MAY_LOG_IN = /crypt|[aA]uth|\bpass (?:is|was)|[lL]og(?: in|in|on|ged in|ging in)\b|[sS]igned?[ -]in/;
const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;
const TITLE = /^[A-Za-z]+[-_.]?\d{1,4}$|^[A-Z]\w{0,30}Provider\d?$/;

/** Sentences in which a secret has no name of its own. */
export function scrubProseLogins(text: string, work: WorkMeter): string {
  if (!MAY_LOG_IN.test(text)) return text;
  return work
    .read(text, 12)
    .replace(KEY_USED, replaced)
    .replace(USER_SLASH, replaced)
    .replace(REFUSED, replaced)
    .replace(SIGNED_IN, replaced)
    .replace(BASIC_USER, replaced)
    .replace(PASS_IS, replaced);
}

function replaced(all: string, head: string, received: string): string {
  const value = received.replace(/[.!?]+$/, '');
  return mixes(value) &&
    !UUID.test(value) &&
    !TITLE.test(value) &&
    !value.includes('[Filtered') &&
    !isPlaceholder(value)
    ? head + FILTERED + received.slice(value.length)
    : all;
}
