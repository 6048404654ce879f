import { FILTERED, isMarker } from '../../markers/marker.js';
import { isPlaceholder } from '../../markers/placeholders.js';
import type { KeyRules } from '../../names/key-rules.js';
import { mixes } from './mixed-values.js';

/** A cheap test for what every form contains. */
const MAY_CONFIGURE =
  /\bstats[ \t]{1,4}auth|insecure-password|snmp-server|\br[ow]community|\bcache_peer\b|\b(?:password|secret|key) [057] |\b(?:radius|tacacs)[+]?[- ]|\bauth-pass |\buser \S{1,60} o(?:n|ff) |set_header|_param[ \t]|RequestHeader|SetEnv|(?:[pP]assword|passphrase)[ \t]{1,4}["']|[_-](?:pw|pass|password|passwd|secret|token|key)[ \t]/;
/** A secret that has its place in a line, by what is before it. */
const PLACED: readonly RegExp[] = [
  // HAProxy: `stats auth admin:x`, `user kim insecure-password x`
  /(\bstats[ \t]{1,4}auth[ \t]{1,4}[^\s:"']{1,60}:)([^\s"']{1,200})/g,
  /(\binsecure-password[ \t]{1,4}["']?)([^\s"']{1,200})/g,
  // Redis: `sentinel auth-pass mymaster x`, `user app on >x ~*`
  /(\bauth-pass[ \t]{1,4}[\w.-]{1,60}[ \t]{1,4}["']?)([^\s"']{3,200})/g,
  /(\buser[ \t]{1,4}\S{1,60}[ \t]{1,4}(?:on|off)[ \t]{1,4}(?:[\w-]{1,40}[ \t]{1,4}){0,3}[>#])(\S{1,200})/g,
  // Squid: `cache_peer host parent 3128 0 login=kim:x`
  /(\bcache_peer[ \t][^\r\n]{0,200}?[ \t]login=[^\s:]{1,80}:)(\S{1,200})/g,
  // network devices
  /(\bsnmp-server community[ \t]{1,4})(\S{3,64})/g,
  /(\br[ow]community6?[ \t]{1,4})(\S{3,64})/g,
  /(\b(?:password|secret|key) 7[ ]{1,4})((?:[\dA-F]{2}){4,100})(?!\w)/g,
  /(\b(?:password|secret|key) [05][ ]{1,4})((?=\S{0,60}\d)(?=\S{0,60}[A-Za-z])\S{6,200})/g,
  /(\b(?:radius|tacacs\+?)[- ](?:server|host)[ \t][^\r\n]{0,100}?[ \t]key[ \t]{1,4}(?!\d[ \t]))(\S{3,128})/g,
  // Gradle and Groovy: `password 'x'` in a line of its own
  /((?:^|[\r\n])[ \t]{1,16}(?:(?:store|key)?[pP]assword|passphrase)[ \t]{1,4}["'])(?!(?:required|optional|missing|invalid|string|text|empty|true|false)["'])([^"'\r\n]{1,200})(?=["'][ \t]{0,4}(?:[\r\n]|$))/g,
];
/** A header or a variable that a web server sets, without quotes around the value. */
const SET =
  /(\b(?:(?:proxy|grpc|more|fastcgi|uwsgi|scgi)_(?:set_headers?|param|set_input_headers)|RequestHeader[ \t]{1,4}(?:set|add|append)|SetEnv)[ \t]{1,8})([A-Za-z][\w-]{2,60})([ \t]{1,8})([^\s"';$%][^\s;"']{2,400})/g;
/** A line that consists of a name of several words and a value: `remote_password x`. */
const LINE =
  /((?:^|[\r\n])[ \t]{0,8})([A-Za-z]\w{0,40}[_-][\w-]{2,60})([ \t]{1,8})([^\s;:=|]{6,200})(?=;?[ \t]{0,4}(?:[\r\n]|$))/g;
const NUMBER = /^[\d.eE+-]+$/;

/** Secrets in the files of servers and network devices, which have no sign between a name and its value. */
export function scrubConfigurationLines(text: string, keys: KeyRules): string {
  if (!MAY_CONFIGURE.test(text)) return text;
  const placed = PLACED.reduce((out, form) => out.replace(form, replaced), text);
  return placed
    .replace(SET, (all, command: string, name: string, gap: string, value: string) =>
      isSecretName(keys, name, value) ? replaced(all, command + name + gap, value) : all,
    )
    .replace(LINE, (all, indent: string, name: string, gap: string, value: string) =>
      mixes(value) && !NUMBER.test(value) && isSecretName(keys, name, value)
        ? replaced(all, indent + name + gap, value)
        : all,
    );
}

function isSecretName(keys: KeyRules, name: string, value: string): boolean {
  const { headerRule, descriptive } = keys.of(name);
  return headerRule !== undefined && descriptive?.test(value) !== true;
}

function replaced(all: string, head: string, value: string): string {
  return isMarker(value) || value.startsWith('[Filtered') || isPlaceholder(value) ? all : head + FILTERED;
}
