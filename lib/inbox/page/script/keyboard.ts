/** Keys of the page, and the theme. */
export const KEYBOARD_SCRIPT = String.raw`
const KEYS = [
  ['/', 'search'], ['j / k', 'next, previous'], ['1 to ' + VIEWS.length, 'views'], ['[ / ]', 'older, newer occurrence'], ['t', 'trace of the event'],
  ['c', 'copy as JSON'], ['r', 'raw JSON'], ['e', 'next environment'], ['d', 'light, dark or as the system'], ['Esc', 'back'], ['?', 'this help'],
];
const SEARCHES = [
  ['route:/orders', 'a part of the route'], ['user:42', 'id, email or name'], ['tenant:acme', 'any tag'], ['env:staging level:error', 'all have to match'], ['name:*partial*', '* is anything'], ['!level:warning', 'all but'], ['"two words"', 'anywhere'],
];

function helpNode() {
  const list = (rows, tag) => el('dl', { class: 'pairs' }, rows.map(([name, what]) => [el('dt', null, el(tag, null, name)), el('dd', null, what)]));
  return [el('h2', null, 'Keys'), list(KEYS, 'kbd'), el('h2', null, 'Search'), list(SEARCHES, 'code')];
}

function toggleHelp(wanted) {
  const help = document.getElementById('help');
  help.hidden = wanted === undefined ? !help.hidden : !wanted;
  if (!help.hidden && help.children.length === 0) append(help, helpNode());
}

function step(by) {
  const rows = [...document.querySelectorAll('#list .row')];
  const at = rows.findIndex((row) => row.getAttribute('aria-current') === 'true');
  const next = rows[at === -1 ? (by > 0 ? 0 : rows.length - 1) : at + by];
  if (!next) return;
  location.hash = next.getAttribute('href');
  next.scrollIntoView({ block: 'nearest' });
}

function press(label) {
  const found = [...detail.querySelectorAll('a, button')].find((node) => (node.getAttribute('aria-label') || node.textContent) === label);
  if (found) found.click();
}

const THEMES = ['', 'light', 'dark'];
function setTheme(theme) {
  document.documentElement.className = theme;
  document.getElementById('theme').setAttribute('aria-label', 'Theme: ' + (theme || 'as the system'));
  try {
    localStorage.setItem('theme', theme);
  } catch (error) {
    // private window: only for this page
  }
}
function nextTheme() {
  setTheme(THEMES[(THEMES.indexOf(document.documentElement.className) + 1) % THEMES.length]);
}

function onKey(pressed) {
  if (pressed.ctrlKey || pressed.metaKey || pressed.altKey) return;
  const typing = /^(?:INPUT|SELECT|TEXTAREA)$/.test(pressed.target.tagName);
  if (pressed.key === 'Escape') {
    if (typing) pressed.target.blur();
    else if (!document.getElementById('help').hidden) toggleHelp(false);
    else location.hash = '#/' + currentView;
    return;
  }
  if (typing) return;
  const tabs = [...document.querySelectorAll('#tabs .tab')];
  const actions = {
    '/': () => filter.focus(), '?': () => toggleHelp(), j: () => step(1), k: () => step(-1), '[': () => press('Older occurrence'), ']': () => press('Newer occurrence'),
    t: () => press('Show trace'), c: () => press('Copy JSON'), r: () => press('Raw JSON'), d: nextTheme, e: nextEnvironment,
  };
  const tab = /^[1-9]$/.test(pressed.key) ? tabs[Number(pressed.key) - 1] : undefined;
  const action = tab ? () => tab.click() : Object.hasOwn(actions, pressed.key) ? actions[pressed.key] : undefined;
  if (!action) return;
  pressed.preventDefault();
  action();
}

addEventListener('keydown', onKey);
document.getElementById('theme').addEventListener('click', nextTheme);
document.getElementById('keys').addEventListener('click', () => toggleHelp());
try {
  const theme = localStorage.getItem('theme');
  if (THEMES.includes(theme)) setTheme(theme);
} catch (error) {
  // private window: as the system
}
`;
