/** Copies items as JSON, and requests and items as curl commands that any shell takes as plain text. */
export const COPY_SCRIPT = String.raw`
/** One word of a shell command. Control characters are escaped: a terminal would act on them as they are pasted. */
function shellWord(value) {
  if (!/[\u0000-\u001f\u007f-\u009f]/.test(value)) return "'" + value.replaceAll("'", "'\\''") + "'";
  const escaped = value.replace(/[\\'\u0000-\u001f\u007f-\u009f]/g, (letter) => {
    const code = letter.codePointAt(0);
    if (letter === '\n') return '\\n';
    if (code > 31 && code < 127) return '\\' + letter;
    return code > 127 ? '\\u00' + code.toString(16) : '\\x' + two(code.toString(16));
  });
  return "$'" + escaped + "'";
}

const HEADER_NAME = /^[A-Za-z0-9!#$%&*+.^_|~-]+$/;
/** Set by curl itself, or of the connection. */
const OWN_HEADERS = new Set(['host', 'connection', 'content-length', 'accept-encoding', 'transfer-encoding', 'expect']);

/** The request of an event; undefined if it cannot be repeated. Values that were scrubbed are markers, in brackets. */
function curlOfRequest(request) {
  const { method, url, headers, query_string: query, data } = objectOf(request);
  if (typeof url !== 'string' || !/^https?:\/\//i.test(url)) return undefined;
  const words = ['curl', '--globoff', '-X', shellWord(text(method).replace(/[^A-Za-z]/g, '') || 'GET')];
  const search = typeof query === 'string' && query !== '' && !url.includes('?') ? '?' + query.replace(/^\?/, '') : '';
  words.push('--url', shellWord(url + search));
  for (const [name, value] of pairsOf(headers)) {
    if (HEADER_NAME.test(name) && !OWN_HEADERS.has(name.toLowerCase())) words.push('-H', shellWord(name + ': ' + text(value)));
  }
  if (data !== undefined && data !== null && data !== '') words.push('--data-raw', shellWord(text(data)));
  return words.join(' ');
}

/** Sends an item to this inbox again; NUL bytes cannot be part of a command. */
function curlOfItem(item) {
  const json = typeof item.payload === 'string' ? item.payload : JSON.stringify(item.payload);
  const header = JSON.stringify({ type: item.type, length: new TextEncoder().encode(json).length });
  const id = objectOf(item.payload).event_id;
  const body = JSON.stringify(typeof id === 'string' ? { event_id: id } : {}) + '\n' + header + '\n' + json + '\n';
  return ['curl', '--url', shellWord(location.origin + '/api/1/envelope/'), '--data-binary', shellWord(body)].join(' ');
}

function copyJsonButton(item) {
  return copyButton('Copy JSON', () => (typeof item.payload === 'string' ? item.payload : prettyJson(item.payload)));
}

function copyCurlButtons(item) {
  const request = curlOfRequest(objectOf(item.payload).request);
  return [
    request !== undefined && copyButton('Copy request as curl', () => request),
    item.type !== 'attachment' && copyButton('Copy item as curl', () => curlOfItem(item)),
  ];
}
`;
