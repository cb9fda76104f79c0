import type { MongoClient } from 'mongodb';
import { type Manifest, nameOfPart, tallying } from './format/records.ts';
import { collectionPart, collectionsOf, documentsOf } from './stores/documents.ts';

/** The collections whose documents are not, byte for byte, those that a manifest counts. */
export async function differencesFrom(
  { parts }: Pick<Manifest, 'parts'>,
  { client, databases }: Readonly<{ client: MongoClient; databases: readonly string[] }>,
): Promise<readonly string[]> {
  const wanted = new Map(parts.filter(({ name }) => name.startsWith('collection ')).map((each) => [each.name, each]));
  const differing: string[] = [];
  for (const database of databases)
    for (const collection of await collectionsOf(client.db(database))) {
      const name = nameOfPart(await collectionPart(client.db(database), collection));
      const counted = tallying();
      for await (const document of documentsOf(client.db(database).collection(collection))) counted.add(document);
      const { records, digest } = counted.tally();
      const said = wanted.get(name);
      wanted.delete(name);
      if (said?.records !== records || said.digest !== digest)
        differing.push(`${name} has ${records} documents, and had ${said?.records ?? 'none'}`);
    }
  return [...differing, ...[...wanted.keys()].map((name) => `${name} is missing`)];
}
