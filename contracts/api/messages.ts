import { Type } from 'typebox';
import { operation } from '../operation.ts';
import { both, Id, Instant, Page, pageOf } from '../scalars.ts';
import { Text } from '../text.ts';

export const Message = Type.Object({ id: Id, template: Type.String(), title: Text, body: Text, caseId: Type.Union([Id, Type.Null()]), sentAt: Instant, readAt: Type.Union([Instant, Type.Null()]) });
export const myMessages = operation({ id: 'message.mine', method: 'GET', path: '/api/my/messages', summary: 'My messages, newest first', query: Page, response: both(pageOf(Message), Type.Object({ unread: Type.Integer() })) });
export const readMessage = operation({ id: 'message.read', method: 'POST', path: '/api/my/messages/:id/read', summary: 'Mark as read', params: Type.Object({ id: Id }), response: Type.Object({ readAt: Instant }) });
export const demoMailbox = operation({ id: 'message.mailbox', method: 'GET', path: '/api/demo/mailbox', summary: 'E-mails of the demo site, kept locally', query: Type.Object({ to: Type.Optional(Type.String({ maxLength: 200 })) }), response: Type.Object({ items: Type.Array(Type.Object({ id: Id, to: Type.String(), subject: Type.String(), text: Type.String(), at: Instant })) }) });
/** A remark on the site itself (我为政府网站找错). */
export const reportError = operation({ id: 'message.reportError', method: 'POST', path: '/api/remarks', summary: 'Report an error on the site', status: 201, body: Type.Object({ page: Type.String({ maxLength: 500 }), text: Type.String({ minLength: 1, maxLength: 2000 }), contact: Type.Optional(Type.String({ maxLength: 200 })) }, { additionalProperties: false }), response: Type.Object({ number: Type.String() }) });
