import { mistakeSaid } from '@vox/contracts';
import { expect, it } from 'vitest';
import { Fault, invalidField } from '../fault/mod.ts';
import { problemOf } from './problems.ts';

it('a change that is bound to another version is refused with 412 and PRECONDITION_FAILED', () => {
  expect(problemOf(new Fault('VERSION_MISMATCH'), 'request-1')).toMatchObject({
    ...{ status: 412, code: 'PRECONDITION_FAILED', title: 'Changed in the meantime' },
    type: 'urn:vox:error:PRECONDITION_FAILED',
  });
});

it('what is wrong with a field is told as a sentence, as a code and with what stands in the sentence', () => {
  const fault = invalidField('name', mistakeSaid('secrets-full', { most: 64 }));
  expect(problemOf(fault, 'request-1').issues).toEqual([
    {
      ...{ path: 'name', mistake: 'secrets-full', values: { most: 64 } },
      message: 'would be one too many: a tenant has at most 64 secrets',
    },
  ]);
  expect(problemOf(invalidField('name', 'is odd'), 'request-1').issues).toEqual([{ path: 'name', message: 'is odd' }]);
});
