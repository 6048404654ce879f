import * as http from 'node:http';
import * as https from 'node:https';
import { isIP, type Socket } from 'node:net';
import * as tls from 'node:tls';
import { timeoutError } from './response-timeout.js';

type Connected = (error: Error | null, socket?: Socket) => void;
type Target = http.ClientRequestArgs & { host: string; port: number | string };

/** The proxy that a URL is reached through: that of the options, else of `https_proxy` and `http_proxy`, unless `no_proxy` names it. */
export function proxyFor(url: URL, given: string | undefined, variables: NodeJS.ProcessEnv): string | undefined {
  const read = (name: string) => variables[name] ?? variables[name.toUpperCase()];
  const proxy = given ?? (url.protocol === 'https:' ? read('https_proxy') : undefined) ?? read('http_proxy');
  const exempt = (read('no_proxy') ?? '').split(',').map((name) => name.trim());
  const isExempt = exempt.some((name) => name !== '' && (url.host.endsWith(name) || url.hostname.endsWith(name)));
  return proxy && !isExempt ? proxy : undefined;
}

/** Keeps connections that go through a proxy, by CONNECT. */
export class TunnelAgent extends http.Agent {
  private readonly proxy: URL;

  constructor(
    proxy: string,
    private readonly isSecure: boolean,
    private readonly timeToConnect: number,
    options: http.AgentOptions,
  ) {
    super(options);
    this.proxy = new URL(proxy);
    // What Node asks an agent for, to see that it fits the protocol of a request.
    Object.assign(this, { protocol: isSecure ? 'https:' : 'http:', defaultPort: isSecure ? 443 : 80 });
  }

  override createConnection(options: http.ClientRequestArgs, callback?: unknown): undefined {
    const { host, port } = options as Target;
    let connecting: { destroy(error: Error): unknown } | undefined;
    // The request that waits for this connection gives up by itself, but could not take the connection along.
    const timer = setTimeout(() => connecting?.destroy(timeoutError()), this.timeToConnect).unref();
    const connected: Connected = (error, socket) => {
      clearTimeout(timer);
      (callback as Connected)(error, socket);
    };
    const { hostname, username, password, protocol } = this.proxy;
    const authority = `${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
    const login = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64');
    const request = (protocol === 'https:' ? https : http).request({
      method: 'CONNECT',
      host: hostname.replace(/^\[|\]$/g, ''),
      port: this.proxy.port,
      path: authority,
      agent: false,
      headers: { host: authority, ...(username !== '' && { 'proxy-authorization': `Basic ${login}` }) },
    });
    connecting = request;
    request.on('connect', (response, socket) => {
      if (response.statusCode !== 200) {
        socket.destroy();
        connected(refused(response.statusCode));
        return;
      }
      if (!this.isSecure) {
        connected(null, socket);
        return;
      }
      const servername = isIP(host) === 0 ? host : undefined;
      const secure = tls.connect({ ...(options as tls.ConnectionOptions), path: undefined, socket, servername });
      connecting = secure;
      secure.once('secureConnect', () => {
        secure.off('error', connected);
        connected(null, secure);
      });
      secure.once('error', connected);
    });
    // An answer without a tunnel comes as an ordinary response.
    request.on('response', (response) => {
      response.destroy();
      connected(refused(response.statusCode));
    });
    request.on('error', connected);
    request.end();
    return undefined;
  }
}

function refused(status: number | undefined): Error {
  return Object.assign(new Error(`the proxy answered ${status}`), { code: 'PROXY_REFUSED' });
}
