import { FILTERED } from '../../markers/marker.js';
import { isPlaceholder } from '../../markers/placeholders.js';

const QUOTED = '\'[^\'\\r\\n]{1,200}\'|"[^"\\r\\n]{1,200}"';
const VALUE = `(${QUOTED}|[^\\s'"-][^\\s'"]*)`;
const GAP = '[ \\t]{1,4}';

/** An option with its value as the next word, or joined to it, or either. */
const apart = (options: string): RegExp => new RegExp(`([ \\t](?:${options})${GAP})${VALUE}`, 'g');
const joined = (options: string): RegExp => new RegExp(`([ \\t](?:${options}))${VALUE}`, 'g');
const either = (options: string): RegExp => new RegExp(`([ \\t](?:${options})[ \\t]{0,4})${VALUE}`, 'g');
/** The word at this position: `rabbitmqctl add_user kim x`. */
const word = (before: string): RegExp => new RegExp(`(${before})${VALUE}`, 'g');
/** What follows the name of a user in the same word: `kim:x`, `kim%x`. */
const after = (option: string, sign: string): RegExp =>
  new RegExp(`([ \\t](?:${option})['"]?[^\\s'"${sign}]{1,80}${sign})([^\\s'"]+)`, 'g');

/** The value of a name of any kind: `--from-literal=conn=x`. */
const assigned = (option: string): RegExp =>
  new RegExp(
    `([ \\t]${option}['"]?[A-Za-z_][\\w.-]{0,80}=['"]?)((?<=['"](?:[A-Za-z_][\\w.-]{0,80}=)?)[^'"\\r\\n]+|[^\\s'"]+)`,
    'g',
  );

/** The passwords of a command that no name gives away; `-p` of another command is a port. */
const OF_COMMAND: readonly (readonly [command: string, option: RegExp])[] = [
  // before the options of the same command
  ['kinit[^\\r\\n]{0,80}<<<', word('^[ \\t]*')],
  ['mysql|mysqldump|mysqladmin|mysqlimport|mysqlcheck|mysqlshow|mariadb|mariadb-dump', joined('-p')],
  ['sshpass', either('-p')],
  [
    '(?:docker|podman|nerdctl|helm|oc|az|buildah|skopeo|cf|ibmcloud|twine|crane|regctl)[ \\t][^\\r\\n]{0,40}log-?in',
    either('-p'),
  ],
  [
    'twine|poetry[ \\t]+publish|xcrun[ \\t]+altool|psexec|wsrep|ftpput|ftpget|aria2c|jenkins-cli|arangosh|clickhouse-client|vcli|vsql|nzsql|mc-cli|yt-dlp|youtube-dl|rabbitmqadmin|amqp-(?:publish|consume|get)|evil-winrm|winrm|snowsql|cqlsh|rdesktop|ncftp(?:get|put)?|crackmapexec|nxc|kinit|impacket-\\w{1,20}',
    apart('-p'),
  ],
  ['mongo|mongosh|mongodump|mongorestore|mongoexport|mongoimport|mongostat', apart('-p')],
  ['redis-cli|redis-benchmark', apart('-a|--pass')],
  ['sqlcmd|bcp|isql|tsql|ipmitool|bteq', either('-P')],
  ['ldappasswd', apart('-w|-s|-a')],
  ['ldapsearch|ldapmodify|ldapadd|ldapwhoami|ldapdelete|ldapcompare|ldapmodrdn|ldapexop', either('-[xZvnc]{0,4}w')],
  ['plink|pscp|psftp|putty', apart('-pw')],
  ['mosquitto_(?:pub|sub|rr)|mqttx?[ \\t]+(?:pub|sub|conn|publish|subscribe|shell)', apart('-P|-pw')],
  ['7z|7za|7zr|rar|unrar', joined('-h?p')],
  ['zip|unzip', apart('-P')],
  ['openssl[ \\t]+enc|openssl[ \\t]+aes\\S{0,20}|openssl[ \\t]+des\\S{0,20}', apart('-k|-K')],
  ['openssl[ \\t]+(?:dgst|mac|s_client|s_server|rand)', apart('-hmac|-psk|-passin|-sign_psk')],
  ['openssl[ \\t]+passwd', word('(?<=[ \\t])(?=[^\\s-])')],
  ['openssl', new RegExp(`([ \\t]-pass(?:in|out)?${GAP}["']?pass:)${VALUE}`, 'g')],
  ['keytool|jarsigner|apksigner', apart('-{1,2}(?:src|dest|new|old|key|store|ks)?-?(?:store|key)?pass(?:wd)?')],
  ['gh[ \\t]+(?:secret|variable)[ \\t]+set', either('-b|--body')],
  ['signtool', apart('/p')],
  ['gem[ \\t]+push', apart('-k|--key')],
  ['snyk[ \\t]+config[ \\t]+set', assigned('')],
  ['mcrypt|ccrypt|openssl[ \\t]+cms', apart('-k|-K')],
  ['steghide', apart('-p|--passphrase')],
  ['wpa_cli[^\\r\\n]{0,60}?set_network', /([ \t]psk[ \t]{1,4}['"]{0,2})([^\s'"]{8,64})/g],
  ['az[ \\t]+(?:sql|mysql|postgres)', either('-p|--admin-password')],
  ['ssh-keygen', apart('-N|-P')],
  ['kadmin(?:\\.local)?', apart('-w|-pw')],
  ['snmp(?:get|walk|set|bulkwalk|table|trap)', apart('-A|-X|-c')],
  [
    'rabbitmqctl[ \\t]+(?:-\\S+[ \\t]+(?:[^\\s-]\\S*[ \\t]+)??){0,4}(?:add_user|change_password|authenticate_user)',
    word(`^[ \\t]+\\S{1,80}[ \\t]+`),
  ],
  [
    'htpasswd(?=[^\\r\\n]{0,40}[ \\t]-\\w{0,6}b)',
    word(`^(?:[ \\t]+-\\S+){1,4}(?:[ \\t]+\\S{1,200}){1,2}[ \\t]+(?=\\S+[ \\t]*$)`),
  ],
  ['(?:user|group)(?:add|mod)', apart('-p')],
  ['net[ \\t]+user', word('^[ \\t]+\\S{1,80}[ \\t]+(?!/)')],
  ['net[ \\t]+use', word('[ \\t]\\\\\\\\\\S{1,200}[ \\t]+(?:/\\S{1,80}[ \\t]+){0,3}(?!/)')],
  [
    'wpa_passphrase',
    word('^[ \\t]+(?:"[^"]{1,40}"|(?!(?:is|was|must|should|has|cannot|needs|may)\\b)\\S{1,40})[ \\t]+(?=\\S{8})'),
  ],
  ['nmcli', apart('password|wifi-sec\\.psk|802-11-wireless-security\\.psk')],
  ['xfreerdp|wfreerdp|mstsc', joined('/p:')],
  ['vault[ \\t]+login', word('^[ \\t]+(?:-[^\\s]+[ \\t]+){0,4}(?=[^\\s=-]+(?:[ \\t]|$))')],
  ['cargo[ \\t]+login', word('^[ \\t]+(?:--\\S+[ \\t]+){0,3}(?=[^\\s-]\\S*[ \\t]*$)')],
  ['virsh[ \\t]+secret-set-value', apart('--base64')],
  ['schtasks', apart('/[rR][pP]')],
  ['doctl[ \\t]+auth[ \\t]+init|circleci[ \\t]+setup', apart('-t|--token')],
  ['influx', apart('-p|-t')],
  [
    '(?:mc|mcli)[ \\t]+(?:--\\S{1,40}[ \\t]+){0,4}(?:alias[ \\t]+set|config[ \\t]+host[ \\t]+add)',
    word('^[ \\t]+\\S{1,80}[ \\t]+\\S{1,200}[ \\t]+\\S{1,80}[ \\t]+'),
  ],
  ['(?:mc|mcli)[ \\t]+admin[ \\t]+user[ \\t]+add', word('^[ \\t]+\\S{1,80}[ \\t]+\\S{1,80}[ \\t]+')],
  ['ansible-vault[ \\t]+encrypt_string', word('^[ \\t]+(?:--\\S{1,40}[ \\t]+\\S{1,80}[ \\t]+){0,3}(?!-)')],
  ['ngrok[ \\t]+(?:config[ \\t]+add-)?authtoken', word('^[ \\t]+')],
  ['rclone[ \\t]+obscure', word('^[ \\t]+')],
  ['(?:kubectl|oc|k3s|microk8s)[ \\t][^\\r\\n]{0,60}create[ \\t]+secret', assigned(`--from-literal(?:=|${GAP})`)],
  [
    '(?:fly(?:ctl)?|supabase|doppler|infisical|convox|scalingo|gigalixir)[ \\t]+secrets[ \\t]+(?:set|import)',
    assigned(''),
  ],
  ['bundle[ \\t]+config', /([ \t][\w.-]{1,100}[ \t]{1,4}[\w.-]{1,60}:)([^\s'"/][^\s'"]*)/g],
  [
    '(?:composer|poetry)[ \\t]+config[ \\t]+(?:--?\\S+[ \\t]+){0,3}http-basic\\.\\S{1,100}',
    word('^[ \\t]+\\S{1,80}[ \\t]+'),
  ],
  [
    'poetry[ \\t]+config[ \\t]+pypi-token\\.\\S{1,60}|composer[ \\t]+config[ \\t]+(?:--?\\S+[ \\t]+){0,3}\\S{0,30}-oauth\\.\\S{1,100}',
    word('^[ \\t]+'),
  ],
  ['sqlplus|expdp|impdp|sqlldr|rman', new RegExp('([ \\t][\\w$#.]{1,60}/)("[^"\\r\\n]{1,200}"|[^\\s\'"@]+)', 'g')],
  ['smbclient|rpcclient|smbmap|smbget|mount\\.cifs', after('-U[ \\t]{0,4}|--user[= ]', '%')],
  ['https?', after('-a[ \\t]{0,4}|--auth[= ]', ':')],
  ['lftp', after('-u[ \\t]{0,4}', ',')],
  ['etcdctl|wget|curlie|xh|ab|hey|siege|wrk', after('--user[= ]|--auth[= ]|-a[ \\t]{1,4}|-A[ \\t]{1,4}', ':')],
  ['curl', /([ \t](?:-[uU][ \t]{0,4}['"]?|-E[ \t]{1,4}|--cert[ \t]{1,4})[^\s:'"-][^\s:'"]{0,80}:)(?!\/\/)([^\s'"]+)/g],
  ['snyk[ \\t]+auth', word('^[ \\t]+(?=[^\\s-]\\S{7})')],
  [
    'pulumi[ \\t]+config[ \\t]+set',
    word('[ \\t]--secret[ \\t]+[\\w:./-]{1,80}[ \\t]+|[ \\t][\\w:./-]{1,80}[ \\t]+(?=\\S+[ \\t]+--secret)'),
  ],
  [
    '(?:fly|flyctl)[ \\t]+auth|codecov|codecovcli|bash[ \\t]+<\\(curl[^\\r\\n]{0,60}codecov[^\\r\\n)]{0,60}\\)',
    apart('-t'),
  ],
  ['vault[ \\t]+operator[ \\t]+unseal', word('^[ \\t]+(?:-\\S+[ \\t]+){0,4}(?=[^\\s-]\\S{20})')],
  ['[pP][sS][eE]xec', apart('-p')],
  ['sendemail', apart('-xp')],
  ['b2[ \\t]+(?:account[ \\t]+)?authorize(?:-account)?', word('^[ \\t]+[^\\s-]\\S{0,80}[ \\t]+')],
  ['wg[ \\t]+set', /([ \t](?:private-key|preshared-key)[ \t]{1,4}<\((?:echo|printf)[ \t]{1,4}['"]?)([^\s'")]+)/g],
  ['cypress[ \\t]+run', /([ \t](?:--key|-k)[ \t]{1,4})((?=[^\s'"]{0,60}\d)[^\s'"]{8,200})/g],
  ['bw[ \\t]+(?:--\\S+[ \\t]+){0,3}(?:unlock|login[ \\t]+[^\\s-]\\S{2,80})', word('^[ \\t]+(?=[^\\s-]\\S*)')],
  ['eas[ \\t]+(?:secret|env):(?:create|update)', apart('--value')],
  ['winrs', joined('-p:|/p:|-password:')],
  ['swaks', apart('-ap|--?auth-pass(?:word)?')],
  [
    'qpdf[ \\t][^\\r\\n]{0,80}?--encrypt',
    word('^[ \\t]+|(?<=^[ \\t]+\\S{1,100})[ \\t]+(?=\\S+[ \\t]+(?:40|128|256)[ \\t])'),
  ],
  ['pdftk', apart('input_pw|user_pw|owner_pw')],
  ['iwconfig[ \\t]+\\S+', /([ \t](?:key|enc)[ \t]{1,4}(?:s:)?)((?!on\b|off\b|open\b|restricted\b)[^\s'"]{5,70})/g],
  ['ConvertTo-SecureString', word('^[ \\t]+(?:-String[ \\t]+)?')],
  ['cmdkey', joined('/pass:')],
  ['sudo[ \\t]+(?:-\\S+[ \\t]+){0,3}-S[^\\r\\n]{0,80}<<<', word('^[ \\t]*')],
];
const COMMAND = new RegExp(
  `(?<![\\w.-])(?:${OF_COMMAND.map(([command]) => `(${command})`).join('|')})(?:\\.exe)?(?=[ \\t])`,
  'g',
);

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

/** `curl -u user:password`, in a manual. */
const MANUAL = /[ \t'"](?:user(?:name)?|login):$/i;

function replaced(all: string, head: string, value: string): string {
  const quote = /^['"]/.test(value) ? value.charAt(0) : '';
  const bare = value.slice(quote.length, quote ? -1 : undefined);
  if (MANUAL.test(head) && /^(?:password|passwd|pass)$/i.test(bare)) return all;
  return bare.startsWith('[Filtered') || isPlaceholder(bare) || /^<|>$|^\[[a-z]{2,20}\]$/.test(bare)
    ? all
    : `${head}${quote}${FILTERED}${quote}`;
}

const SEPARATOR = /["'\r\n]|;[ \t]|&&|\|\|/g;

/** The end of the line, which a backslash continues, or what separates it from the next command. */
function endOfCommand(text: string, from: number): number {
  SEPARATOR.lastIndex = from;
  const separator = SEPARATOR.exec(text);
  if (separator && /[;&|]/.test(separator[0])) return separator.index;
  for (let at = text.indexOf('\n', from); at !== -1; at = text.indexOf('\n', at + 1)) {
    if (text.charCodeAt(at - 1) !== 92) return at;
  }
  return text.length;
}
