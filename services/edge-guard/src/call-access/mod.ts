export { ofCall } from './accept/of-call.ts';
