import { S, type FieldCase } from './cases.js';

const B64 = Buffer.from(S).toString('base64');

/** Lists over several lines, dumps of Go, transcripts of mailers, plans, and commands with a password in its place. */
export const COLLECTED: readonly FieldCase[] = [
  [
    'raw headers, one a line',
    `rawHeaders: [\n  'Host',\n  'a.test',\n  'X-Auth-Key',\n  '${S}',\n  'Accept',\n  '*/*'\n]`,
    [S],
    ['a.test', '*/*'],
  ],
  ['raw headers as JSON', `rawHeaders: [\n  "X-Api-Key",\n  "${S}",\n  "Accept",\n  "text/csv"\n]`, [S], ['text/csv']],
  ['a call over several lines', `client.setHeader(\n  'X-Auth-Token',\n  '${S}',\n);`, [S], ['setHeader']],
  ['names over several lines', `fields: [\n  'password',\n  'email',\n  'city'\n]`, [], ["'email'", "'city'"]],
  [
    "Go's spew",
    `(main.Config) {\n Host: (string) (len=2) "db",\n Password: (string) (len=14) "${S}",\n Port: (int) 5432\n}`,
    [S],
    ['"db"', '5432'],
  ],
  ["Go's spew, bytes", `Secret: ([]uint8) (len=14 cap=16) "${S}"`, [S], ['(len=14 cap=16)']],
  ["Go's spew, a number", 'TokenTTL: (int) 900, Tokens: (map[string]int) (len=1) {}', [], ['900']],
  [
    'PHPMailer',
    `SERVER -> CLIENT: 334 UGFzc3dvcmQ6\nCLIENT -> SERVER: ${B64}\nSERVER -> CLIENT: 535 5.7.8 Error`,
    [B64],
    ['CLIENT -> SERVER', '535 5.7.8 Error'],
  ],
  ['YAM', `smtp.c:1018:encoded  AUTH LOGIN challenge: '${B64}'`, [B64], ['challenge', 'smtp.c:1018']],
  ['a challenge without a value', 'AUTH LOGIN challenge: none received', [], ['challenge: none received']],
  [
    'a plan, masked before',
    `~ "DatabasePassword" = "****" -> "${S}"\n~ "Stage" = "a" -> "b"`,
    [S],
    ['"****"', '"a" -> "b"'],
  ],
  ['an audit, masked before', `apiToken: "[REDACTED]" -> "${S}"`, [S], ['apiToken']],
  ['a plan, masked twice', `~ "DatabasePassword" = "****" -> "****"`, [], ['"****" -> "****"']],
  ['snyk', `snyk auth ${S}`, [S], ['snyk auth']],
  ['snyk in a sentence', 'run snyk auth first, then snyk test', [], ['snyk auth first']],
  ['Pulumi', `pulumi config set --secret dbPassword ${S}`, [S], ['config set']],
  ['Pulumi, any name', `pulumi config set --secret shop:dsn ${S}`, [S], ['config set']],
  ['Pulumi, no secret', 'pulumi config set aws:region eu-west-1', [], ['eu-west-1']],
  ['codecov', `codecov -t ${S} -f coverage.xml`, [S], ['coverage.xml']],
  ['Bitwarden', `bw unlock ${S}`, [S], ['bw unlock']],
  ['yt-dlp', `yt-dlp -u kim -p ${S} https://a.test/v`, [S], ['https://a.test/v']],
  ['swaks', `swaks -au kim -ap ${S} --server m1`, [S], ['--server m1']],
  ['qpdf', `qpdf --encrypt ${S} ${S}b 256 -- a.pdf b.pdf`, [S], ['a.pdf b.pdf']],
  ['pdftk', `pdftk a.pdf output b.pdf user_pw ${S} allow printing`, [S], ['allow printing']],
  ['a certificate with its password', `curl --cert client.pem:${S} https://a.test`, [S], ['client.pem', 'https://a.test']],
  ['a certificate', 'curl --cert client.pem https://a.test:8443/x', [], ['https://a.test:8443/x']],
];
