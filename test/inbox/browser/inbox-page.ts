import { execFileSync } from 'node:child_process';
import type { Browser, ElementHandle, Page } from 'puppeteer-core';
import { startInbox, type Inbox } from '../../../lib/inbox/index.js';
import { describeInBrowser, launchBrowser } from '../../harness/browser';
import { deliver, paymentError, paymentTrace, SmallProject } from './fixtures';

const SIZES = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
];

/** The page of an inbox that has a failed payment and its trace. */
export class InboxPage {
  project!: SmallProject;
  inbox!: Inbox;
  page!: Page;
  faults: string[] = [];
  private browser!: Browser;

  constructor(readonly size: { width: number; height: number }) {}

  async launch(): Promise<void> {
    this.browser = await launchBrowser();
    this.project = await SmallProject.create();
  }

  async quit(): Promise<void> {
    await this.browser.close();
    await this.project.remove();
  }

  async start(options: object = {}): Promise<void> {
    this.inbox = await startInbox({ port: 0, project: this.project.folder, ...options });
  }

  async prepare(): Promise<void> {
    await this.start();
    await this.deliver(['transaction', paymentTrace()], ['event', paymentError(this.project.frames())]);
    this.page = await this.browser.newPage();
    await this.page.setViewport(this.size);
    this.faults = [];
    this.page.on('console', (line) => ['error', 'warn'].includes(line.type()) && this.faults.push(line.text()));
    this.page.on('pageerror', (error) => this.faults.push(String(error)));
    this.page.on('dialog', (dialog) => {
      this.faults.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
  }

  deliver(...items: Array<[type: string, payload: object]>): Promise<void> {
    return deliver(this.inbox.url, ...items);
  }

  async open(hash = ''): Promise<void> {
    await this.page.goto(`${this.inbox.url}/${hash}`);
    await this.page.waitForSelector('.live.live');
  }

  textOf(selector: string): Promise<string[]> {
    // Rows of the list are only rendered in view, a frame later, and have no innerText before.
    const property = selector.startsWith('#list') ? 'textContent' : 'innerText';
    return this.page.$$eval(
      selector,
      (nodes, name) => nodes.map((node) => (node as unknown as Record<string, string>)[name]!),
      property,
    );
  }

  /** The titles in the list. */
  rows(): Promise<string[]> {
    return this.textOf('#list .row .title');
  }

  async shown(selector: string): Promise<ElementHandle> {
    const found = await this.page.waitForSelector(selector, { visible: true });
    return found as ElementHandle;
  }

  /** A button or link with this text. */
  async press(label: string): Promise<void> {
    const found = await this.shown(`::-p-xpath(//*[self::a or self::button][normalize-space()="${label}"])`);
    await found.click();
  }

  /** What a button puts on the clipboard. */
  async copied(label: string): Promise<string> {
    const permission = (name: string) => ({ permission: { name }, state: 'granted' as const });
    const context = this.browser.defaultBrowserContext();
    await context.setPermission(this.inbox.url, permission('clipboard-read'), permission('clipboard-write'));
    await this.page.bringToFront();
    await this.press(label);
    await this.shown('::-p-xpath(//button[normalize-space()="Copied"])');
    return (await this.page.evaluate('navigator.clipboard.readText()')) as string;
  }

  /** How much wider than the window the page is. */
  async overflow(): Promise<number> {
    return (await this.page.evaluate('document.scrollingElement.scrollWidth - innerWidth')) as number;
  }
}

/** What a shell passes to curl for a command. */
export function argumentsOf(command: string): string[] {
  const stub = `curl() { printf '%s\\0' "$@"; }; ${command}`;
  return execFileSync('bash', ['-c', stub]).toString().split('\0').slice(0, -1);
}

/** Runs tests of the page in Chromium, at two widths. Each fails if the page has logged an error or overflows. */
export function describeInbox(title: string, define: (inbox: InboxPage) => void): void {
  describeInBrowser.each(SIZES)(`${title}, $width pixels wide`, (size) => {
    const inbox = new InboxPage(size);
    beforeAll(() => inbox.launch(), 60_000);
    afterAll(() => inbox.quit());
    beforeEach(() => inbox.prepare());
    afterEach(async () => {
      expect([inbox.faults, await inbox.overflow()]).toEqual([[], 0]);
      await inbox.page.close();
      await inbox.inbox.close();
    });
    define(inbox);
  });
}
