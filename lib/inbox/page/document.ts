import type { PageSettings } from './page-settings.js';

/** The page's markup: a frame that the script fills. Its settings come from the server, never from a client. */
export function pageDocument({ dsn, limit }: PageSettings): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="inbox-dsn" content="${dsn}">
<meta name="inbox-limit" content="${limit}">
<title>Inbox</title>
<link rel="icon" href="/icon.svg">
<link rel="stylesheet" href="/page.css">
<script src="/page.js" defer></script>
</head>
<body>
<a class="skip" href="#detail" id="skip">Skip to the details</a>
<header class="bar">
  <a class="brand" href="#/errors" aria-label="Inbox, errors"><img src="/icon.svg" alt="" width="24" height="24"><span>Inbox</span></a>
  <nav class="tabs" id="tabs" aria-label="Views"></nav>
  <div class="tools">
    <input id="filter" type="search" placeholder="Search" title="Words, route:/orders, user:42, a tag as tenant:acme" aria-label="Search the list" autocomplete="off" spellcheck="false">
    <select id="environment" aria-label="Environment" hidden></select>
    <span class="live" id="live" role="status"><i></i><span>connecting</span></span>
    <button type="button" id="theme" class="button icon" aria-label="Theme: as the system" title="Light, dark or as the system (d)">&#9680;</button>
    <button type="button" id="keys" class="button icon" aria-label="Keys and search" title="Keys and search (?)">?</button>
    <button type="button" id="clear" class="button">Clear</button>
  </div>
</header>
<main id="main">
  <section class="list" id="list" aria-label="Items"></section>
  <section class="detail" id="detail" aria-label="Details" tabindex="-1"></section>
</main>
<aside class="help" id="help" aria-label="Help" hidden></aside>
<div class="quiet" id="news" role="status" aria-live="polite"></div>
<noscript><p class="note">This page requires JavaScript. The items are also available at <a href="/api/items">/api/items</a>.</p></noscript>
</body>
</html>
`;
}
