import { escaped } from '../page/escaped.ts';
import { htmlPage } from '../page/html-page.ts';
import type { LiveFact } from './live-facts.ts';
import type { Sample } from './samples.ts';
import { type Trace, type WaterfallRow, waterfall } from './traces.ts';

/** What a page of ours may do: show itself, run its one script, and hear facts from where it came. */
export const viewerPolicy = (nonce: string): string =>
  `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'; connect-src 'self'; img-src data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`;

const links = '<nav><a href="/">Traces</a> <a href="/facts">Facts</a> <a href="/samples">Metrics</a></nav>';

const look = `
      body { font: 14px/1.5 system-ui, sans-serif; max-width: 80rem; margin: 1rem auto; padding: 0 1rem }
      table { border-collapse: collapse; width: 100% } th, td { text-align: left; padding: 2px 12px 2px 0; vertical-align: top }
      td.name { white-space: nowrap; overflow: hidden; text-overflow: ellipsis; max-width: 28rem }
      svg { width: 100%; height: 12px; background: #eee } rect { fill: #0b5fff } rect.failed { fill: #c00 }
      code { font-size: 12px; overflow-wrap: anywhere } .failed { color: #c00 }
`;

const frame = (title: string, nonce: string, body: string, style = '', script = ''): string =>
  htmlPage({ title, nonce, style: look + style, body: `${links}<h1>${escaped(title)}</h1>${body}`, script });

const clock = (ms: number): string => new Date(ms).toISOString().slice(11, 23);
const tookMs = (fromMs: number, untilMs: number): string => `${(untilMs - fromMs).toFixed(1)} ms`;

function traceRow({ traceId, spans }: Trace): string {
  const rows = waterfall(spans);
  const [root] = rows;
  const services = [...new Set(rows.map(({ service }) => service))];
  const fromMs = Math.min(...spans.map(({ startMs }) => startMs));
  const untilMs = Math.max(...spans.map(({ endMs }) => endMs));
  const failed = spans.some((span) => span.failed) ? ' class="failed"' : '';
  return `<tr><td>${clock(fromMs)}</td><td class="name"><a href="/traces/${escaped(traceId)}"${failed}>${escaped(titleOf(root))}</a></td><td>${spans.length}</td><td>${tookMs(fromMs, untilMs)}</td><td>${escaped(services.join(', '))}</td></tr>`;
}

/** A request is named by its path too: the name of its span is its method alone. */
function titleOf(row: WaterfallRow | undefined): string {
  const { name = '', attributes = {} } = row?.span ?? {};
  const path = attributes['url.path'] ?? '';
  return path === '' || name.includes(path) ? name : `${name} ${path}`;
}

/** The list of traces, the newest first. */
export function tracesPage(traces: readonly Trace[], nonce: string): string {
  const head = '<tr><th>Began (UTC)</th><th>First span</th><th>Spans</th><th>Took</th><th>Services</th></tr>';
  const table = `<table>${head}${traces.map(traceRow).join('\n')}</table>`;
  return frame('Traces', nonce, traces.length === 0 ? '<p>No trace has come yet: make a call.</p>' : table);
}

function spanRow(row: WaterfallRow): string {
  const { span, depth, service, offset, width } = row;
  const shown = Object.entries(span.attributes).map(([key, value]) => `${key}=${value}`);
  const bar = `<svg viewBox="0 0 1000 10" preserveAspectRatio="none"><rect${span.failed ? ' class="failed"' : ''} x="${(1_000 * offset).toFixed(2)}" width="${Math.max(2, 1_000 * width).toFixed(2)}" height="10"></rect></svg>`;
  return `<tr class="d${depth}"><td>${escaped(service)}</td><td class="name" title="${escaped(shown.join('\n'))}">${escaped(titleOf(row))}</td><td>${tookMs(span.startMs, span.endMs)}</td><td class="bar">${bar}</td></tr>`;
}

/** One trace as a waterfall: what happened below what, when and for how long. */
export function tracePage({ traceId, spans, spansLost }: Trace, nonce: string): string {
  const rows = waterfall(spans);
  const depths = [...new Set(rows.map(({ depth }) => depth))];
  const style = `td.bar { width: 50% } ${depths.map((depth) => `tr.d${depth} td.name { padding-left: ${depth * 12}px }`).join(' ')}`;
  const lost = spansLost === 0 ? '' : `<p>${spansLost} more spans were not kept.</p>`;
  const head = '<tr><th>Service</th><th>Span</th><th>Took</th><th></th></tr>';
  return frame(`Trace ${traceId}`, nonce, `<table>${head}${rows.map(spanRow).join('\n')}</table>${lost}`, style);
}

const factRow = ({ at, type, subject, traceId, data }: LiveFact): string =>
  `<tr><td>${escaped(at.slice(11, 23))}</td><td>${traceId === null ? escaped(type) : `<a href="/traces/${escaped(traceId)}">${escaped(type)}</a>`}</td><td>${escaped(subject)}</td><td><code>${escaped(JSON.stringify(data))}</code></td></tr>`;

/** Puts each new fact on top. It writes text and no HTML. */
const factScript = `
const body = document.querySelector('tbody');
const cell = (row, text) => { const td = row.insertCell(); td.textContent = text; return td; };
new EventSource('/facts/events').onmessage = ({ data }) => {
  const fact = JSON.parse(data);
  const row = body.insertRow(0);
  cell(row, fact.at.slice(11, 23));
  const name = cell(row, fact.traceId === null ? fact.type : '');
  if (fact.traceId !== null) {
    const link = document.createElement('a');
    link.href = '/traces/' + encodeURIComponent(fact.traceId);
    link.textContent = fact.type;
    name.append(link);
  }
  cell(row, fact.subject);
  const code = document.createElement('code');
  code.textContent = JSON.stringify(fact.data);
  row.insertCell().append(code);
  while (body.rows.length > 500) body.deleteRow(-1);
};`;

/** Facts while they happen. What was said in calls is not among them. */
export function factsPage(facts: readonly LiveFact[], nonce: string): string {
  const head = '<thead><tr><th>At (UTC)</th><th>Fact</th><th>Of whom</th><th>Data</th></tr></thead>';
  const table = `<table>${head}<tbody>${facts.map(factRow).join('\n')}</tbody></table>`;
  return frame('Facts', nonce, table, '', factScript);
}

/** What the copies show at /metrics, just now. */
export function samplesPage(samples: readonly Sample[], nonce: string): string {
  const row = ({ copy, name, labels, value }: Sample): string =>
    `<tr><td>${escaped(name)}</td><td><code>${escaped(labels)}</code></td><td>${escaped(value)}</td><td>${escaped(copy)}</td></tr>`;
  const sorted = samples.toSorted((one, other) => (one.name < other.name ? -1 : one.name > other.name ? 1 : 0));
  const head = '<tr><th>Metric</th><th>Labels</th><th>Value</th><th>Copy</th></tr>';
  return frame('Metrics', nonce, `<table>${head}${sorted.map(row).join('\n')}</table>`);
}
