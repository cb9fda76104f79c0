import { vi } from 'vitest';
import type { Journey } from '../journey.ts';
import type { newMember } from '../member.ts';

// biome-ignore-start lint/suspicious/noExplicitAny: the modules of the page are JavaScript, and answers are JSON
type Asked = Readonly<{ kind: string; body: Record<string, any>; problem: Readonly<{ code: string }> }>;
type Ask = (operation: unknown, fields?: object, options?: object) => Promise<Asked>;

/** What a module of the console's page exports. */
export const load = async (name: string): Promise<Record<string, any>> =>
  import(/* @vite-ignore */ `../../../console/src/page/${name}`);
// biome-ignore-end lint/suspicious/noExplicitAny: from here on types are known

export const { operations } = await load('operations.js');
export const { ask } = (await load('request.js')) as { ask: Ask };
const { me } = await load('state.js');

type Member = Pick<Awaited<ReturnType<typeof newMember>>, 'memberId' | 'browser'>;

/**
 * Lets what the console’s page asks be asked by a member, until globals are unstubbed. Answers the paths that are asked
 * from then on.
 */
export function askAs({ memberId, browser }: Member, role: string, tenantId: string, { url }: Journey): string[] {
  const paths: string[] = [];
  const real = globalThis.fetch;
  me.value = { tenantId, memberId, role, freshUntil: null };
  // The page of the console stands at the door, so its addresses have no host.
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => {
    if (!path.startsWith('/')) return real(path, init);
    paths.push(path);
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    return real(url + path, { ...init, headers: { ...(init.headers as object), cookie, origin: url } });
  });
  return paths;
}
