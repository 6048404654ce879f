import { networkInterfaces } from 'node:os';

/** The addresses of this host, and of its loopback: they are those of the application, not of a person. */
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
