import { Injectable, type OnModuleInit, type OnModuleDestroy } from '@nestjs/common';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { configuration } from '../configuration.js';

/** Where the carrier is reached: at CARRIER_URL, otherwise a fake within this process, which loses every second parcel, and is busy for some. */
@Injectable()
export class Carrier implements OnModuleInit, OnModuleDestroy {
  private readonly server = createServer(({ url = '', socket }, response) => {
    if (/[02468]$/.test(url)) socket.destroy();
    else if (url.endsWith('5')) response.writeHead(503).end();
    else response.setHeader('content-type', 'application/json').end('{"state":"on its way"}');
  });
  url = configuration.carrierUrl;

  async onModuleInit(): Promise<void> {
    if (this.url !== undefined) return;
    this.server.listen(0, '127.0.0.1').unref();
    await once(this.server, 'listening');
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  onModuleDestroy(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}
