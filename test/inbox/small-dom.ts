/** Just enough of a document to run the page's script: elements with text nodes, attributes, listeners. */
export class SmallElement {
  parts: Array<SmallElement | string> = [];
  readonly attributes = new Map<string, string>();
  readonly listeners = new Map<string, (event: object) => void>();
  readonly style: Record<string, string> = {};
  readonly dataset: Record<string, string | undefined> = {};
  className = '';
  value = '';
  scrollTop = 0;
  scrollHeight = 0;
  readonly classList = { toggle: (): boolean => false };

  constructor(readonly tag: string) {}

  setAttribute(name: string, value: string): void {
    this.attributes.set(name, value);
  }
  getAttribute(name: string): string | null {
    return this.attributes.get(name) ?? null;
  }
  removeAttribute(name: string): void {
    this.attributes.delete(name);
  }
  addEventListener(name: string, listener: (event: object) => void): void {
    this.listeners.set(name, listener);
  }
  append(...parts: Array<SmallElement | string>): void {
    this.parts.push(...parts);
  }
  replaceChildren(...parts: Array<SmallElement | string>): void {
    this.parts = parts;
  }
  contains(): boolean {
    return false;
  }
  querySelector(tag: string): SmallElement | undefined {
    return this.all().find((element) => element.tag === tag);
  }
  get children(): SmallElement[] {
    return this.parts.filter((part) => part instanceof SmallElement);
  }
  get textContent(): string {
    return this.parts.map((part) => (typeof part === 'string' ? part : part.textContent)).join('');
  }
  set textContent(text: string) {
    this.parts = [text];
  }
  // A page that turned text into markup would do it through one of these.
  set innerHTML(_text: string) {
    throw new Error('innerHTML was set');
  }
  set outerHTML(_text: string) {
    throw new Error('outerHTML was set');
  }

  /** This element and everything below it. */
  all(): SmallElement[] {
    return [this, ...this.children.flatMap((child) => child.all())];
  }
  /** Below this: the elements with this class. */
  having(name: string): SmallElement[] {
    return this.all().filter((element) => (element.getAttribute('class') ?? '').split(' ').includes(name));
  }
}
