import type { AgentOptions } from 'node:http';
import { isIP } from 'node:net';
import { checkServerIdentity, type PeerCertificate } from 'node:tls';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { timeoutError } from './response-timeout.js';

type Connect = HttpsProxyAgent<string>['connect'];

/** A pool of connections through a proxy, made with CONNECT. Adds to `https-proxy-agent` what a Sentry sender relies on. */
export class ProxyAgent extends HttpsProxyAgent<string> {
  constructor(
    proxy: string,
    target: URL,
    private readonly connectTimeout: number,
    pool: AgentOptions,
  ) {
    super(proxy, pool);
    // Otherwise read off the stack, which an application may have switched off.
    this.protocol = target.protocol;
    // The library replaces the options of the pool, and idle connections would be kept for ever.
    this.options.timeout = pool.timeout;
  }

  override async connect(...[request, target]: Parameters<Connect>): ReturnType<Connect> {
    // The library would replay the answer of the proxy as if Sentry had given it, and the event would be rejected.
    request.once('proxyConnect', ({ statusCode }: { statusCode: number }) => {
      if (statusCode !== 200) request.destroy(refused(statusCode));
    });
    const controller = new AbortController();
    // A request without a socket cannot end by itself, nor take the connection to a silent proxy along.
    const timer = setTimeout(() => {
      controller.abort();
    }, this.connectTimeout).unref();
    this.connectOpts = { ...this.connectOpts, signal: controller.signal };
    try {
      return await super.connect(request, withOwnIdentity(target));
    } catch (error) {
      throw controller.signal.aborted ? timeoutError() : error;
    } finally {
      clearTimeout(timer);
    }
  }
}

/** The library drops the host, so that Node would compare the certificate of an IP address with `localhost`. */
function withOwnIdentity<T extends Parameters<Connect>[1]>(target: T): T {
  const { host } = target;
  if (host === undefined || isIP(host) === 0) return target;
  return {
    ...target,
    checkServerIdentity: (_name: string, certificate: PeerCertificate) => checkServerIdentity(host, certificate),
  };
}

function refused(status: number): Error {
  return Object.assign(new Error(`the proxy answered ${status}`), { code: 'PROXY_REFUSED' });
}
