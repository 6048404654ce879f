import { FILTERED } from '../../markers/marker.js';
import { isPlaceholder } from '../../markers/placeholders.js';
import type { KeyRules } from '../../names/key-rules.js';

const VALUE = '(\'[^\'\\r\\n]{1,400}\'|"[^"\\r\\n]{1,400}"|[^\\s\'"-][^\\s\'"]*)';
/**
 * Commands that store a value under a name: `npm config set //host/:_authToken x`, `git config user.password x`,
 * `aws configure set aws_secret_access_key x`, `dotnet user-secrets set "Key" "x"`.
 */
const OPTIONS = '[ \\t]{1,4}(?:-[\\w-]{1,60}(?:=\\S{1,80})?[ \\t]{1,4}){0,4}';
const STORED = new RegExp(
  `(\\b(?:config(?:ure)?(?::set)?${OPTIONS}(?:(?:set|add)${OPTIONS})?|(?:setx|setenv|SetEnv|set[ \\t]{1,4}-[xgU]{1,3})${OPTIONS}|` +
    `(?:user-secrets|secrets?|parameters?|env|variables?|properties|kv)${OPTIONS}(?:set|add|put|create|update)${OPTIONS}))` +
    `(["']?)([\\w./:@-]{3,120})\\2([ \\t]{1,4})${VALUE}`,
  'g',
);
/** A command of its own: `kubectl config set-credentials kim`. */
const VERB =
  /^(?:set|get|add|use|delete|rename|unset|list|view|import|export|create|update|rotate|describe|put|remove)-/;
/** `npm config _auth is deprecated`. */
const PROSE = /^(?:is|was|are|were|has|have|for|in|to|from|and|or|must|should|not|cannot|will|does)$/;
/** Pipes into commands that read a password: `echo "kim:x" | chpasswd`, `echo x | sudo -S`, `printf x | docker login --password-stdin`. */
const PIPED =
  /(\b(?:echo|printf)[ \t]{1,4}(?:-[ne]{1,2}[ \t]{1,4})?["']?(?:%s(?:\\n)?["']?[ \t]{1,4}["']?)?(?:[\w.-]{1,60}:(?=[^\r\n|]{1,200}\|[ \t]{0,4}(?:sudo[ \t]{1,4})?chpasswd))?)([^\s"'|]{1,200}|(?<=["'])[^"'\r\n|]{1,200})(?=["']?[ \t]{0,4}\|[ \t]{0,4}(?:sudo[ \t]{1,4})?(?:chpasswd|passwd\b|sudo[ \t][^\r\n|]{0,40}-S|(?:docker|podman|helm|gh|cosign|skopeo)[ \t][^\r\n|]{0,200}(?:--password-stdin|--with-token)|wrangler[ \t]secret|gpg[ \t][^\r\n|]{0,200}--passphrase-fd|cryptsetup|kinit|openssl))/g;

/** Words of a command after the name of a secret, without an option: by the commands that store them or read them. */
export function scrubNamedWords(text: string, keys: KeyRules): string {
  const stored = /\b(?:config|secrets?|parameters?|env|variables?|propert|setx|setenv|set -|kv)/.test(text)
    ? text.replace(STORED, (all: string, head: string, quote: string, name: string, gap: string, value: string) => {
        const mark = /^['"]/.test(value) ? value.charAt(0) : '';
        const bare = value.slice(mark.length, mark ? -1 : undefined);
        if (bare.startsWith('[Filtered') || isPlaceholder(bare) || !isName(name, bare, keys)) return all;
        return `${head}${quote}${name}${quote}${gap}${mark}${FILTERED}${mark}`;
      })
    : text;
  return stored.includes('|')
    ? stored.replace(PIPED, (all: string, head: string, value: string) =>
        value.startsWith('[Filtered') || isPlaceholder(value) ? all : head + FILTERED,
      )
    : stored;
}

/** `secret for production` and `config password reset` are sentences: a bare word needs a value that looks random. */
function isName(name: string, value: string, keys: KeyRules): boolean {
  if (keys.of(name).rule === undefined || VERB.test(name) || PROSE.test(value)) return false;
  return /[_./:A-Z-]/.test(name) || (value.length >= 6 && /\d/.test(value) && /[A-Za-z]/.test(value));
}
