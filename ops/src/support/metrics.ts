import { withoutSecrets } from './without-secrets.ts';

const ours =
  /^(?:vox_|http_server_request_duration_seconds_(?:count|sum)|http_client_request_duration_seconds_(?:count|sum)|db_client_)[a-z0-9_]*(?:\{|\s)/;
const label = /([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"/g;
const sample = /^([a-z0-9_]+)(?:\{(.*)\})? (NaN|[+-]?(?:Inf|[\d.e+-]+))$/;

/** Samples of ours out of a scrape. The value of a label is a word of a closed list; what is none is cut. */
export const toldMetrics = (text: string): string =>
  text
    .split('\n')
    .filter((line) => ours.test(line))
    .flatMap((line) => {
      const [, name, labels = '', value] = sample.exec(line) ?? [];
      if (name === undefined) return [];
      const kept = [...labels.matchAll(label)].map(([, key = '', given = '']) =>
        key === 'le' && /^[\d.+a-zA-Z]{1,12}$/.test(given) ? `le="${given}"` : `${key}="${withoutSecrets(given)}"`,
      );
      return [`${name}{${kept.join(',')}} ${value}\n`];
    })
    .join('');
