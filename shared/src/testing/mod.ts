export { given } from './given.ts';
export { mongoServer, type TestServer } from './mongo-server.ts';
export { someLimits, someOrigin, somePolicy, someWidgetKey } from './policy.ts';
export { settled } from './settle.ts';
