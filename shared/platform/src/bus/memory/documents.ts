import type { DocumentKind } from '@vox/contracts';
import type { Documents, Replica } from '../bus.ts';

type Listener = (key: string, bytes: string | undefined) => void;
type Bucket = { values: Map<string, string>; listeners: Set<Listener>; puts: number };

const keyForm = /^[A-Za-z0-9_.-]{1,200}$/;

/** The in-memory twin of a NATS key-value bucket. It keeps bytes, so that nobody shares an object by accident. */
export function memoryDocuments() {
  const buckets = new Map<string, Bucket>();
  const bucketOf = (kind: DocumentKind): Bucket => {
    const bucket = buckets.get(kind.bucket) ?? { values: new Map(), listeners: new Set(), puts: 0 };
    buckets.set(kind.bucket, bucket);
    return bucket;
  };
  const write = (bucket: Bucket, key: string, bytes: string | undefined): void => {
    if (!keyForm.test(key))
      throw new TypeError('a document key is made of letters, digits, hyphen, underscore and dot');
    if (bytes === undefined) bucket.values.delete(key);
    else bucket.values.set(key, bytes);
    bucket.puts += 1;
    for (const listener of bucket.listeners) listener(key, bytes);
  };

  return function documents<T>(kind: DocumentKind): Documents<T> {
    const bucket = bucketOf(kind);
    const parse = (bytes: string | undefined): T | undefined =>
      bytes === undefined ? undefined : (kind.data.parse(JSON.parse(bytes)) as T);
    return {
      put: async (key, value) => write(bucket, key, JSON.stringify(kind.data.parse(value))),
      async renew(key, newest) {
        for (;;) {
          const standing = bucket.puts;
          const value = await newest();
          const bytes = value === undefined ? undefined : JSON.stringify(kind.data.parse(value));
          if (bucket.puts !== standing) continue;
          if (bytes !== bucket.values.get(key)) write(bucket, key, bytes);
          return;
        }
      },
      remove: async (key) => write(bucket, key, undefined),
      read: async (key) => parse(bucket.values.get(key)),
      async follow(onChange) {
        const values = new Map<string, T>();
        const listen: Listener = (key, bytes) => {
          const value = parse(bytes);
          if (value === undefined) values.delete(key);
          else values.set(key, value);
          onChange?.(key, value);
        };
        for (const [key, bytes] of bucket.values) listen(key, bytes);
        bucket.listeners.add(listen);
        return replica(values, () => bucket.listeners.delete(listen));
      },
    };
  };
}

const replica = <T>(values: Map<string, T>, leave: () => void): Replica<T> => ({
  get: (key) => values.get(key),
  keys: () => values.keys(),
  current: () => true,
  stop: async () => leave(),
});
