/** Settings that the server passes to the page. */
export interface PageSettings {
  dsn: string;
  /** Maximum number of items; the page drops older ones like the inbox. */
  limit: number;
}
