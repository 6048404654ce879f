/** What the page is told by the server that serves it. */
export interface PageSettings {
  dsn: string;
  /** Items that the inbox keeps; the page drops older ones as the inbox does. */
  limit: number;
}
