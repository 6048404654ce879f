import { FILTERED } from '../../markers/marker.js';
import { isPlaceholder } from '../../markers/placeholders.js';
import type { KeyRules } from '../../names/key-rules.js';

/** Calls and outputs in which a secret has its place without a name. */
const MAY_HOLD =
  /auth\.basic\(|[tT]wilio\(|BasicAuth\(|AuthProvider\(|BasicCredentials\(|(?:PasswordCredentials?|NetworkCredential|AuthenticationToken|PasswordAuthentication|CredentialPair)\(|chpasswd:|\n[ \t]{0,40}: |createHmac\(|jwt\.(?:sign|verify)\(|\.(?:auth|login|authenticate)\(|getConnection\(|PDO|mysqli|(?:ldap_bind|imap_open|ftp_login|ssh2_auth_password)\(|btoa\(|(?:Unseal|Recovery) Key|STRING constant|chpasswd|DBI->connect|WIFI:|(?:[Mm]y[Ss][Qq][Ll]|[Pp]ostgre[Ss][Qq][Ll]|[Mm]ongo[Dd][Bb])\('/;
/** The same, in texts with quotes, or with a long word that is no part of a path. */
const MAY_HOLD_MORE =
  /DirectoryEntry\(|\.(?:fill|type|pressSequentially)\(|[bB]uildConfigField|resValue|\bsend[ \t]{1,4}(?:--[ \t]{1,4})?["{]|\.send(?:line|Line)?\(|[kK]eygrip|cookie-?[sS]ession|\.keys = \[|(?:create|add|alter|change|set)_?[uU]ser|change_?Password\(|\{ ?get;|\b(?:service|user):[\w.-]{2,60}:[\w-]{20}|\bsp_(?:add|set|pass)|(?:Key|[nN]ame)=["'\w.-]{2,80}, ?(?:Parameter)?[vV]alue=| As String = "|\{\w{3,40}, ?"/;
/** `auth.basic('neo4j', 'x')`, `jwt.verify(token, 'x')`: the second argument, if it is not only words. */
const SECOND =
  /(\b(?:auth\.basic|[tT]wilio|(?:HTTP)?BasicAuth|[A-Za-z]{0,30}AuthProvider|BasicCredentials|[A-Za-z]{0,30}(?:AuthenticationToken|CredentialPair)|createHmac|jwt\.(?:sign|verify)|[\w$]{1,40}\.(?:auth|login|authenticate))\(\s{0,4}(?:[\w.$]{1,60}|"[^"\r\n]{1,60}"|'[^'\r\n]{1,60}'|\{[^{}]{0,400}\})\s{0,2},\s{0,4}(["'`]))(?!\[Filtered|\$\{)(?=[^"'`\r\n]{0,199}\d)[^"'`\r\n]{6,200}(?=\2)/g;
/** The same of a class that holds nothing else: its argument is a password, also of letters. */
const SECOND_OF_CLASS =
  /(\b[A-Za-z]{0,30}(?:PasswordCredentials?|NetworkCredential|PasswordAuthentication)\(\s{0,4}(?:[\w.$]{1,60}|"[^"\r\n]{1,60}"|'[^'\r\n]{1,60}')\s{0,2},\s{0,4}(["']))(?!\[Filtered|\$\{)(?=[^"'\r\n]{0,199}\d|[^"'\r\n]{8})[^"'\r\n]{4,200}(?=\2)/g;
/** `new PDO('mysql:…', 'app', 'x')`, `ldap_bind($link, 'cn=app', 'x')`: the third argument. */
const THIRD =
  /(\b(?:DriverManager\.getConnection|DBI->connect|DirectoryEntry|PDO(?:->__construct)?|mysqli(?:_connect|->__construct|->connect)?|ldap_bind|imap_open|ftp_login|ssh2_auth_password)\(\s{0,4}(?:(?:"[^"\r\n]{0,200}"|'[^'\r\n]{0,200}'|[\w.$#() ]{1,60}?)\s{0,2},\s{0,4}){2}(["']))(?!\[Filtered|\$\{)(?=[^"'\r\n]{0,199}\d)[^"'\r\n]{4,200}(?=\2)/g;
/** ClickHouse: `PostgreSQL('host:5432', 'shop', 'users', 'app', 'x')`, the fifth argument. */
const FIFTH =
  /(\b(?:mysql|postgresql|mongodb)\((?:\s{0,4}'[^'\r\n]{0,200}'\s{0,4},){4}\s{0,4}')(?!\[Filtered)[^'\r\n]{1,200}(?=')/gi;
/** The code of a wireless network: `WIFI:T:WPA;S:shop;P:x;;` */
const NETWORK = /(\bWIFI:(?:[TSH]:[^;\r\n]{0,100};){1,5}P:)(?!\[Filtered)[^;\r\n]{1,100}/g;
/** `btoa('kim:x')` */
const ENCODED = /(\bbtoa\(\s?["'`][^"'`:\r\n]{1,60}:)(?!\[Filtered|\$\{)[^"'`\r\n]{3,200}(?=["'`])/g;
/** `Unseal Key 1: x`, as Vault prints it. */
const UNSEAL = /(\b(?:Unseal|Recovery) Key(?: \d{1,2})?(?: \((?:hex|base64)\))?: )[A-Za-z\d+/=]{32,100}/g;
/** `Invalid STRING constant (x) for "password"` of Cassandra. */
const CONSTANT = /(STRING constant \()(?!\[Filtered)([^()\r\n]{1,400})(\) for "?([\w.-]{1,80}))/g;
/** `echo kim:x | chpasswd`, `chpasswd <<< 'kim:x'` */
const PIPED =
  /((?:^|["'\s])[\w.-]{1,60}:)(?!\[Filtered)[^\s"'|]{1,200}(?=["']?[ \t]{0,4}\|[ \t]{0,4}(?:sudo[ \t])?chpasswd)/g;
const READ = /(\bchpasswd(?:[ \t]-\w)?[ \t]{0,4}<<<[ \t]{0,4}["']?[\w.-]{1,60}:)(?!\[Filtered)[^\s"']{1,200}/g;
/** Scripts that answer a question: `expect "assword:" { send "x\\r" }`, `child.expect('password:')`, `child.sendline('x')`. */
const ANSWERED =
  /((?:ass(?:word|phrase|code)|PIN|OTP)[^"'\r\n{}]{0,20}(?:["'}][\s{;]{1,40}(?:exp_)?send[ \t]{1,4}(?:--[ \t]{1,4})?["{]|["']\)[\s;]{1,20}[\w.]{1,40}\.send(?:line|Line)?\(["']))(?!\[Filtered|\$)[^"'\r\n}\\]{3,200}/g;
/** `cookieSession({ name: 'session', keys: ['x', 'y'] })`, `new Keygrip(['x'])`, `app.keys = ['x']`. */
const SIGNING_KEYS =
  /((?:\b(?:cookieSession|cookie-session|[kK]eygrip)\b[^\r\n[\]]{0,200}?\bkeys["']?: |\b[kK]eygrip\(|\bapp\.keys = )\[)([^\]\r\n]{1,1000})(?=\])/g;
const LITERAL = /(["'`])(?!\[Filtered)[^"'`\r\n]{3,400}\1/g;
/** `createUser('kim', 'x')` of databases. */
const CREATED =
  /(\b(?:(?:create|add|alter)_?[uU]ser|change_?(?:User_?)?[pP]assword)\(\s{0,4}(?:"[^"\r\n]{1,60}"|'[^'\r\n]{1,60}')\s{0,2},\s{0,4}(["']))(?!\[Filtered|\$\{)(?=[^"'\r\n]{0,199}\d)[^"'@\s\r\n]{8,200}(?=\2)/g;
/** Keys of Apollo's graphs. */
const GRAPH_KEY =
  /(\b(?:service|user):[\w.-]{2,60}:)(?=[\w-]{0,23}\d)(?=[\w-]{0,23}[a-z])(?=[\w-]{0,23}[A-Z])[\w-]{20,24}(?![\w-])/g;
/** Android's `buildConfigField 'String', 'API_KEY', '"x"'`. */
const BUILD_FIELD =
  /(\b(?:buildConfigField|resValue)[( ]\s{0,4}["'][sS]tring["']\s{0,4},\s{0,4}["']([\w.-]{2,80})["']\s{0,4},\s{0,4}["'\\]{1,4})(?!\[Filtered|\$)([^"'\\\r\n]{3,400})/g;
/** Forms that a browser fills in: `page.fill('#password', 'x')`, `page.getByLabel('Password').fill('x')`. */
const FILLED =
  /(["'`][^"'`\r\n]{0,60}(?:passw(?:or)?d|passcode|passphrase|otp)[^"'`\r\n]{0,20}["'`](?:\)\.(?:fill|type|pressSequentially)\(|, )["'`])(?!\[Filtered|\$\{)[^"'`\r\n]{3,200}(?=["'`]\))/gi;
const FILLS = /\.(?:fill|type|pressSequentially)\(/;
/** Procedures of SQL Server: `EXEC sp_addlogin 'kim', 'x'`. */
const PROCEDURE =
  /(\bsp_(?:addlogin|setapprole|addapprole|password)\s{1,4}(?:@\w{1,30}\s?=\s?)?N?'[^'\r\n]{0,100}'\s?,\s{0,4}(?:@\w{1,30}\s?=\s?)?N?')(?!\[Filtered)[^'\r\n]{1,200}(?=')/gi;
/** A name and a value beside each other: `ParameterKey=DbPassword,ParameterValue=x`, `Dim password As String = "x"`, `{password, "x"}`. */
const BESIDE: readonly RegExp[] = [
  /(\b(?:Parameter)?(?:Key|[nN]ame)=["']?([\w.-]{2,80})["']?, ?(?:Parameter)?[vV]alue=["']?)(?!\[Filtered)([^\s"',}\]]{1,400})/g,
  /(\b(\w{2,60}) As String = ")(?!\[Filtered)([^"\r\n]{1,400})(?=")/g,
  /(\{(\w{3,40}), ?")(?!\[Filtered)([^"\r\n]{3,400})(?="\})/g,
];
/** A property of C#: `public string ApiKey { get; set; } = "x";` */
const PROPERTY = /(\b([A-Z]\w{2,60}) \{ ?get;[^{}\r\n]{0,40}\} = @?")(?!\[Filtered)([^"\r\n]{3,400})(?=")/g;

/** YAML's `? password`, and `: x` on the next line. */
const COMPLEX_KEY =
  /((?:^|\n)[ \t]{0,40}(?:- )?\? ["']?([\w.-]{2,80})["']?[ \t]{0,4}\r?\n[ \t]{0,40}: ["']?)(?!\[Filtered)([^\s"'#|>][^\r\n"'#]{0,400})/g;
/** cloud-init's users and their passwords: `chpasswd:`, `list: |`, and a line for each. */
const USERS =
  /(\bchpasswd:[ \t]{0,4}\r?\n(?:[ \t]{1,20}expire:[^\r\n]{0,20}\r?\n)?[ \t]{1,20}list:[ \t]{0,4}(?:[|>][+-]?)?[ \t]{0,4}\r?\n)((?:[ \t]{1,20}(?:- )?["']?[\w.-]{1,60}:[^\s]{1,200}[ \t]{0,4}(?:\r?\n|$)){1,100})/g;
const USER = /([ \t"'][\w.-]{1,60}:)(?!\[Filtered|(?:R|RANDOM)["']?\s)[^\s"']{1,200}/g;

/** @param quoted - the text has quotes, or a long word that is no part of a path */
export function scrubCredentialCalls(text: string, keys: KeyRules, quoted: boolean): string {
  if (!MAY_HOLD.test(text) && !(quoted && MAY_HOLD_MORE.test(text))) return text;
  const clean = [
    SECOND,
    SECOND_OF_CLASS,
    THIRD,
    FIFTH,
    NETWORK,
    ENCODED,
    UNSEAL,
    PIPED,
    READ,
    ANSWERED,
    CREATED,
    GRAPH_KEY,
    PROCEDURE,
  ].reduce((out, form) => out.replace(form, (_all, head: string) => head + FILTERED), text);
  const filled = FILLS.test(clean) ? clean.replace(FILLED, (_all, head: string) => head + FILTERED) : clean;
  const beside = BESIDE.reduce(
    (out, form) =>
      out.replace(form, (all: string, head: string, name: string, value: string) => {
        const { rule, descriptive } = keys.of(name);
        return rule === undefined || descriptive?.test(value) || isPlaceholder(value) ? all : head + FILTERED;
      }),
    filled,
  );
  const configured = beside
    .replace(SIGNING_KEYS, (_all, head: string, list: string) => head + list.replace(LITERAL, `$1${FILTERED}$1`))
    .replace(BUILD_FIELD, (all: string, head: string, name: string) =>
      keys.of(name).rule === undefined ? all : head + FILTERED,
    )
    .replace(PROPERTY, (all: string, head: string, name: string) =>
      keys.of(name).rule === undefined ? all : head + FILTERED,
    )
    .replace(COMPLEX_KEY, (all: string, head: string, name: string) =>
      keys.of(name).rule === undefined ? all : head + FILTERED,
    )
    .replace(
      USERS,
      (_all, head: string, lines: string) => head + lines.replace(USER, (_line, user: string) => user + FILTERED),
    );
  return configured.replace(CONSTANT, (all: string, head: string, _value, tail: string, name: string) =>
    keys.of(name).rule === undefined ? all : head + FILTERED + tail,
  );
}
