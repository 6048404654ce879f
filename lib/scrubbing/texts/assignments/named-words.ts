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
  `(\\b(?:(?:config(?:ure)?|env|vars)(?::set)?${OPTIONS}(?:(?:set|add)${OPTIONS})?|(?:npm[ \\t]{1,4}set|setx|setenv|SetEnv|set[ \\t]{1,4}-[xgU]{1,3})${OPTIONS}|` +
    `(?:user-secrets|secrets?|parameters?|env|variables?|properties|kv)${OPTIONS}(?:set|add|put|create|update)${OPTIONS}|etcdctl${OPTIONS}put${OPTIONS}))` +
    `(["']?)([\\w./:@-]{3,120})\\2([ \\t]{1,4})${VALUE}`,
  'g',
);
/** An instruction of a Dockerfile, alone or as a build prints it: `Step 4/9 : ENV API_TOKEN x`. */
const INSTRUCTION =
  /((?:^|[\r\n]|[:\]>|][ \t]{1,2})[ \t]{0,8}(?:ENV|ARG)[ \t]{1,4})([A-Za-z_]\w{1,80})([ \t]{1,4})([^\s=][^\r\n]{0,400})/g;
/** The name of a secret in one option, its value in another: AWS, Azure, Google. */
const OPTION_PAIR =
  /(\b(?:put-parameter|create-secret|put-secret-value|keyvault[ \t]{1,4}secret[ \t]{1,4}set|appconfig[ \t]{1,4}kv[ \t]{1,4}set|secrets[ \t]{1,4}(?:versions[ \t]{1,4}add|create))\b)([^\r\n]{1,1000})/g;
const NAME_OPTION = /(?:--(?:name|key|secret-id|secret|id)(?:[ \t]{1,4}|=)|^[ \t]{1,4})["']?([\w./:@-]{2,200})/g;
const SECURE = /SecureString|keyvault|secret/i;
const VALUE_OPTION =
  /([ \t]--(?:value|data|secret-string|body|secret-value)(?:[ \t]{1,4}|=))('[^'\r\n]{1,400}'|"[^"\r\n]{1,400}"|[^\s'"-][^\s'"]*)/g;
/** Names and values in turn: `rclone config create NAME TYPE region eu secret_access_key x`. */
const PAIRED =
  /(\brclone[ \t]{1,4}config[ \t]{1,4}(?:create[ \t]{1,4}\S{1,80}|update|password)[ \t]{1,4}\S{1,80})([ \t][^\r\n]{1,1000})/g;
const PAIR = new RegExp(`([ \\t][a-z]\\w{1,40}[ \\t]{1,4})${VALUE}`, 'g');
/** What a command reads as its input: `docker login --password-stdin <<< "x"`, `wrangler secret put NAME <<< x`. */
const HERE_STRING = new RegExp(
  `(\\b(?:passw(?:or)?d|secret|token|login|passphrase|env[ \\t]{1,4}add)[^\\r\\n<]{0,200}<<<[ \\t]{0,4})${VALUE}`,
  'gi',
);
/** A command of its own: `kubectl config set-credentials kim`. */
const VERB =
  /^(?:set|get|add|use|delete|rename|unset|list|view|import|export|create|update|rotate|describe|put|remove)-/;
/** `npm config _auth is deprecated`. */
const PROSE = /^(?:is|was|are|were|has|have|for|in|to|from|and|or|must|should|not|cannot|will|does)$/;
/** Pipes into commands that read a password: `echo "kim:x" | chpasswd`, `echo x | sudo -S`, `printf x | docker login --password-stdin`. */
const PIPED =
  /(\b(?:echo|printf)[ \t]{1,4}(?:-[ne]{1,2}[ \t]{1,4})?["']?(?:%s(?:\\n)?["']?[ \t]{1,4}["']?)?(?:[\w.-]{1,60}:(?=[^\r\n|]{1,200}\|[ \t]{0,4}(?:sudo[ \t]{1,4})?chpasswd))?)([^\s"'|]{1,200}|(?<=["'])[^"'\r\n|]{1,200})(?=["']?[ \t]{0,4}\|[ \t]{0,4}(?:sudo[ \t]{1,4})?(?:chpasswd|passwd\b|sudo[ \t][^\r\n|]{0,40}-S|(?:docker|podman|helm|gh|cosign|skopeo)[ \t][^\r\n|]{0,200}(?:--password-stdin|--with-token)|gh[ \t]{1,4}secret[ \t]{1,4}set|(?:vault|consul)[ \t]{1,4}kv[ \t]{1,4}put|pass[ \t]{1,4}insert|fly(?:ctl)?[ \t]{1,4}secrets|gcloud[ \t]{1,4}secrets|wrangler[ \t]secret|gpg[ \t][^\r\n|]{0,200}--passphrase-fd|cryptsetup|kinit|openssl))/g;

/** Words of a command after the name of a secret, without an option: by the commands that store them or read them. */
export function scrubNamedWords(text: string, keys: KeyRules): string {
  const listed = /\brclone[ \t]/.test(text)
    ? text.replace(PAIRED, (_all, command: string, rest: string) => command + withoutPaired(rest, keys))
    : text;
  const stored = /\b(?:config|secrets?|parameters?|env|variables?|propert|setx|setenv|npm set|set -|kv|etcdctl)/.test(
    listed,
  )
    ? listed.replace(STORED, (all: string, head: string, quote: string, name: string, gap: string, value: string) => {
        const mark = /^['"]/.test(value) ? value.charAt(0) : '';
        const bare = value.slice(mark.length, mark ? -1 : undefined);
        if (bare.startsWith('[Filtered') || isPlaceholder(bare) || !isName(name, bare, keys)) return all;
        return `${head}${quote}${name}${quote}${gap}${mark}${FILTERED}${mark}`;
      })
    : listed;
  const instructed = /\b(?:ENV|ARG)[ \t]/.test(stored)
    ? stored.replace(INSTRUCTION, (all: string, head: string, name: string, gap: string, value: string) => {
        const { rule, descriptive } = keys.of(name);
        return rule === undefined || descriptive?.test(value) || isKept(value) ? all : head + name + gap + FILTERED;
      })
    : stored;
  const paired = instructed.includes(' --')
    ? instructed.replace(OPTION_PAIR, (all: string, command: string, rest: string) =>
        isSecretPair(command, rest, keys) ? command + rest.replace(VALUE_OPTION, optionValue) : all,
      )
    : instructed;
  const read = paired.includes('<<<') ? paired.replace(HERE_STRING, optionValue) : paired;
  return read.includes('|')
    ? read.replace(PIPED, (all: string, head: string, value: string) =>
        value.startsWith('[Filtered') || isPlaceholder(value) ? all : head + FILTERED,
      )
    : read;
}

function withoutPaired(rest: string, keys: KeyRules): string {
  return rest.replace(PAIR, (all: string, head: string, value: string) =>
    keys.of(head.trim()).rule === undefined ? all : optionValue(all, head, value),
  );
}

/** `secret for production` and `config password reset` are sentences: a bare word needs a value that looks random. */
function isName(name: string, value: string, keys: KeyRules): boolean {
  if (keys.of(name).rule === undefined || VERB.test(name) || PROSE.test(value) || /^[<>|&]/.test(value)) return false;
  return /[_./:A-Z-]/.test(name) || (value.length >= 6 && /\d/.test(value) && /[A-Za-z]/.test(value));
}

function isSecretPair(command: string, rest: string, keys: KeyRules): boolean {
  if (SECURE.test(command) || SECURE.test(rest)) return true;
  for (const found of rest.matchAll(NAME_OPTION)) if (keys.of(found[1] ?? '').rule !== undefined) return true;
  return false;
}

function optionValue(all: string, head: string, value: string): string {
  const quote = /^['"]/.test(value) ? value.charAt(0) : '';
  return isKept(value.slice(quote.length)) ? all : head + quote + FILTERED + quote;
}

function isKept(value: string): boolean {
  return value.startsWith('[Filtered') || isPlaceholder(value.trim());
}
