export { body } from './accept/body.ts';
export { byTokenPlace } from './accept/by-token-place.ts';
export { type Asked, type Check, check } from './accept/check.ts';
export { query } from './accept/query.ts';
export { type ReadBody, type Route, route } from './accept/route.ts';
export { soon } from './decide/soon.ts';
