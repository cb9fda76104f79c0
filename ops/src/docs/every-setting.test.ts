import { ConfigError, readConfig } from '@vox/platform/config';
import { describe, expect, it } from 'vitest';
import { services } from './configuration.ts';

/** The mistakes of a service's configuration in an environment. */
function mistakesOf(service: string, env: Readonly<Record<string, string>>): readonly string[] {
  const { schema, rules } = services[service] as (typeof services)[string];
  try {
    readConfig(schema, env, rules);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.mistakes;
    throw error;
  }
}
const namesOf = (service: string): string[] => Object.keys(services[service]?.schema.shape ?? {});
const canary = '\u0007 canary \u2603';
/** Settings that take any text: a name of this machine, and keys of others. */
const freeText = [
  'HOST',
  'PRIVATE_HOST',
  'OPENAI_API_KEY',
  'BOTID_API_KEY',
  'TURNSTILE_SITE_KEY',
  'TURNSTILE_SECRET_KEY',
];

describe.each(Object.keys(services))('the configuration of %s', (service) => {
  it('names every setting that is empty, and every one whose file cannot be read', () => {
    const names = namesOf(service);
    const empty = mistakesOf(service, Object.fromEntries(names.map((name) => [name, ''])));
    for (const name of names) expect(empty, name).toContain(`${name}: is empty; unset it to take the default`);
    const unread = mistakesOf(service, Object.fromEntries(names.map((name) => [`${name}_FILE`, '/no/such/file'])));
    for (const name of names)
      expect(unread, name).toContain(`${name}: the file that ${name}_FILE names cannot be read`);
  });
  it('names every setting that has a form which is none, and repeats no value', () => {
    const names = namesOf(service).filter((name) => !freeText.includes(name));
    const found = mistakesOf(service, Object.fromEntries(namesOf(service).map((name) => [name, canary])));
    // An entry of a list has its place behind the name.
    const named = new Set(found.map((text) => /^([A-Z_]+)(\.\d+)*: /.exec(text)?.[1]));
    expect(names.filter((name) => !named.has(name))).toEqual([]);
    expect(found.join()).not.toContain('canary');
  });
  it('names every setting that it cannot do without', () => {
    const found = mistakesOf(service, {});
    const required = namesOf(service).filter((name) => !services[service]?.schema.shape[name]?.isOptional());
    for (const name of required) expect(found, name).toContain(`${name}: is required`);
    expect(found).toContain('NATS_NKEY_SEED: is required in production');
  });
});
