// Fifty followers as servers of their own, in one process: `/0`, `/1` … take what they are sent, `/dead` never answers.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const delays: number[] = [];
let last = 0;
const now = (): number => performance.timeOrigin + performance.now();

const server = createServer((request, response) => {
  if (request.url === '/dead') return;
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
    last = now();
    for (const { at } of JSON.parse(Buffer.concat(chunks).toString()) as { at: number }[]) delays.push(last - at);
    response.writeHead(200).end('{}');
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));

process.on('message', (said: 'begin' | 'count' | 'report') => {
  if (said === 'begin') delays.length = 0;
  else process.send?.(said === 'count' ? { count: delays.length } : { delays, last });
});
process.on('disconnect', () => process.exit(0));
