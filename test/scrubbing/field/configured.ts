import { S, type FieldCase } from './cases.js';

const kept = (name: string, text: string): FieldCase => [name, text, [], text.split('\n')];

/** Lines of the files of servers and network devices, in which no sign stands between a name and its value. */
export const CONFIGURED: readonly FieldCase[] = [
  [
    'HAProxy',
    `listen stats\n  stats auth admin:${S}\n  stats uri /stats`,
    [S],
    ['stats auth admin:', 'stats uri /stats'],
  ],
  ['users of HAProxy', `userlist ops\n  user kim insecure-password ${S}`, [S], ['user kim']],
  kept('statistics', 'stats socket /run/haproxy.sock mode 600\nstats authentication is required, stats auth is off'),
  ['a wireless network', `wpa_passphrase Till ${S}`, [S], ['wpa_passphrase Till']],
  ['in a file', `ssid=Till\nwpa_passphrase=swordfish\nwpa_key_mgmt=WPA-PSK`, ['swordfish'], ['WPA-PSK']],
  kept('about the network', 'wpa_passphrase must be eightcharacters or longer, wpa_passphrase is missing everywhere'),
  ['SNMP', `snmp-server community ${S} RO\nrocommunity ${S} 10.0.0.0/8`, [S], ['RO']],
  [
    'a switch',
    'username kim password 7 0822455D0A16\nenable secret 0 Otter52pass',
    ['0822455D0A16', 'Otter52pass'],
    ['username kim password 7'],
  ],
  ['RADIUS', `radius-server host 10.0.0.1 key ${S}`, [S], ['radius-server host']],
  kept(
    'sentences with the same words',
    'community edition started, radius of 5 km, key points found\npassword 8 characters long, secret 5 minutes later, key 7 of 12 processed',
  ),
  ['nginx', `proxy_set_header X-Api-Key ${S};\nproxy_set_header Host till.test;`, [S], ['Host till.test']],
  kept('variables of nginx', 'proxy_set_header Authorization $http_authorization;\nproxy_set_header X-Api-Key $key;'),
  [
    'a broker',
    `remote_username till\nremote_password ${S}\ntopic # both`,
    [S],
    ['remote_username till', 'topic # both'],
  ],
  ['keepalived', `auth_type PASS\n  auth_pass ${S}\n`, [S], ['auth_type PASS']],
  kept('numbers and files', 'auth_pass file-of-otter\nsmtp_password_count 1.2e+09\nauth_pass 10 times'),
  ['Sentinel', `sentinel auth-pass till ${S}`, [S], ['sentinel auth-pass till']],
  ['users of Redis', `user till on >${S} ~* +@all`, [S], ['~* +@all']],
  ['Postfix', `[smtp.test]:587 kim:${S}`, [S], ['[smtp.test]:587 kim:']],
  ['Dovecot and Spring', `kim:{PLAIN}${S}:::\nida:{noop}${S}`, [S], ['{PLAIN}', '{noop}']],
  kept('braces', 'GET /a/{PLAIN}/b, {noop} is set, ${noop}'),
  ['IPsec', `kim : EAP "${S}"\n10.0.0.1 : PSK "${S}"`, [S], ['kim : EAP']],
  ['sqlplus', `sqlplus -s till/"${S}"@db1`, [S], ['@db1']],
  [
    'Entity Framework',
    `Executed DbCommand (2ms) [Parameters=[@p0='${S}' (Size = 100), @p1='7'], CommandType='Text', CommandTimeout='30']\nUPDATE Users SET PasswordHash = @p0 WHERE Id = @p1`,
    [S],
    ["@p1='7'", 'Size = 100'],
  ],
  ['separated by tabs', `user\tapi_key\nkim\t${S}`, [S], ['kim']],
  ['tabs of others', 'user\tcity\nkim\tBergen-52', [], ['Bergen-52']],
];
