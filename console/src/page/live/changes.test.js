import { describe, expect, it } from 'vitest';
import { changeIn, onChange, tellScreens } from './changes.js';

describe('a change that the server tells', () => {
  it('is heard by every screen that listens, until it stops', () => {
    /** @type {string[]} */
    const heard = [];
    const leave = onChange(({ kind }) => heard.push(`one ${kind}`));
    onChange(({ kind }) => heard.push(`two ${kind}`));
    tellScreens({ kind: 'anew' });
    leave();
    tellScreens({ kind: 'changed', resource: 'calls', id: 'a' });
    expect(heard).toEqual(['one anew', 'two anew', 'two changed']);
  });
  it('is read as a resource and an id, or as all of them', () => {
    const data = JSON.stringify({ resource: 'calls', id: 'a', change: 'began', agentId: 'guide' });
    expect(changeIn({ name: 'changed', data })).toEqual({ kind: 'changed', resource: 'calls', id: 'a' });
    expect(changeIn({ name: 'anew', data: '{"why":"begun"}' })).toEqual({ kind: 'anew' });
  });
  it('is none where this page does not know it', () => {
    for (const data of ['', '{', 'null', '{"resource":"calls"}', '{"resource":1,"id":"a"}'])
      expect(changeIn({ name: 'changed', data })).toBeUndefined();
    expect(changeIn({ name: 'later', data: '{"resource":"calls","id":"a"}' })).toBeUndefined();
  });
});
