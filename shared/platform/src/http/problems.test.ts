import { expect, it } from 'vitest';
import { Fault } from '../fault/mod.ts';
import { problemOf } from './problems.ts';

it('a change that is bound to another version is refused with 412 and PRECONDITION_FAILED', () => {
  expect(problemOf(new Fault('VERSION_MISMATCH'), 'request-1')).toMatchObject({
    ...{ status: 412, code: 'PRECONDITION_FAILED', title: 'Changed in the meantime' },
    type: 'urn:vox:error:PRECONDITION_FAILED',
  });
});
