import { describe, expect, it } from 'vitest';
import { services } from '../docs/configuration.ts';
import { storeUri, storeUsers } from './store-users.ts';

/** The databases of a service, by the defaults of its settings. */
const databasesOf = (service: string): string[] =>
  Object.entries(services[service]?.schema.shape ?? {})
    .filter(([name]) => /^MONGODB_.*DATABASE$|^MONGODB_DATABASE$/.test(name))
    .map(([, field]) => String(field.parse(undefined)))
    .sort();

describe('the users of MongoDB', () => {
  it.each(Object.keys(services))('give %s rights in the databases that it keeps, and in no other', (service) => {
    const { role, databases = [] } = storeUsers[service] ?? {};
    expect([...databases].sort()).toEqual(databasesOf(service));
    if (databases.length > 0) expect(role).toBe('readWrite');
  });
  it('share no database between two that write', () => {
    const writable = Object.values(storeUsers).flatMap(({ role, databases }) =>
      role === 'readWrite' ? databases : [],
    );
    expect(new Set(writable).size).toBe(writable.length);
  });
  it('let nobody write but the services', () => {
    const others = Object.keys(storeUsers).filter((name) => !(name in services));
    for (const name of others) expect(storeUsers[name]?.role, name).toBe('read');
  });
});

describe('the URI of a user', () => {
  it.each([
    ['mongodb://mongo:27017', 'mongodb://quota:p%40%2F@mongo:27017/?authSource=admin'],
    [
      'mongodb://root:x@a:1,b:2/?replicaSet=rs0&tls=true',
      'mongodb://quota:p%40%2F@a:1,b:2/?replicaSet=rs0&tls=true&authSource=admin',
    ],
    [
      'mongodb+srv://a.example.org/db?w=majority',
      'mongodb+srv://quota:p%40%2F@a.example.org/?w=majority&authSource=admin',
    ],
  ])('keeps hosts and options of %s, and nobody else’s name', (server, uri) => {
    expect(storeUri(server, 'quota', 'p@/')).toBe(uri);
  });
});
