import { memoryCodes, memoryMails } from '../memory.ts';
import { codesPromises } from './codes.promises.ts';

codesPromises('the twin', async () => {
  const stores = { codes: memoryCodes(), mails: memoryMails() };
  return [stores, stores];
});
