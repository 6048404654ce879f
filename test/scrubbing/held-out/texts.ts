import { sample } from './samples.js';

/** Why, the text, what must not be in what is sent, what must; places whose own rules let it stand. */
type Text = readonly [reason: string, text: string, gone: string[], kept: string[], skipped?: string[]];

const word = 'Zephyr_quartz7';
const basic = Buffer.from(`deploy:${word}`).toString('base64');
const json64 = Buffer.from(JSON.stringify({ user: 'kim', password: word })).toString('base64');
/** Relay reads addresses in messages and exception values as those of the own backend. */
const OF_BACKEND = ['message', 'logentry', 'exception', 'log', 'span', 'streamed span', 'metric'];

const prose: Text[] = [
  ['prose', 'my password is hunter2', ['hunter2'], ['my password is']],
  ['prose', `The password was ${word}, sorry`, [word], ['The password was', 'sorry']],
  ['prose', 'the token was abc123def456 and it failed', ['abc123def456'], ['and it failed']],
  ['prose', 'pw hunter2', ['hunter2'], ['pw']],
  ['prose', `login with password ${word} failed`, [word], ['login with password', 'failed']],
  ['prose', 'api key is 9f8e7d6c5b4a', ['9f8e7d6c5b4a'], ['api key is']],
  ['prose', 'use passphrase "correct horse battery staple" now', ['correct horse battery staple'], ['use passphrase', 'now']],
  ['prose', 'your verification code is 483920', ['483920'], ['your verification code is']],
  ['prose', 'OTP 483920 sent', ['483920'], ['OTP', 'sent']],
  ['prose', 'password changed to Tr0ub4dor&3 by admin', ['Tr0ub4dor&3'], ['by admin']],
  ['prose', 'cvv 123 was wrong', ['123'], ['cvv', 'was wrong'], ['header pairs']],
];

const assigned: Text[] = [
  ['ini', `[db]\nuser = app\npassword = ${word}\nport = 5432`, [word], ['user = app', 'port = 5432']],
  ['toml', `[smtp]\nhost = "mail.example"\npassword = "${word}"\n`, [word], ['mail.example']],
  ['yaml', `db:\n  user: app\n  password: ${word}\n  port: 5432`, [word], ['user: app', 'port: 5432']],
  ['yaml block', `db:\n  password: |\n    ${word}\n  port: 5432`, [word], ['port: 5432']],
  ['yaml folded', `token: >-\n  ${word}\nport: 5432`, [word], ['port: 5432']],
  ['kubernetes secret', 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: db-user\ndata:\n  extra: YWRtaW46cGFzc3dvcmQ=\n  other: UyFCXCpkJHpEc2I9', ['YWRtaW46cGFzc3dvcmQ', 'UyFCXCpkJHpEc2I9'], ['apiVersion: v1', 'db-user']],
  ['kubernetes secret, data first', 'apiVersion: v1\ndata:\n  extra: YWRtaW46cGFzc3dvcmQ=\nkind: Secret\nmetadata:\n  name: db-user', ['YWRtaW46cGFzc3dvcmQ'], ['apiVersion: v1', 'db-user']],
  ['dotenv', `export DB_PASSWORD='${word}'\nPORT=3000`, [word], ['PORT=3000']],
  ['properties', `spring.datasource.password=${word}\nserver.port=8080`, [word], ['server.port=8080']],
  ['JSON, escaped', `payload {\\"password\\":\\"${word}\\",\\"page\\":2}`, [word], ['payload', 'page']],
  ['JSON, twice escaped', `payload {\\\\\\"password\\\\\\":\\\\\\"${word}\\\\\\",\\\\\\"page\\\\\\":2}`, [word], ['payload', 'page']],
  ['JSON with unicode escapes', `{"pass\\u0077ord":"${word}","page":2}`, [word], ['page']],
  ['unicode escapes for quotes', `payload \\u0022password\\u0022:\\u0022${word}\\u0022,\\u0022page\\u0022:2`, [word], ['payload', 'page']],
  ['HTML entities for quotes', `payload {&quot;password&quot;:&quot;${word}&quot;,&quot;page&quot;:2}`, [word], ['payload', 'page']],
  ['HTML number entities', `&#34;token&#34;: &#34;${word}&#34; page`, [word], ['page']],
  ['JSON, truncated', `{"user":"kim","profile":{"a":1},"password":"${word}","bio":"I li`, [word], ['kim']],
  ['JavaScript object', `{ user: 'kim', password: '${word}', page: 2 }`, [word], ['kim', 'page: 2']],
  ['Ruby hash', `{:user=>"kim", :password=>"${word}"}`, [word], ['kim']],
  ['Python dict', `{'user': 'kim', 'password': '${word}'}`, [word], ['kim']],
  ['Python bytes', `{'headers': {'authorization': b'Bearer ${word}'}}`, [word], ['headers']],
  ['PHP', `$config['password'] = "${word}"; $page = 2;`, [word], ['$page = 2']],
  ['Map inspected', `Map(2) { 'password' => '${word}', 'page' => 2 }`, [word], ['page']],
  ['C# property', `this.Password = "${word}"; this.Page = 2;`, [word], ['this.Page = 2']],
  ['tuple', `('password', '${word}'), ('page', 2)`, [word], ['page']],
  ['urlencoded', `username=kim&password=${word}&page=2`, [word], ['username=kim', 'page=2']],
  ['urlencoded, nested names', `user%5Bpassword%5D=${word}&page=2`, [word], ['page=2']],
  ['percent-encoded JSON', `data=${encodeURIComponent(JSON.stringify({ password: word }))}&v=third`, [word], ['third']],
  ['encoded twice', `next=${encodeURIComponent(encodeURIComponent(`https://a.example/?access_token=${word}`))}&v=third`, [word], ['third']],
  ['base64 of JSON', `state=${json64}&v=third`, [json64], ['third']],
  ['matrix parameter', `https://a.example/x;token=${word}?page=2`, [word], ['https://a.example/x']],
  ['fragment', `https://a.example/cb#access_token=${word}&expires_in=3600`, [word], ['expires_in=3600']],
  ['OAuth code', `https://a.example/callback?code=4%2F0AdLIrYd${word}&state=xyzzy123456&scope=openid`, [`0AdLIrYd${word}`], ['https://a.example/callback', 'scope=openid']],
  ['OAuth form', `grant_type=refresh_token&refresh_token=${word}&client_id=shop&client_secret=${word}`, [word], ['client_id=shop']],
  ['pre-signed S3 URL', `https://b.s3.amazonaws.com/k.png?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${sample('AKIA{A16}')}%2F20260101%2Feu-central-1%2Fs3%2Faws4_request&X-Amz-Signature=${sample('{h64}')}&X-Amz-Expires=900`, [sample('AKIA{A16}'), sample('{h64}')], ['b.s3.amazonaws.com/k.png', 'X-Amz-Expires=900']],
  ['pre-signed GCS URL', `https://storage.googleapis.com/b/k?X-Goog-Signature=${sample('{h64}', 5)}&X-Goog-Expires=900`, [sample('{h64}', 5)], ['X-Goog-Expires=900']],
  ['CloudFront', `https://d1.cloudfront.net/x?Expires=1700000000&Signature=${sample('{w60}', 6)}&Key-Pair-Id=K2JCJMDEHXQW5F`, [sample('{w60}', 6)], ['Expires=1700000000']],
  ['Azure SAS', `https://a.blob.core.windows.net/c?sv=2022-11-02&sp=r&sig=${sample('{x43}', 9)}%3D`, [sample('{x43}', 9)], ['a.blob.core.windows.net/c', 'sv=2022-11-02']],
];

const connections: Text[] = [
  ...['postgres', 'postgresql', 'mysql', 'mariadb', 'mongodb', 'mongodb+srv', 'redis', 'rediss', 'amqp', 'amqps', 'mssql', 'sqlserver', 'oracle', 'clickhouse', 'nats', 'kafka', 'smtp', 'smtps', 'ldap', 'ftp', 'https', 'socks5', 'cockroachdb', 'snowflake', 'jdbc:postgresql', 'ssh'].map(
    (scheme): Text => [`${scheme} URL`, `cannot connect to ${scheme}://app:${word}@db.example:5432/shop?x=1`, [word], ['cannot connect to', 'db.example:5432/shop'],],
  ),
  ['URL, user empty', `redis://:${word}@cache.example:6379/0`, [word], ['cache.example:6379/0']],
  ['URL, several hosts', `mongodb://app:${word}@a.example:27017,b.example:27017/shop?replicaSet=r`, [word], ['b.example:27017/shop']],
  ['URL, odd signs', 'amqp://worker:p!ss$w0rd#1@mq.example:5672/jobs', ['p!ss$w0rd#1'], ['mq.example:5672/jobs'], ['query', 'urlencoded body']],
  ['URL, encoded', `postgres://app:${encodeURIComponent('p@ss/w0rd')}@db.example/shop`, ['p%40ss%2Fw0rd', 'p@ss/w0rd'], ['db.example/shop']],
  ['token as user', 'git clone https://x7Kd9fLq2mWp4sVt8bNc@git.example/acme/api.git', ['x7Kd9fLq2mWp4sVt8bNc'], ['git.example/acme/api.git']],
  ['ADO', `Server=tcp:sql1.example,1433;Database=shop;User ID=app;Password=${word};Encrypt=True`, [word], ['Database=shop', 'Encrypt=True']],
  ['ADO, short', `Data Source=sql1;Initial Catalog=shop;uid=app;pwd=${word};`, [word], ['Initial Catalog=shop']],
  ['JDBC parameter', `jdbc:mysql://db.example/shop?user=app&password=${word}&useSSL=true`, [word], ['useSSL=true']],
  ['JDBC Oracle', `jdbc:oracle:thin:app/${word}@db.example:1521/shop`, [word], ['db.example:1521/shop']],
  ['libpq', `host=pg.example user=app password='${word}' dbname=shop`, [word], ['dbname=shop']],
  ['Azure storage', `DefaultEndpointsProtocol=https;AccountName=shop;AccountKey=${sample('{b86}', 4)}==;EndpointSuffix=core.windows.net`, [sample('{b86}', 4)], ['AccountName=shop', 'core.windows.net']],
  ['Azure service bus', `Endpoint=sb://a.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey=${sample('{b43}', 8)}=`, [sample('{b43}', 8)], ['a.servicebus.windows.net']],
  ['StackExchange.Redis', `cache.example:6380,password=${word},ssl=True`, [word], ['ssl=True']],
  ['npmrc', `//registry.example/:_authToken=${word}`, [word], ['registry.example']],
  ['netrc', `machine git.example login kim password ${word}`, [word], ['git.example']],
  ['pgpass', `PGPASSWORD=${word} psql -h db.example`, [word], ['psql -h db.example']],
];

const commands: Text[] = [
  ['curl -u', `curl -k -u deploy:${word} https://a.example/x`, [word], ['https://a.example/x']],
  ['curl -u, quoted', `curl -u "deploy:${word}" https://a.example/x`, [word], ['https://a.example/x']],
  ['curl -u, half quoted', `curl --user deploy:'${word}' -X POST`, [word], ['-X POST']],
  ['curl -u, joined', `curl -udeploy:${word} https://a.example/x`, [word], ['https://a.example/x']],
  ['curl -u, no user', `curl -u ":${word}" https://a.example/x`, [word], ['https://a.example/x']],
  ['curl -u, other line', `curl -X POST https://a.example/x \\\n  -d 'world' \\\n  -u developer:${word}`, [word], ['https://a.example/x']],
  ['curl -H', `curl -H 'Authorization: Bearer ${word}' https://a.example/x`, [word], ['https://a.example/x']],
  ['curl -H, no scheme', "curl --header  'Authorization:  5eb4223e-5008-46e5-be67-c7b8f2732305' https://a.example", ['5eb4223e-5008-46e5-be67-c7b8f2732305'], ['https://a.example']],
  ['curl -H, Api-Token', 'curl -H "Authorization: Api-Token 22cb987851bc5659229114c62e60c79abd0d2c08" -X PUT', ['22cb987851bc5659229114c62e60c79abd0d2c08'], ['-X PUT']],
  ['curl -H, own header', 'curl -H "X-Octopus-ApiKey: 3a16750d-d363-41a4-8ebd-035408f7730f" -H "Accept: text/plain"', ['3a16750d-d363-41a4-8ebd-035408f7730f'], ['text/plain']],
  ['curl --data', `curl --data 'user=kim&password=${word}' https://a.example/x`, [word], ['user=kim']],
  ['curl -d JSON', `curl -d '{"user":"kim","password":"${word}"}' https://a.example/x`, [word], ['kim', 'https://a.example/x']],
  ['curl -b', `curl -b 'sessionid=${word}; theme=dark' https://a.example/x`, [word], ['https://a.example/x']],
  ['option', `deploy --env=prod --password=${word} --verbose`, [word], ['--env=prod', '--verbose']],
  ['option, apart', `deploy --api-key ${word} --verbose`, [word], ['--verbose']],
  ['mysql -p', `mysql -u root -p${word} shop`, [word], ['shop']],
  ['sshpass', `sshpass -p ${word} ssh kim@host`, [word], ['ssh']],
  ['docker -e', `docker run -e DB_PASSWORD=${word} -e PORT=1 api`, [word], ['PORT=1']],
  ['docker login', `docker login -u kim -p ${word} registry.example`, [word], ['registry.example']],
  ['PowerShell', `Set-Auth -ClientId 'shop' -ClientSecret '${word}'`, [word], ['shop']],
  ['redis-cli -a', `redis-cli -a ${word} ping`, [word], ['ping']],
];

const schemes: Text[] = [
  ['Basic', `Authorization: Basic ${basic}`, [basic], ['Authorization']],
  ['Basic in a sentence', `sent Basic ${basic} to host`, [basic], ['to host']],
  ['Bearer', `failed with Bearer ${word} and other data`, [word], ['and other data']],
  ['Bearer, lower case', `authorization: bearer ${word}`, [word], ['authorization']],
  ['Token', 'Authorization: Token 9944b09199c62bcf9418ad846dd0e4bbdfc6ee4b', ['9944b09199c62bcf9418ad846dd0e4bbdfc6ee4b'], []],
  ['Digest', 'Authorization: Digest username="mara", realm="shop", nonce="12a7b447c90b97f6", response="9bb85aa8d990a6bb8c902fa2bfeb513a"', ['9bb85aa8d990a6bb8c902fa2bfeb513a'], []],
  ['AWS4', `Authorization: AWS4-HMAC-SHA256 Credential=${sample('AKIA{A16}')}/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=${sample('{h64}')}`, [sample('{h64}'), sample('AKIA{A16}')], ['AWS4-HMAC-SHA256']],
  ['proxy', `Proxy-Authorization: Basic ${basic}`, [basic], ['Proxy-Authorization']],
  ['raw request', `POST /x HTTP/1.1\r\nHost: a.example\r\nX-Api-Key: ${word}\r\nAccept: */*\r\n\r\nok`, [word], ['a.example', '*/*']],
  ['DPoP', `Authorization: DPoP ${word}`, [word], ['Authorization']],
  ['GNAP', `Authorization: GNAP ${word}`, [word], ['Authorization']],
  ['cookie line', `Cookie: theme=dark; sessionid=${word}; lang=en`, [word], ['theme=dark', 'lang=en']],
  ['set-cookie line', `Set-Cookie: sid=${word}; Path=/app; HttpOnly; SameSite=Lax`, [word], ['Path=/app', 'SameSite=Lax']],
];

const pemBody = `${sample('{b64}', 2)}\n${sample('{b64}', 3)}`;
const pems: Text[] = [
  ...['RSA PRIVATE KEY', 'EC PRIVATE KEY', 'OPENSSH PRIVATE KEY', 'ENCRYPTED PRIVATE KEY', 'DSA PRIVATE KEY', 'PRIVATE KEY', 'PUBLIC KEY', 'PGP PRIVATE KEY BLOCK'].map(
    (kind): Text => [kind, `loaded -----BEGIN ${kind}-----\n${pemBody}\n-----END ${kind}----- done`, [sample('{b64}', 2), sample('{b64}', 3)], ['loaded', 'done']],
  ),
  ['PEM in one line', `loaded -----BEGIN PRIVATE KEY-----\\n${sample('{b64}', 2)}\\n-----END PRIVATE KEY-----\\n done`, [sample('{b64}', 2)], ['loaded', 'done']],
  ['PEM cut off', `-----BEGIN PRIVATE KEY-----\n${sample('{b64}', 2)}`, [sample('{b64}', 2)], []],
  ['PuTTY', `PuTTY-User-Key-File-3: ssh-ed25519\nPrivate-Lines: 1\n${sample('{b44}', 2)}\nPrivate-MAC: ${sample('{h64}', 3)}`, [sample('{b44}', 2)], []],
  ['DER in base64', `key ${sample('MIIEvQIBADANBgkqhkiG9w0BAQEFAASC{b200}', 2)} end`, [sample('MIIEvQIBADANBgkqhkiG9w0BAQEFAASC{b200}', 2)], ['end']],
  ['JWK', `{"kty":"RSA","n":"abc","e":"AQAB","d":"${sample('{w86}', 2)}","p":"${sample('{w43}', 3)}"}`, [sample('{w86}', 2), sample('{w43}', 3)], ['RSA', 'AQAB']],
];

const marked: Text[] = [
  ['XML', `<login><user>eva</user><password>${word}</password></login>`, [word], ['eva']],
  ['XML with a namespace', `<wsse:Password Type="wsse:PasswordText">${word}</wsse:Password><a>stays</a>`, [word], ['stays']],
  ['XML in lines', `<a>stays</a>\n<apiToken>\n    ${word}\n</apiToken>`, [word], ['stays']],
  ['XML with CDATA', `<password><![CDATA[${word}]]></password><a>stays</a>`, [word], ['stays']],
  ['XML attribute', `<login user="eva" password="${word}"/><a>stays</a>`, [word], ['eva', 'stays']],
  ['XML key and value', `<add key="ClearTextPassword" value="${word}" /><a>stays</a>`, [word], ['stays']],
  ['XML value before name', `<property value="${word}" name="db.password"/><a>stays</a>`, [word], ['stays']],
  ['XML entities', `&lt;password&gt;${word}&lt;/password&gt; stays`, [word], ['stays']],
  ['HTML form', `<input type="password" name="password" value="${word}"><p>stays</p>`, [word], ['stays']],
  ['plist', `<key>password</key><string>${word}</string><a>stays</a>`, [word], ['stays']],
];

const statements: Text[] = [
  ['SQL where', `SELECT id FROM users WHERE password = '${word}' AND age > 3`, [word], ['age > 3']],
  ['SQL where, double quotes', `SELECT id FROM users WHERE token = "${word}" AND age > 3`, [word], ['age > 3']],
  ['SQL update', `UPDATE users SET name='kim', password='${word}' WHERE id=1`, [word], ['kim', 'WHERE id=1']],
  ['SQL escaped quote', `UPDATE users SET password='it''s${word}' WHERE id=1`, [word], ['WHERE id=1']],
  ['SQL insert', `INSERT INTO users (name, password, age) VALUES ('kim', '${word}', 3)`, [word], ['kim']],
  ['SQL insert, rows', `INSERT INTO "users" ("name","api_key") VALUES ('kim','${word}'),('jo','${word}2')`, [word], ['kim', 'jo']],
  ['SQL in', `SELECT * FROM sessions WHERE token IN ('${word}', 'b${word}')`, [word], ['sessions']],
  ['SQL like', `SELECT * FROM users WHERE secret LIKE '${word}%'`, [word], ['users'], ['query', 'urlencoded body']],
  ['SQL create user', `CREATE USER app WITH ENCRYPTED PASSWORD '${word}' VALID UNTIL '2027-01-01'`, [word], ['CREATE USER app']],
  ['SQL identified', `CREATE USER 'app'@'%' IDENTIFIED BY '${word}'`, [word], ['CREATE USER'], ['query', 'urlencoded body']],
  ['SQL function', `SELECT pgp_sym_decrypt(data, '${word}') FROM vault`, [word], ['FROM vault']],
  ['SQL crypt', `UPDATE users SET password = crypt('${word}', gen_salt('bf')) WHERE id = 1`, [word], ['WHERE id = 1']],
  ['SQL jsonb', `SELECT * FROM t WHERE data->>'password' = '${word}'`, [word], ['FROM t']],
  ['Mongo', `db.users.find({"name":"kim","password":"${word}"})`, [word], ['kim']],
  ['GraphQL', `mutation { login(name: "kim", password: "${word}") { id } }`, [word], ['kim']],
];

const personal: Text[] = [
  ['Visa', 'paid with 4111111111111111 ok', ['4111111111111111'], ['paid with', 'ok']],
  ['Visa, spaces', 'paid with 4111 1111 1111 1111 ok', ['4111 1111 1111 1111'], ['paid with']],
  ['Visa, dashes', 'paid with 4111-1111-1111-1111 ok', ['4111-1111-1111-1111'], ['paid with']],
  ['Visa, dots', 'paid with 4111.1111.1111.1111 ok', ['4111.1111.1111.1111'], ['paid with']],
  ['Amex, grouped', 'paid with 3782 822463 10005 ok', ['3782 822463 10005'], ['paid with']],
  ['Discover', 'card=6011000990139424&x=1', ['6011000990139424'], ['x=1']],
  ['Mastercard 2-series', '(2223003122003222)', ['2223003122003222'], []],
  ['UnionPay', 'pan 6200000000000005', ['6200000000000005'], []],
  ['Maestro', 'pan 6759649826438453', ['6759649826438453'], []],
  ['card after a letter and an underscore', 'card_4242424242424242', ['4242424242424242'], []],
  ['SSN', 'my SSN is 078-05-1120.', ['078-05-1120'], ['my SSN is']],
  ['IBAN', 'some iban: DE89370400440532013000!', ['DE89370400440532013000'], ['some iban:']],
  ['IBAN, printed', 'pay to DE89 3704 0044 0532 0130 00 today', ['0532 0130'], ['pay to', 'today']],
  ['IBAN, longest', 'some iban: RU0204452560040702810412345678901!', ['RU0204452560040702810412345678901'], []],
  ['e-mail', 'mail to John Appleseed <john@appleseed.com> bounced', ['john@appleseed.com'], ['John Appleseed', 'bounced']],
  ['e-mail with plus', 'mail to jo+shop.a_b@mail.shop.example bounced', ['jo+shop'], ['bounced']],
  ['e-mail, quoted', 'mail to "jo doe"@shop.example bounced', ['jo doe'], ['bounced'], ['body JSON']],
  ['e-mail, IDN', 'mail to jo@bücher.example bounced', ['jo@b'], ['bounced']],
  ['e-mail, punycode', 'mail to jo@xn--bcher-kva.example bounced', ['jo@xn'], ['bounced']],
  ['e-mail with an IDN tld', 'mail to jo@shop.xn--p1ai bounced', ['jo@shop'], ['bounced']],
  ['e-mail, Cyrillic', 'mail to почта@пример.рф bounced', ['почта'], ['bounced']],
  ['e-mail in mailto', 'mailto:jo@shop.example?subject=x', ['jo@shop'], ['subject=x']],
  ['e-mail, encoded', 'user=jo%40shop.example&page=2', ['jo%40shop', 'jo@shop'], ['page=2']],
  ['e-mail with an address literal', 'mail to jo@[192.0.2.1] bounced', ['jo@['], ['bounced']],
  ['IPv4', 'peer 73.133.27.120 closed', ['73.133.27.120'], ['closed'], OF_BACKEND],
  ['IPv4 with port', 'peer 73.133.27.120:443 closed', ['73.133.27.120'], ['closed'], OF_BACKEND],
  ['IPv4, list', '203.0.113.9, 198.51.100.23', ['203.0.113.9', '198.51.100.23'], [], OF_BACKEND],
  ['IPv6', 'peer 2001:0db8:85a3:0000:0000:8a2e:0370:7334 closed', ['8a2e:0370'], ['closed'], OF_BACKEND],
  ['IPv6, short', 'before ::1 after', ['before ::1'], ['after'], OF_BACKEND],
  ['IPv6 in brackets with port', 'peer [2001:db8::8a2e:370]:443 closed', ['2001:db8::8a2e:370'], ['closed'], OF_BACKEND],
  ['IPv6 with a zone', 'peer fe80::1ff:fe23:4567:890a%eth0 closed', ['fe80::1ff'], ['closed'], [...OF_BACKEND, 'query', 'urlencoded body']],
  ['IPv6, mapped', 'peer ::ffff:192.0.2.128 closed', ['192.0.2.128'], ['closed'], OF_BACKEND],
];

export const TEXTS: readonly Text[] = [
  ...prose,
  ...assigned,
  ...connections,
  ...commands,
  ...schemes,
  ...pems,
  ...marked,
  ...statements,
  ...personal,
];
