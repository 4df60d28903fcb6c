export { fileAnswer, type FileAnswer } from './answer.ts';
export { createHttp, type Http, type HttpServer } from './http.ts';
export type { HttpOptions, ServerOptions } from './options.ts';
export { openServer, type Server } from './server.ts';
export { markPeer, peerOf, type Peer } from './peer.ts';
export { checkMatch, etagOf } from './preconditions.ts';
export { standIn } from './gate.ts';
export type { AccessAudit, Answer, Authenticator, Call, Handler, PolicyRule, PolicyTable, RateRule, Refusal, Who } from './types.ts';
export { compileSchema, type CheckSchema } from './validate.ts';
