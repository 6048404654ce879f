import type { AgentOptions } from 'node:http';
import { isIP } from 'node:net';
import { checkServerIdentity, type PeerCertificate } from 'node:tls';
import { clearTimeout, setTimeout } from 'node:timers';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { timeoutError } from './response-timeout.js';
import { unrefSocketsOf } from './unref-socket.js';

type Connect = HttpsProxyAgent<string>['connect'];

/** A pool of tunnels through a proxy. Adds what `https-proxy-agent` lacks for an outbox that retries. */
export class ProxyAgent extends HttpsProxyAgent<string> {
  constructor(
    proxy: string,
    target: URL,
    private readonly connectTimeout: number,
    pool: AgentOptions,
  ) {
    super(proxy, pool);
    // Otherwise the library derives it from the stack trace, which an application may disable.
    this.protocol = target.protocol;
    // The library replaces the options of the pool: idle connections would stay open forever.
    this.options.timeout = pool.timeout;
  }

  override async connect(...[request, target]: Parameters<Connect>): ReturnType<Connect> {
    // The library replays the response of the proxy as if Sentry had sent it: a 403 would reject the event for good.
    request.once('proxyConnect', ({ statusCode }: { statusCode: number }) => {
      if (statusCode !== 200) request.destroy(refused(statusCode));
    });
    const controller = new AbortController();
    // Destroying a request that has no socket yet does not close the connection to an unresponsive proxy.
    const timer = setTimeout(() => {
      controller.abort();
    }, this.connectTimeout).unref();
    this.connectOpts = { ...this.connectOpts, signal: controller.signal };
    try {
      return await unrefSocketsOf(() => super.connect(request, withIdentityCheck(target)));
    } catch (error) {
      throw controller.signal.aborted ? timeoutError() : error;
    } finally {
      clearTimeout(timer);
    }
  }
}

/** The library omits the host, so that Node would check the certificate of an IP address against `localhost`. */
function withIdentityCheck<T extends Parameters<Connect>[1]>(target: T): T {
  const { host } = target;
  if (host === undefined || isIP(host) === 0) return target;
  return {
    ...target,
    checkServerIdentity: (_name: string, certificate: PeerCertificate) => checkServerIdentity(host, certificate),
  };
}

function refused(status: number): Error {
  return Object.assign(new Error(`The proxy responded with ${status}`), { code: 'PROXY_REFUSED' });
}
