import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { services } from '../docs/configuration.ts';
import { valuesSchema } from './values-schema.ts';
import { chartVariables, secretVariables, variablesOf } from './variables.ts';

const chart = fileURLToPath(new URL('../../helm/vox/', import.meta.url));
const valuesIn = (path: string) => parse(readFileSync(`${chart}${path}`, 'utf8')) as Record<string, unknown>;
const check = new Ajv({ allErrors: true, strict: false }).compile(valuesSchema());
const mistakesIn = (values: unknown): string[] => {
  check(values);
  return (check.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
};
/** The values of the chart with all that must be given. */
function givenValues() {
  const values = valuesIn('values.yaml');
  const nats = { ...(values.nats as object), url: 'tls://nats:4222' };
  const named = { publicOrigins: ['https://vox.example'], mailFrom: 'vox@vox.example', trustedProxies: ['10.0.0.0/8'] };
  return { ...values, ...named, nats, services: values.services as Record<string, { env: Record<string, string> }> };
}

describe('the values of the chart', () => {
  it('are accepted with what must be given, and refused by name without it', () => {
    expect(mistakesIn(givenValues())).toEqual([]);
    const missing = mistakesIn(valuesIn('values.yaml')).join('\n');
    for (const path of ['/publicOrigins', '/mailFrom', '/trustedProxies', '/nats/url']) expect(missing).toContain(path);
  });

  it.each(Object.keys(services))('hold no secret of %s and no variable that it does not know', (name) => {
    for (const variable of [...variablesOf(name).keys(), 'NO_SUCH_VARIABLE']) {
      const values = givenValues();
      values.services[name] = { ...(values.services[name] as { env: object }), env: { [variable]: 'x' } };
      const refused = secretVariables.includes(variable) || chartVariables.includes(variable);
      expect(mistakesIn(values).length > 0, variable).toBe(refused || variable === 'NO_SUCH_VARIABLE');
    }
  });

  it('count as secret whatever is named like one', () => {
    const names = new Set(Object.keys(services).flatMap((name) => [...variablesOf(name).keys()]));
    const alike = [...names].filter((name) => /KEY$|SEED|SECRET_|PEPPER|_URI$|PASSWORD|TOKEN$/.test(name));
    // The key of a page is shown in it; the life of a secret, the name of a key and an address are none.
    const notSecret = ['CLIENT_SECRET_SECONDS', 'VAULT_TRANSIT_KEY', 'AWS_CONTAINER_CREDENTIALS_FULL_URI'];
    const shown = ['TURNSTILE_SITE_KEY', ...notSecret];
    expect(alike.filter((name) => !secretVariables.includes(name) && !shown.includes(name))).toEqual([]);
    expect([...secretVariables, ...chartVariables].filter((name) => !names.has(name))).toEqual([]);
  });

  it('let no list of peers be empty where that would open a way to everybody', () => {
    const values = givenValues();
    const { networkPolicy } = valuesIn('values.yaml') as { networkPolicy: Record<string, object> };
    for (const name of ['metricsFrom', 'dns', 'internet'])
      expect(mistakesIn({ ...values, networkPolicy: { ...networkPolicy, [name]: [] } })).not.toEqual([]);
    for (const name of ['nats', 'mongodb', 'redis', 'collector']) {
      const emptied = { ...networkPolicy, [name]: { ...networkPolicy[name], peers: [] } };
      expect(mistakesIn({ ...values, networkPolicy: emptied }), name).not.toEqual([]);
    }
  });
});
