import { S, type FieldCase } from './cases.js';

/** Secrets that a second outsider's corpus found left: the rules behind them, in other words. */
export const MISSED: readonly FieldCase[] = [
  [
    'headers of a partner',
    { headers: { 'X-Till-Key': S, 'Shop-Session': S, 'Idempotency-Key': 'b7f1', Host: 'till.test' } },
    [S],
    ['b7f1', 'till.test'],
  ],
  [
    'headers as pairs',
    {
      headers: [
        ['Till-Pass', S],
        ['Accept', 'text/html'],
      ],
    },
    [S],
    ['text/html'],
  ],
  ['header in a line', `> POST /pay HTTP/1.1\n> X-Till-Key: ${S}\n> Host: till.test`, [S], ['Host: till.test']],
  [
    'manifest of a secret',
    { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'shop' }, stringData: { 'app.conf': S, mode: S } },
    [S],
    ['app.conf', 'mode', '"shop"'],
  ],
  [
    'seed of NATS',
    'nats: SUAJ5ZPXB2HD4QW7YTRKLM6NCV3GFA2SEXOIUJ5ZPXB2HD4QW7YTRKLM6N is not accepted',
    ['ZPXB2HD4QW7YTRKLM6N'],
    ['is not accepted'],
  ],
];
