import { Resolver } from 'node:dns/promises';
import { Fault } from '@vox/platform/fault';

/** The TXT records of a name, each in one piece. None where the name has none. Throws Fault UNAVAILABLE. */
export type ResolveTxt = (name: string) => Promise<readonly string[]>;

const absent = new Set(['ENOTFOUND', 'ENODATA']);

/** Asks the name servers of this machine, or those given. */
export function dnsTxt(timeoutMs: number, servers?: readonly string[]): ResolveTxt {
  const resolver = new Resolver({ timeout: timeoutMs, tries: 2 });
  if (servers !== undefined) resolver.setServers(servers);
  return async (name) => {
    try {
      return (await resolver.resolveTxt(name)).map((parts) => parts.join(''));
    } catch (cause) {
      if (absent.has((cause as NodeJS.ErrnoException).code ?? '')) return [];
      throw new Fault('UNAVAILABLE', {}, { cause });
    }
  };
}
