import { networkInterfaces } from 'node:os';

/** Matches addresses of this host and its loopback, which are not personal data. */
export function ownAddresses(): (address: string) => boolean {
  const own = new Set<string>();
  for (const addresses of Object.values(networkInterfaces())) {
    for (const { address } of addresses ?? []) own.add(address.toLowerCase());
  }
  return (address) => isLoopback(address) || own.has(bareAddress(address));
}

/** The loopback of any host: `127.0.0.1`, `::1`, `::ffff:127.0.0.1`. */
export function isLoopback(address: string): boolean {
  const bare = bareAddress(address);
  return bare === '::1' || bare.startsWith('127.');
}

function bareAddress(address: string): string {
  return address.toLowerCase().replace(/^::ffff:(?=\d+\.)/, '');
}
