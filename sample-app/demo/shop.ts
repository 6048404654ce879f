import { progress } from './progress.js';

/** The event that a request has to lead to. */
export interface ExpectedEvent {
  /** `Type: message` of an error, or the text of a message. */
  title: string;
  level: 'error' | 'warning';
  transaction: string;
  userId: string;
  /** The operations that led to it, outermost first. */
  operations: string[];
}

/** One request of the scenario, and what is expected of it. */
export interface Step {
  what: string;
  /** `POST /orders` */
  request: string;
  body?: object;
  token?: string;
  status: number;
  reports?: ExpectedEvent;
  /** Why a request that fails is not reported. */
  leftOut?: string;
}

/** A step that has been taken. */
export interface Exchange extends Step {
  /** Sent as `x-request-id`; what the tracker sends of this request carries it as a tag. */
  id: string;
  /** The status that the shop answered with. */
  answered: number;
}

/** A customer of the sample app: sends real requests and notes them. */
export class Shop {
  readonly exchanges: Exchange[] = [];

  constructor(private readonly url: string) {}

  async send<Answer = unknown>(step: Step): Promise<Answer> {
    const id = `demo-${this.exchanges.length + 1}`;
    const [method = 'GET', path = '/'] = step.request.split(' ');
    const response = await fetch(this.url + path, {
      method,
      headers: {
        'content-type': 'application/json',
        'x-request-id': id,
        ...(step.token !== undefined && { authorization: `Bearer ${step.token}` }),
      },
      body: step.body && JSON.stringify(step.body),
    });
    const answer = (await response.json()) as Answer;
    this.exchanges.push({ ...step, id, answered: response.status });
    progress(`  ${response.status}  ${step.request}  ${step.what}`);
    return answer;
  }
}
