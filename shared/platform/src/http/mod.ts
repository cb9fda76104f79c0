export { inspect, type JsonBodyOptions, jsonBody, jsonReader, signedBodyOf } from './json-body.ts';
export { type Listening, type ListenOptions, listen, type UpgradeListener } from './listen.ts';
export { parseWith } from './parse.ts';
export { faultOf, problemHandler, sendProblem } from './problem-handler.ts';
export { Problem, problemOf, shownIssues } from './problems.ts';
export { type Head, noStore, send, sendJson } from './send.ts';
