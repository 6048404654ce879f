/** Creates elements. Text is added as text nodes only; no part of the page turns text into markup. */
export const DOM_SCRIPT = String.raw`
/** el('a', { class: 'row', href: '#/x', onclick: f }, 'text', child, [more]) */
function el(tag, properties, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === 'function') node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? '' : String(value));
  }
  append(node, children);
  return node;
}

function append(node, children) {
  for (const child of children.flat(Infinity)) {
    if (child === undefined || child === null || child === false || child === '') continue;
    node.append(typeof child === 'object' ? child : document.createTextNode(String(child)));
  }
}

const MAX_LISTED = 2000;

/** Draws the first entries of a list of any length, and says how many more there are. */
function firstOf(list, draw) {
  return [list.slice(0, MAX_LISTED).map(draw), moreOf(list)];
}

function moreOf(list) {
  return list.length > MAX_LISTED ? '\u2026 and ' + (list.length - MAX_LISTED) + ' more' : '';
}

/** Text with the markers of the scrubber highlighted: the first ones, if there are very many. */
function rich(value) {
  const parts = String(value).split(/(\[Filtered[^[\]]*\])/).filter(Boolean);
  return parts
    .slice(0, MAX_LISTED)
    .concat(parts.slice(MAX_LISTED).join('') || [])
    .map((part, index) => (index < MAX_LISTED && FILTERED.test(part) ? el('mark', { class: 'filtered', title: 'Removed before it left the process' }, part) : part));
}

function timeOf(inSeconds, withMilliseconds) {
  const date = new Date(inSeconds * 1000);
  if (Number.isNaN(date.getTime())) return null;
  return el('time', { datetime: date.toISOString(), title: date.toISOString() }, clock(inSeconds, withMilliseconds));
}

function link(view, id, properties, ...children) {
  return el('a', { ...properties, href: '#/' + view + (id ? '/' + encodeURIComponent(id) : '') }, children);
}

function copyButton(label, value) {
  const button = el('button', { type: 'button', class: 'button small' }, label);
  button.addEventListener('click', () => {
    const show = (result) => {
      button.textContent = result;
      setTimeout(() => (button.textContent = label), 1200);
    };
    const copied = navigator.clipboard ? navigator.clipboard.writeText(value()) : Promise.reject(new Error('none'));
    copied.then(() => show('Copied'), () => show('Copy failed'));
  });
  return button;
}

function badge(kind, label) {
  return el('span', { class: 'badge ' + kind }, label === undefined ? kind : label);
}

/** A titled section of a detail; null if it has no content. */
function part(title, note, ...children) {
  const content = children.flat(Infinity).filter(Boolean);
  if (content.length === 0) return null;
  return el('section', { class: 'part' }, el('h2', null, title, note && el('small', null, note)), content);
}

/** Draws one section. If its data has an unexpected shape, the rest of the page is still shown. */
function guarded(draw) {
  try {
    return draw();
  } catch (error) {
    return el('p', { class: 'note' }, 'This section cannot be shown (' + text(error && error.message) + '). See the raw JSON.');
  }
}
`;
