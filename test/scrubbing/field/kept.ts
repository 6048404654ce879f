import type { FieldCase } from './cases.js';

const kept = (name: string, text: string, ...parts: string[]): FieldCase => [
  name,
  text,
  [],
  parts.length > 0 ? parts : [text],
];

/** Variables, manuals and sentences in place of values. */
export const KEPT: readonly FieldCase[] = [
  kept('sentence', 'password: String must contain at least 8 character(s); token: Required'),
  kept('sentence without a verb', 'token: Expected a non-empty string'),
  kept('failure', 'bad auth : Authentication failed.'),
  kept('signature', 'token: Signature verification failed'),
  kept('template literal', 'Authorization: `Bearer ${accessToken}`,'),
  kept('variables of a URL', 'psql postgres://$PGUSER:$PGPASSWORD@$PGHOST/shop'),
  kept('placeholders of a URL', 'mongodb+srv://<username>:<password>@cluster0.mongodb.test'),
  kept('GitHub Actions', 'NPM_TOKEN: ${{ secrets.NPM_TOKEN }}'),
  kept('Compose', 'POSTGRES_PASSWORD: ${POSTGRES_PASSWORD:?missing}'),
  ['a default is no variable', 'POSTGRES_PASSWORD: ${POSTGRES_PASSWORD:-hunter2}', ['hunter2'], []],
  ['nor is what follows one', 'Bearer ${TOKEN}x1y2z3', ['x1y2z3'], []],
  kept('Helm', 'password: {{ .Values.password }}'),
  kept('CloudFormation', 'MasterUserPassword: !Ref DbPassword'),
  kept('environment', 'token: os.environ["TOKEN"], secret: process.env.SECRET'),
  kept('manual', '-p, --password[=name] Password to use when connecting to server.'),
  kept('manual of Go', '      --token string   Bearer token for the server'),
  kept('usage', 'usage: tool --password PASSWORD --api-key=KEY [--token <token>] [--password-stdin]'),
  ['words after a flag', 'redis-cli -h r1 -a x1y2z3 --no-auth-warning PING', ['x1y2z3'], ['PING']],
  ['float', { score: '0.8120457731906624' }, [], ['0.8120457731906624']],
  kept('user of a remote', 'ssh://git@git.kiwi.test:7999/shop/api.git could not be resolved'),
  ['stores', { credsStore: 'desktop', passwordEncoding: 'utf8' }, [], ['desktop', 'utf8']],
];
