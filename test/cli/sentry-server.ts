import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync, inflateRawSync } from 'node:zlib';

const CREATED = '2026-01-01T00:00:00Z';

interface ApiRequest {
  /** Method and path below /api/0/organizations. */
  line: string;
  authorization: string;
  body: any;
}

/** Plays those parts of Sentry's API that `sentry-cli` calls for a release. */
export class SentryServer {
  readonly requests: ApiRequest[] = [];
  /** The manifests of the uploaded artifact bundles. */
  readonly manifests: any[] = [];
  /** How each request is answered instead; undefined: not at all. */
  status: number | undefined = 200;
  private constructor(private readonly server: Server) {}

  static async start(): Promise<SentryServer> {
    const server = createServer((request, response) => {
      void (async () => {
        const chunks: Buffer[] = [];
        for await (const chunk of request) chunks.push(chunk as Buffer);
        const line = `${request.method} ${request.url?.replace('/api/0/organizations', '')}`;
        const answer = api.accept(line, request.headers.authorization ?? '', Buffer.concat(chunks));
        if (api.status === undefined) return;
        response.writeHead(api.status, { 'content-type': 'application/json' });
        response.end(JSON.stringify(api.status === 200 ? answer : { detail: 'refused' }));
      })();
    });
    const api = new SentryServer(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return api;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The requests that change something. */
  get changes(): [string, any][] {
    return this.requests.filter(({ line }) => !line.startsWith('GET')).map(({ line, body }) => [line, body]);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private accept(line: string, authorization: string, bytes: Buffer): unknown {
    const isUpload = line === 'POST /acme/chunk-upload/';
    const body = isUpload || bytes.length === 0 ? undefined : JSON.parse(bytes.toString());
    this.requests.push({ line, authorization, body });
    if (isUpload) this.manifests.push(manifestOf(bytes));
    if (line === 'GET /acme/chunk-upload/') {
      return {
        url: `${this.url}/api/0/organizations/acme/chunk-upload/`,
        chunkSize: 8_388_608,
        chunksPerRequest: 64,
        maxFileSize: 100_000_000,
        maxRequestSize: 100_000_000,
        concurrency: 1,
        hashAlgorithm: 'sha1',
        compression: ['gzip'],
        accept: ['release_files', 'sources', 'artifact_bundles', 'artifact_bundles_v2'],
      };
    }
    if (line.endsWith('/artifactbundle/assemble/'))
      return this.manifests.length > 0
        ? { state: 'created', missingChunks: [] }
        : { state: 'not_found', missingChunks: body.chunks };
    if (line.startsWith('GET /acme/repos/'))
      return [{ id: '1', name: 'shop', provider: { id: 'git', name: 'Git' }, status: 'active', dateCreated: CREATED }];
    if (line.startsWith('GET') && line.endsWith('/deploys/')) return [];
    return { id: '1', environment: 'staging', version: '1', dateCreated: CREATED, newGroups: 0 };
  }
}

/** Of a form with one gzipped chunk, which is a ZIP file with a header. */
function manifestOf(form: Buffer): unknown {
  const bundle = gunzipSync(form.subarray(form.indexOf(Buffer.from([0x1f, 0x8b])), form.lastIndexOf('\r\n--')));
  for (let at = bundle.indexOf('PK\x03\x04'); at >= 0; at = bundle.indexOf('PK\x03\x04', at + 1)) {
    const end = at + 30 + bundle.readUInt16LE(at + 26);
    if (bundle.toString('utf8', at + 30, end) !== 'manifest.json') continue;
    const content = bundle.subarray(end + bundle.readUInt16LE(at + 28));
    return JSON.parse((bundle.readUInt16LE(at + 8) === 0 ? content : inflateRawSync(content)).toString());
  }
  throw new Error('the bundle has no manifest');
}
