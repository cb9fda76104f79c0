import { expect, it } from 'vitest';
import { deviceText, placeText } from './login-words.js';

it('a login says in words of the page where it is, and what is not known as the server wrote it', () => {
  expect(['this machine', 'private network', 'network n_abcd1234', 'the moon'].map(placeText)).toEqual([
    'this machine',
    'a private network',
    'network n_abcd1234',
    'the moon',
  ]);
  expect(['Firefox on Linux', 'an unknown browser', 'vox'].map(deviceText)).toEqual([
    'Firefox on Linux',
    'an unknown browser',
    'vox',
  ]);
});
