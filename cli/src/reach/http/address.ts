import { Mistake } from '../../text/sentences.ts';

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * The origin of an address such as `https://vox.example`. Credentials travel there, so it is https, or this machine.
 * Throws Mistake with what to correct, and repeats nothing: an address may hold a password.
 */
export function originOf(text: string, name: string): string {
  const refuse = (why: string): never => {
    throw new Mistake([`${name} ${why}`]);
  };
  if (!URL.canParse(text)) return refuse('must be a whole address, such as https://vox.example');
  const { protocol, hostname, origin, username, password, pathname, search, hash } = new URL(text);
  if (username !== '' || password !== '') refuse('must not hold a user or a password');
  if (protocol !== 'https:' && !(protocol === 'http:' && loopback.test(hostname)))
    refuse('must begin with https://; http:// is for this machine alone');
  if (pathname !== '/' || search !== '' || hash !== '') refuse('must end with its host and port');
  return origin;
}
