import { networkInterfaces } from 'node:os';

/** Matches addresses of this host and its loopback, which are not personal data. */
export function ownAddresses(): (address: string) => boolean {
  const own = new Set(['::1']);
  for (const addresses of Object.values(networkInterfaces())) {
    for (const { address } of addresses ?? []) own.add(address.toLowerCase());
  }
  return (address) => {
    const bare = address.toLowerCase().replace(/^::ffff:(?=\d+\.)/, '');
    return bare.startsWith('127.') || own.has(bare);
  };
}
