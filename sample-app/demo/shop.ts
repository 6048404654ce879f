import { progress } from './progress.js';

/** The event that a request must cause. */
export interface ExpectedEvent {
  /** `Type: message` of an error, or the message itself. */
  title: string;
  level: 'error' | 'warning';
  transaction: string;
  /** Undefined: nobody. */
  userId?: string;
  /** The operations that led to it, outermost first. */
  operations: string[];
}

/** One request of the scenario, and its expected result. */
export interface Step {
  what: string;
  /** `POST /orders` */
  request: string;
  body?: object;
  token?: string;
  headers?: Record<string, string>;
  status: number;
  reports?: ExpectedEvent;
  /** The reason why a failed request is not reported. */
  leftOut?: string;
}

/** A step that has been executed. */
export interface Exchange extends Step {
  /** Sent as `x-request-id`; the events and traces of this request have it as a tag. */
  id: string;
  /** The status of the response. */
  answered: number;
}

/** A client of the sample app: sends real requests and records them. */
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
        ...step.headers,
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
