import { Fault, orUnavailable, Reason } from '../../fault/mod.ts';

/** Does what needs the link to the server. Without a link it fails at once: nobody waits for a time that is sure to run out. */
export async function whileLinked<T>(linked: () => boolean, work: () => Promise<T>): Promise<T> {
  if (!linked()) throw new Fault('UNAVAILABLE', {}, { cause: new Reason('there is no link to the bus') });
  return orUnavailable(work);
}
