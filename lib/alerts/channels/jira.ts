import type { AlertChannel, AlertNotification } from '../../options/alert-options.js';
import type { Duration } from '../../options/duration.js';
import { text } from '../../options/schema.js';
import { checkChannel, checkedLater, secretText } from './channel-options.js';
import { channelUrl } from './channel-url.js';
import { sendRequest, type HttpRequest } from './http-request.js';
import { detailsOf, headingOf, linkText, oneLine } from './wording.js';

/** Options of {@link jira}. */
export interface JiraOptions {
  /** The site: `https://acme.atlassian.net`. */
  url: string;
  /** The account that the token belongs to. */
  email: string;
  /** An API token. */
  token: string;
  /** Key of the project. */
  project: string;
  /** Default: `Bug`. */
  issueType?: string | undefined;
  /** How long notifications are collected before they are sent, each by itself. Default: `1s`. */
  digest?: Duration | false | undefined;
}

/** Jira's limit. */
const MAX_SUMMARY = 255;
const MAX_HEADING = 1_000;
/** Alerts whose issues are remembered; others are found by their label. */
const MAX_KNOWN = 1_000;

/**
 * Creates one issue for each alert, and comments on it when the alert escalates or recovers, through Jira's REST API v3.
 * The label `alert-<id>` finds the issue of an alert again, from another process as well.
 *
 * @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/
 * @throws ConfigurationError - if an option is missing, unknown or has a wrong value
 * @example
 * ```ts
 * import { jira } from 'nestjs-error-tracker/alerts';
 *
 * jira({
 *   url: 'https://acme.atlassian.net',
 *   email: 'bot@example.com',
 *   token: process.env.JIRA_TOKEN!,
 *   project: 'OPS',
 * });
 * ```
 */
export function jira(options: JiraOptions): AlertChannel {
  const checks = { url: checkedLater, email: secretText, token: secretText, project: text, issueType: text };
  checkChannel('jira', options, checks, ['url', 'email', 'token', 'project']);
  channelUrl(options.url, 'jira.url', 'https://acme.atlassian.net');
  const site = new JiraSite(options);
  return {
    digest: options.digest,
    singly: true,
    async send(notification, signal) {
      await site.send(notification, signal);
    },
  };
}

class JiraSite {
  /** Keys of issues by the id of their alert; undefined while it is not known whether the issue was created. */
  private readonly issues = new Map<string, string | undefined>();
  private readonly base: string;
  private readonly authorization: string;

  constructor(private readonly options: JiraOptions) {
    this.base = `${options.url.replace(/\/+$/, '')}/rest/api/3/`;
    this.authorization = `Basic ${Buffer.from(`${options.email}:${options.token}`).toString('base64')}`;
  }

  async send(notification: AlertNotification, signal: AbortSignal): Promise<void> {
    const { id, kind } = notification;
    if (kind === 'fired' || kind === 'test') await this.create(notification, signal);
    else if (kind === 'escalated' || kind === 'recovered') {
      const key = await this.find(id, signal);
      if (key !== undefined) await this.comment(key, notification, signal);
      else if (kind === 'escalated') await this.create(notification, signal);
    }
  }

  private async create(notification: AlertNotification, signal: AbortSignal): Promise<void> {
    const { id } = notification;
    // The answer to an earlier try may have been lost.
    if (this.issues.has(id) && (await this.find(id, signal)) !== undefined) return;
    this.remember(id, undefined);
    const { project, issueType = 'Bug' } = this.options;
    const answer = await this.request('issue', signal, {
      fields: {
        project: { key: project },
        issuetype: { name: issueType },
        summary: oneLine(headingOf(notification), MAX_SUMMARY),
        description: documentOf(notification),
        labels: ['nestjs-error-tracker', labelOf(id)],
      },
    });
    this.remember(id, keyOf(answer));
  }

  private async comment(key: string, notification: AlertNotification, signal: AbortSignal): Promise<void> {
    await this.request(`issue/${encodeURIComponent(key)}/comment`, signal, { body: documentOf(notification) });
  }

  private async find(id: string, signal: AbortSignal): Promise<string | undefined> {
    const known = this.issues.get(id);
    if (known !== undefined) return known;
    const query = new URLSearchParams({ jql: `labels = "${labelOf(id)}"`, maxResults: '1', fields: 'summary' });
    const answer = await this.request(`search/jql?${query.toString()}`, signal);
    const { issues } = (answer ?? {}) as { issues?: unknown };
    const key = Array.isArray(issues) ? keyOf(issues[0]) : undefined;
    if (key !== undefined) this.remember(id, key);
    return key;
  }

  private remember(id: string, key: string | undefined): void {
    this.issues.delete(id);
    this.issues.set(id, key);
    const [oldest] = this.issues.size > MAX_KNOWN ? this.issues.keys() : [];
    if (oldest !== undefined) this.issues.delete(oldest);
  }

  private async request(path: string, signal: AbortSignal, body?: object): Promise<unknown> {
    const request: HttpRequest = {
      url: new URL(path, this.base),
      method: body ? 'POST' : 'GET',
      headers: { authorization: this.authorization },
      body,
      signal,
    };
    const answer = await sendRequest(request);
    try {
      return JSON.parse(answer);
    } catch {
      return undefined; // accepted, whatever it says
    }
  }
}

function labelOf(id: string): string {
  return `alert-${id}`;
}

function keyOf(issue: unknown): string | undefined {
  const { key } = (issue ?? {}) as { key?: unknown };
  return typeof key === 'string' && key !== '' ? key : undefined;
}

/** In the Atlassian document format, in which text is only text. */
function documentOf(notification: AlertNotification): object {
  const { message, url, tags } = notification;
  const details = [...detailsOf(notification), ...Object.entries(tags)];
  const lines = details.map(([name, value]) => ({
    type: 'listItem',
    content: [
      paragraph(
        textNode(`${oneLine(name, MAX_HEADING)}: `, [{ type: 'strong' }]),
        textNode(oneLine(value, MAX_HEADING) || '-'),
      ),
    ],
  }));
  return {
    type: 'doc',
    version: 1,
    content: [
      paragraph(textNode(oneLine(headingOf(notification), MAX_HEADING), [{ type: 'strong' }])),
      ...message.split(/[\r\n]+/).flatMap((line) => (line === '' ? [] : [paragraph(textNode(line))])),
      { type: 'bulletList', content: lines },
      ...(url === undefined
        ? []
        : [paragraph(textNode(linkText(notification), [{ type: 'link', attrs: { href: url } }]))]),
    ],
  };
}

function paragraph(...content: object[]): object {
  return { type: 'paragraph', content };
}

function textNode(value: string, marks?: object[]): object {
  return { type: 'text', text: value, ...(marks && { marks }) };
}
