export { without } from './accept/head.ts';
