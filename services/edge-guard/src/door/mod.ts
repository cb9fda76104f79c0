export { leaveDoor } from './accept/ceiling.ts';
export { without } from './accept/head.ts';
export { type PlaceLimits, placesOf } from './decide/places.ts';
