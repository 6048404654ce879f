import { createContext, runInContext } from 'node:vm';
import { PAGE_SCRIPT } from '../../lib/inbox/page/script/script.js';
import { type InboxItem } from '../../lib/inbox/index.js';
import { SmallElement } from './small-dom.js';

/** The page's script, run on a small document with these items in the inbox. */
export interface PageInNode {
  /** Navigates to a route such as `#/errors` and returns what is shown. */
  show(hash: string): { list: SmallElement; detail: SmallElement; tabs: string[] };
  /** Every element created by the script. */
  made: SmallElement[];
}

export async function openPage(items: InboxItem[]): Promise<PageInNode> {
  const byId = new Map<string, SmallElement>();
  const made: SmallElement[] = [];
  const elementById = (id: string): SmallElement => {
    const element = byId.get(id) ?? new SmallElement('div');
    if (!byId.has(id) && id === 'live') element.append(new SmallElement('span'));
    byId.set(id, element);
    return element;
  };
  const location = { hash: '', origin: 'http://127.0.0.1:8970' };
  const windowListeners = new Map<string, () => void>();
  const meta: Record<string, string> = {
    'meta[name=inbox-dsn]': 'http://inbox@127.0.0.1:8970/1',
    'meta[name=inbox-limit]': '500',
  };
  let loaded: () => void = () => undefined;
  const ready = new Promise<void>((resolve) => (loaded = resolve));
  const sandbox = createContext({
    document: {
      body: new SmallElement('body'),
      activeElement: null,
      title: '',
      createElement: (tag: string) => {
        const element = new SmallElement(tag);
        made.push(element);
        return element;
      },
      createTextNode: (text: string) => text,
      getElementById: elementById,
      querySelector: (selector: string) => ({ content: meta[selector] }),
      querySelectorAll: () => [],
    },
    location,
    navigator: {},
    addEventListener: (name: string, listener: () => void) => windowListeners.set(name, listener),
    matchMedia: () => ({ matches: false }),
    fetch: async () => ({ ok: true, json: async () => structuredClone(items) }),
    // The second poll never happens: by then the first load has been drawn.
    setTimeout: (_run: () => void, after: number) => {
      if (after === 1000) loaded();
    },
    EventSource: Object,
  });
  runInContext(PAGE_SCRIPT, sandbox);
  await ready;
  return {
    made,
    show(hash) {
      location.hash = hash;
      windowListeners.get('hashchange')?.();
      const tabs = elementById('tabs').children.map((tab) => tab.textContent);
      return { list: elementById('list'), detail: elementById('detail'), tabs };
    },
  };
}
