import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const UNARY = [
  'Fine',
  'Error',
  'Rpc',
  'Http400',
  'Vendor404',
  'Reported',
  'Ignored',
  'Guard',
  'Refused',
  'Pipe',
  'Interceptor',
  'Filter',
  'Crashing',
  'Manual',
  'Payload',
  'User',
  'Nobody',
  'Trace',
  'Slow',
  'Forward',
];
const message = 'string name = 1; string password = 2; int32 n = 3; User user = 4;';

/** The path of a new file that defines the services of the application. */
export function protoFile(): string {
  const file = join(mkdtempSync(join(tmpdir(), 'grpc-')), 'shop.proto');
  writeFileSync(
    file,
    `syntax = "proto3";
package shop;
message User { string id = 1; }
message Item { ${message} }
service Orders {
${UNARY.map((name) => `  rpc ${name} (Item) returns (Item);`).join('\n')}
  rpc List (Item) returns (stream Item);
  rpc Forever (Item) returns (stream Item);
  rpc Upload (stream Item) returns (Item);
  rpc Chat (stream Item) returns (stream Item);
  rpc RawUpload (stream Item) returns (Item);
  rpc RawChat (stream Item) returns (stream Item);
  rpc RawThrow (stream Item) returns (stream Item);
  rpc RawGuard (stream Item) returns (stream Item);
  rpc RawRefused (stream Item) returns (stream Item);
  rpc RawReject (stream Item) returns (Item);
  rpc ListenerUpload (stream Item) returns (Item);
  rpc ListenerChat (stream Item) returns (stream Item);
}
service Scoped {
  rpc Error (Item) returns (Item);
}
`,
  );
  return file;
}
