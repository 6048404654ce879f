import { FILTERED } from '../../markers/marker.js';
import { isPlaceholder } from '../../markers/placeholders.js';

const VALUE = '(\'[^\'\\r\\n]{1,200}\'|"[^"\\r\\n]{1,200}"|[^\\s\'"-][^\\s]*)';
/** One-letter options that take a password, by command; `-p` of another command is a port. */
const OF_COMMAND: readonly (readonly [command: string, option: RegExp])[] = [
  ['mysql|mysqldump|mysqladmin|mariadb|mariadb-dump', new RegExp(`([ \\t]-p)${VALUE}`, 'g')],
  ['sshpass', new RegExp(`([ \\t]-p[ \\t]{0,3})${VALUE}`, 'g')],
  [
    '(?:docker|podman|nerdctl|helm|oc|az|buildah|skopeo)[ \\t][^\\r\\n]{0,40}login',
    new RegExp(`([ \\t]-p[ \\t]{1,3})${VALUE}`, 'g'),
  ],
  ['mongo|mongosh|mongodump|mongorestore|mongoexport', new RegExp(`([ \\t]-p[ \\t]{1,3})${VALUE}`, 'g')],
  ['redis-cli', new RegExp(`([ \\t]-a[ \\t]{1,3})${VALUE}`, 'g')],
  ['sqlcmd|bcp|isql', new RegExp(`([ \\t]-P[ \\t]{0,3})${VALUE}`, 'g')],
  ['ldapsearch|ldapmodify|ldapadd|ldapwhoami', new RegExp(`([ \\t]-w[ \\t]{1,3})${VALUE}`, 'g')],
  ['curl', /([ \t]-u[^\s:'"-][^\s:'"]{0,80}:)([^\s'"]+)/g],
];
const COMMAND = new RegExp(`(?<![\\w.-])(?:${OF_COMMAND.map(([command]) => `(${command})`).join('|')})(?=[ \\t])`, 'g');

/** `mysql -px`, `sshpass -p x`, `docker login -p x`, `redis-cli -a x`; reads each line once. */
export function scrubShortOptions(text: string): string {
  let out = '';
  let copied = 0;
  COMMAND.lastIndex = 0;
  for (let found = COMMAND.exec(text); found; found = COMMAND.exec(text)) {
    const from = found.index + found[0].length;
    const end = endOfCommand(text, from);
    const option = OF_COMMAND[found.slice(1).findIndex(Boolean)]?.[1];
    const line = text.slice(from, end);
    const clean = option ? line.replace(option, replaced) : line;
    if (clean !== line) {
      out += text.slice(copied, from) + clean;
      copied = end;
    }
    COMMAND.lastIndex = Math.max(end, from);
  }
  return copied === 0 ? text : out + text.slice(copied);
}

function replaced(all: string, head: string, value: string): string {
  const quote = /^['"]/.test(value) ? value.charAt(0) : '';
  const bare = value.slice(quote.length, quote ? -1 : undefined);
  return bare.startsWith('[Filtered') || isPlaceholder(bare) ? all : `${head}${quote}${FILTERED}${quote}`;
}

/** The end of the line; a backslash at its end continues it. */
function endOfCommand(text: string, from: number): number {
  for (let at = text.indexOf('\n', from); at !== -1; at = text.indexOf('\n', at + 1)) {
    if (text.charCodeAt(at - 1) !== 92) return at;
  }
  return text.length;
}
