import { PolicyDocument, RevocationDocument } from '@vox/contracts';
import { expect, it, vi } from 'vitest';
import { at, type OpenedBus } from './bus.fixture.ts';

/** What every bus promises of replicated documents. */
export function documentPromises(opened: OpenedBus): void {
  it('leaves the newest version of a document, however several renewals overlap', async () => {
    const { bus } = opened();
    const documents = bus.documents(RevocationDocument);
    const versions = ['2026-05-05T12:00:01.000Z', '2026-05-05T12:00:02.000Z', '2026-05-05T12:00:03.000Z'];
    let stored = versions[0] ?? '';
    const newest = async () => ({ at: stored, until: null });
    await documents.renew('login.r', newest);
    let overtake = async (): Promise<void> => undefined;
    const slow = documents.renew('login.r', async () => {
      const read = await newest();
      const once = overtake;
      overtake = async () => undefined;
      await once();
      return read;
    });
    overtake = async () => {
      stored = versions[1] ?? '';
      await documents.renew('login.r', newest);
    };
    await slow;
    expect(await documents.read('login.r')).toEqual({ at: versions[1], until: null });
    await documents.renew('login.r', async () => undefined);
    expect(await documents.read('login.r')).toBeUndefined();
    await documents.renew('login.r', async () => undefined);
    stored = versions[2] ?? '';
    await documents.renew('login.r', newest);
    expect(await documents.read('login.r')).toEqual({ at: versions[2], until: null });
  });
  it('removes no document that changed after its removal was decided', async () => {
    const { bus } = opened();
    const documents = bus.documents(RevocationDocument);
    const [before, after] = ['2026-05-05T12:00:01.000Z', '2026-05-05T12:00:02.000Z'].map((at) => ({
      at,
      until: null,
    }));
    await documents.put('login.x', before as never);
    let isFirst = true;
    await documents.renew('login.x', async () => {
      const known = await documents.read('login.x');
      if (isFirst) await documents.put('login.x', after as never);
      isFirst = false;
      return known?.at === before?.at ? undefined : known;
    });
    expect(await documents.read('login.x')).toEqual(after);
    await documents.remove('login.x');
  });
  it('shows a follower the documents that were there before and each change after', async () => {
    const { bus } = opened();
    const documents = bus.documents(RevocationDocument);
    const value = { at: at.toISOString(), until: null };
    await documents.put('login.a', value);
    const changes: string[] = [];
    const replica = await documents.follow((key, now) =>
      changes.push(`${key} ${now === undefined ? 'gone' : 'there'}`),
    );
    expect(replica.get('login.a')).toEqual(value);
    await documents.put('login.b', value);
    await documents.remove('login.a');
    await vi.waitFor(() => expect(changes).toEqual(['login.a there', 'login.b there', 'login.a gone']));
    expect([...replica.keys()]).toEqual(['login.b']);
    expect(await documents.read('login.b')).toEqual(value);
    await expect(bus.documents(PolicyDocument).put('acme', {} as never)).rejects.toThrow();
  });
}
